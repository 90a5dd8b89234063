package io.replyloop.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.People;
import io.replyloop.conversation.Posted;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransferTest {
    private static final String WORD = "She wants her money back.";

    @Inject
    Transfers transfers;

    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Inject
    Agents agents;

    @Inject
    Waiting waiting;

    @Inject
    Teams teams;

    private SignedInAgent ada;
    private SignedInAgent grace;
    private UUID conversation;

    @BeforeEach
    void someoneWaits() {
        ada = people.agent("Ada");
        grace = people.agent("Grace");
        conversation = waiting.write(people.customer("Kim"));
    }

    private List<ConversationEventView> events() {
        return conversations.eventsAfter(conversation, 0, 100);
    }

    private ConversationSummary summary() {
        return conversations.summary(conversation);
    }

    private Posted give(SignedInAgent by, TransferTarget to, UUID target, String note) {
        return transfers.transfer(by, conversation, UUID.randomUUID(), to, target, note);
    }

    private static ProblemCode refusalOf(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act).code();
    }

    @Test
    void a_colleague_gets_the_conversation_with_a_word_about_it() {
        give(ada, TransferTarget.AGENT, grace.id(), WORD);

        assertThat(summary().assignee().id()).isEqualTo(grace.id());
        assertThat(events())
                .extracting(ConversationEventView::kind)
                .containsExactly(EventKind.MESSAGE, EventKind.NOTE, EventKind.ASSIGNEE);
        assertThat(events().get(1).text()).isEqualTo(WORD);
        assertThat(events().get(2).author().id()).isEqualTo(ada.id());
    }

    @Test
    void the_same_act_once_more_stores_nothing_more() {
        UUID act = UUID.randomUUID();
        Posted first = transfers.transfer(ada, conversation, act, TransferTarget.AGENT, grace.id(), WORD);
        Posted again = transfers.transfer(ada, conversation, act, TransferTarget.AGENT, grace.id(), WORD);

        assertThat(again.repeated()).isTrue();
        assertThat(again.event()).isEqualTo(first.event());
        assertThat(events()).hasSize(3);
        agents.update(grace.id(), grace.name(), Role.AGENT, false, null);
        Posted afterSheLeft = transfers.transfer(ada, conversation, act, TransferTarget.AGENT, grace.id(), WORD);
        assertThat(afterSheLeft.event()).isEqualTo(first.event());
        assertThat(refusalOf(() -> transfers.transfer(ada, conversation, act, TransferTarget.QUEUE, null, null)))
                .isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void what_is_refused_stores_nothing_of_it() {
        SignedInAgent gone = people.agent("Gone");
        agents.update(gone.id(), gone.name(), Role.AGENT, false, null);
        UUID team = waiting.team(false, List.of()).id();
        teams.close(team);
        conversations.take(grace, conversation, UUID.randomUUID());
        long before = summary().lastSequence();

        assertThat(refusalOf(() -> give(ada, TransferTarget.AGENT, ada.id(), WORD)))
                .as("what a colleague holds")
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(refusalOf(() -> give(grace, TransferTarget.AGENT, gone.id(), WORD)))
                .as("a closed account")
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusalOf(() -> give(grace, TransferTarget.AGENT, UUID.randomUUID(), WORD)))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusalOf(() -> give(grace, TransferTarget.TEAM, team, WORD)))
                .as("a closed team")
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusalOf(() -> give(grace, TransferTarget.AGENT, ada.id(), "x".repeat(8_001))))
                .isEqualTo(ProblemCode.TEXT_TOO_LONG);
        assertThat(summary().lastSequence()).isEqualTo(before);
        assertThat(summary().assignee().id()).isEqualTo(grace.id());
    }

    @Test
    void nobody_is_given_a_conversation_while_their_account_is_being_closed() {
        CompletableFuture<ProblemCode> refusal = QuarkusTransaction.requiringNew()
                .call(() -> {
                    agents.update(grace.id(), grace.name(), Role.AGENT, false, null);
                    CompletableFuture<ProblemCode> asked = CompletableFuture.supplyAsync(
                            () -> refusalOf(() -> give(ada, TransferTarget.AGENT, grace.id(), WORD)));
                    await().atMost(Duration.ofSeconds(20)).until(waiting::somebodyWaitsForAnAccount);
                    return asked;
                });
        assertThat(refusal.join()).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(events()).hasSize(1);
    }

    @Test
    void an_admin_hands_over_what_somebody_else_holds() {
        conversations.take(grace, conversation, UUID.randomUUID());

        give(people.admin("Boss"), TransferTarget.AGENT, ada.id(), null);

        assertThat(summary().assignee().id()).isEqualTo(ada.id());
    }

    @Test
    void a_team_keeps_its_conversation_until_it_is_everybodys() {
        TeamView billing = waiting.team(false, List.of(grace));
        conversations.take(ada, conversation, UUID.randomUUID());
        give(ada, TransferTarget.TEAM, billing.id(), WORD);
        assertThat(summary().assignee()).isNull();
        assertThat(summary().team().name()).isEqualTo(billing.name());
        assertThat(events().get(3).team().name()).isEqualTo(billing.name());

        conversations.take(grace, conversation, UUID.randomUUID());
        assertThat(summary().team().id()).isEqualTo(billing.id());
        give(grace, TransferTarget.QUEUE, null, "Not today.");
        assertThat(summary().assignee()).isNull();
        assertThat(summary().team().id()).isEqualTo(billing.id());

        give(grace, TransferTarget.EVERYBODY, null, null);
        assertThat(summary().team()).isNull();
    }

    @Test
    void where_nothing_changes_only_the_word_about_it_is_stored() {
        conversations.take(ada, conversation, UUID.randomUUID());
        UUID act = UUID.randomUUID();

        assertThat(give(ada, TransferTarget.AGENT, ada.id(), " ").event()).isNull();
        transfers.transfer(ada, conversation, act, TransferTarget.AGENT, ada.id(), WORD);
        Posted again = transfers.transfer(ada, conversation, act, TransferTarget.AGENT, ada.id(), WORD);

        assertThat(again.repeated()).isTrue();
        assertThat(events())
                .extracting(ConversationEventView::kind)
                .containsExactly(EventKind.MESSAGE, EventKind.ASSIGNEE, EventKind.NOTE);
    }

    @Test
    void a_new_conversation_begins_in_the_queue_of_its_sites_team() {
        TeamView billing = waiting.team(false, List.of(grace));

        UUID begun = waiting.conversation(billing.id());

        assertThat(conversations.summary(begun).team().id()).isEqualTo(billing.id());
        assertThat(conversations.eventsAfter(begun, 0, 10)).hasSize(1);
    }
}
