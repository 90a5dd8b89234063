package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.InboxAct.What;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InboxActsTest {
    @Inject
    ConversationService conversations;

    @Inject
    ReadMarks marks;

    @Inject
    InboxActs acts;

    @Inject
    Snoozing snoozing;

    @Inject
    Labels labels;

    @Inject
    People people;

    @Inject
    Team team;

    private SignedInAgent agent;
    private SignedInAgent colleague;
    private CustomerIdentity customer;
    private UUID conversation;

    @BeforeEach
    void aCustomerWrites() {
        agent = people.agent("Ada");
        colleague = people.agent("Ben");
        customer = people.customer("Wei");
        conversation = write("Where is my parcel?");
    }

    private UUID write(String text) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private Posted act(InboxAct act) {
        return acts.act(agent, conversation, UUID.randomUUID(), act);
    }

    private Triage triage() {
        Triage triage = conversations.summary(conversation).triage();
        return triage == null ? Triage.NONE : triage;
    }

    private LabelView label() {
        return labels.create("Label " + UUID.randomUUID().toString().substring(0, 8), LabelColour.TEAL);
    }

    private List<UUID> listed(InboxView view) {
        conversations.take(agent, conversation, UUID.randomUUID());
        InboxFilter mine = new InboxFilter(null, null, false, false, null, agent.id(), false);
        return conversations
                .inbox(new InboxQuery(view, agent.id(), mine, InboxOrder.WAITING, null, 200))
                .items()
                .stream()
                .map(ConversationSummary::id)
                .toList();
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void labels_come_and_go_and_colleagues_see_who_did_it_and_the_customer_nothing() {
        LabelView refund = label();
        int before = conversations.publicEventsAfter(conversation, 0, 100).size();

        ConversationEventView added = act(InboxAct.label(refund.id(), true)).event();
        assertThat(triage().labels()).containsExactly(refund.id());
        ConversationEventView removed = act(InboxAct.label(refund.id(), false)).event();

        assertThat(triage().labels()).isEmpty();
        assertThat(added.kind()).isEqualTo(EventKind.ACT);
        assertThat(added.author().name()).isEqualTo("Ada");
        assertThat(added.act()).isEqualTo(new InboxAct(What.LABELLED, refund.id(), refund.name(), null, null));
        assertThat(removed.act().what()).isEqualTo(What.UNLABELLED);
        assertThat(removed.sequence()).isEqualTo(added.sequence() + 1);
        assertThat(added.publicSequence()).isNull();
        assertThat(conversations.publicEventsAfter(conversation, 0, 100)).hasSize(before);
    }

    @Test
    void an_act_is_stored_once_however_often_it_is_sent_and_its_id_means_nothing_else() {
        UUID id = UUID.randomUUID();
        Instant until = tomorrow();
        Posted first = acts.act(agent, conversation, id, InboxAct.snooze(until));
        Posted again = acts.act(agent, conversation, id, InboxAct.snooze(until));

        assertThat(again.event()).isEqualTo(first.event());
        assertThat(again.repeated()).isTrue();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> acts.act(agent, conversation, id, InboxAct.priority(Priority.HIGH)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.note(agent, conversation, id, "the same id for a note"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
    }

    @Test
    void what_is_so_already_is_not_stored_again() {
        LabelView label = label();
        act(InboxAct.label(label.id(), true));
        act(InboxAct.priority(Priority.URGENT));
        act(InboxAct.spam(true));
        long last = conversations.summary(conversation).lastSequence();

        for (InboxAct same : List.of(
                InboxAct.label(label.id(), true),
                InboxAct.priority(Priority.URGENT),
                InboxAct.spam(true),
                InboxAct.snooze(null))) {
            assertThat(act(same).event()).isNull();
        }
        assertThat(conversations.summary(conversation).lastSequence()).isEqualTo(last);
    }

    @Test
    void a_label_that_is_not_there_cannot_be_given_and_one_that_was_deleted_can_be_taken_off() {
        LabelView gone = label();
        act(InboxAct.label(gone.id(), true));
        labels.delete(gone.id());

        assertThat(act(InboxAct.label(gone.id(), false)).event().act().name()).isEmpty();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> act(InboxAct.label(gone.id(), true)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void an_order_of_the_inbox_holds_no_answer_back() {
        long seen = conversations.summary(conversation).lastSequence();
        acts.act(colleague, conversation, UUID.randomUUID(), InboxAct.priority(Priority.HIGH));

        Posted sent = conversations.agentMessage(agent, conversation, UUID.randomUUID(), "Tomorrow.", seen);

        assertThat(sent.event().sequence())
                .as("after the priority and that Ada has it")
                .isEqualTo(seen + 3);
    }

    @Test
    void what_is_snoozed_is_in_its_own_view_until_its_time_comes() {
        act(InboxAct.snooze(tomorrow()));
        assertThat(listed(InboxView.SNOOZED)).contains(conversation);
        assertThat(listed(InboxView.OPEN)).doesNotContain(conversation);
        assertThat(listed(InboxView.MINE)).doesNotContain(conversation);
        assertThat(conversations.queue(1_000)).doesNotContain(conversation);

        team.sql("update conversation set snoozed_until = now() - interval '1 minute' where id = :value", conversation);
        snoozing.wakeDue();
        snoozing.wakeDue();

        assertThat(listed(InboxView.OPEN)).contains(conversation);
        List<ConversationEventView> woken = conversations.eventsAfter(conversation, 0, 100).stream()
                .filter(event -> event.kind() == EventKind.ACT && event.act().what() == What.WOKEN)
                .toList();
        assertThat(woken).hasSize(1);
        assertThat(woken.get(0).author().kind()).isEqualTo(AuthorKind.SYSTEM);
    }

    @Test
    void one_that_cannot_be_woken_keeps_no_other_one_asleep() {
        UUID broken = conversations
                .customerMessage(people.customer("Kim"), UUID.randomUUID(), "The other one")
                .event()
                .conversation();
        List<UUID> both = List.of(broken, conversation);
        both.forEach(each -> {
            acts.act(agent, each, UUID.randomUUID(), InboxAct.snooze(tomorrow()));
            team.sql("update conversation set snoozed_until = now() - interval '1 minute' where id = :value", each);
        });
        // Its next event has a number that there is already.
        team.sql(
                "update conversation set last_sequence = 0, snoozed_until = now() - interval '1 hour' where id = :value",
                broken);

        snoozing.wakeDue();

        assertThat(triage().isSnoozed()).isFalse();
        assertThat(conversations.summary(broken).triage().isSnoozed()).isTrue();
        team.sql("update conversation set last_sequence = 2 where id = :value", broken);
        snoozing.wakeDue();
        assertThat(conversations.summary(broken).triage().isSnoozed()).isFalse();
    }

    @Test
    void a_snoozed_conversation_comes_back_when_the_customer_writes_and_not_when_the_team_does() {
        act(InboxAct.snooze(tomorrow()));
        conversations.agentMessage(agent, conversation, UUID.randomUUID(), "We are looking.", null);
        assertThat(triage().isSnoozed()).isTrue();

        write("Any news?");

        assertThat(triage().isSnoozed()).isFalse();
        assertThat(listed(InboxView.OPEN)).contains(conversation);
    }

    @Test
    void a_conversation_is_put_off_only_while_it_is_open_and_only_into_the_next_year() {
        for (Instant until : List.of(
                Instant.now().minusSeconds(1), Instant.now().plus(Duration.ofDays(400)), Instant.MAX, Instant.MIN)) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> act(InboxAct.snooze(until)))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID));
        }
        act(InboxAct.snooze(tomorrow()));
        conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        assertThat(triage().isSnoozed()).isFalse();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> act(InboxAct.snooze(tomorrow())))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
    }

    @Test
    void spam_is_out_of_every_view_but_its_own_stays_there_when_the_customer_writes_and_comes_back() {
        act(InboxAct.spam(true));
        write("Buy now!");

        assertThat(listed(InboxView.SPAM)).contains(conversation);
        for (InboxView view : List.of(InboxView.OPEN, InboxView.MINE, InboxView.RESOLVED, InboxView.ALL)) {
            assertThat(listed(view)).doesNotContain(conversation);
        }
        assertThat(conversations.queue(1_000)).doesNotContain(conversation);
        assertThat(acts.isSpam(conversation)).isTrue();
        conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        write("Buy more!");
        assertThat(triage().isSpam()).isTrue();

        act(InboxAct.spam(false));

        assertThat(listed(InboxView.OPEN)).contains(conversation);
        assertThat(listed(InboxView.SPAM)).doesNotContain(conversation);
    }

    @Test
    void a_conversation_is_unread_until_an_agent_has_read_what_the_customer_wrote() {
        assertThat(triage().unread()).isTrue();
        marks.agentRead(conversation, conversations.summary(conversation).lastSequence());
        assertThat(triage().unread()).isNull();

        act(InboxAct.priority(Priority.LOW));
        assertThat(triage().unread()).isNull();
        write("Hello?");
        assertThat(triage().unread()).isTrue();
    }

    @Test
    void the_language_is_that_of_the_newest_words() {
        assertThat(triage().language()).isEqualTo("other");
        write("你好，我的包裹还没到。");
        assertThat(triage().language()).isEqualTo("zh");
        write("?!");
        assertThat(triage().language()).isEqualTo("zh");
    }

    @Test
    void counts_and_the_census_tell_the_same() {
        ConversationCounts before = conversations.counts(agent);
        act(InboxAct.snooze(tomorrow()));
        customer = people.customer("Kim");
        UUID spam = write("Buy now!");
        acts.act(agent, spam, UUID.randomUUID(), InboxAct.spam(true));
        ConversationCounts after = conversations.counts(agent);
        InboxCensus census = conversations.census();

        assertThat(after.snoozed() - before.snoozed()).isEqualTo(1);
        assertThat(after.spam() - before.spam()).isEqualTo(1);
        assertThat(after.open() - before.open()).isEqualTo(-1);
        assertThat(after.waiting() - before.waiting()).isEqualTo(-1);
        assertThat(census.resolved()).isEqualTo(after.resolved());
        assertThat(census.unresolved().stream().filter(InboxCensus.Unresolved::spam))
                .hasSize((int) after.spam());
        assertThat(census.unresolved().stream().filter(each -> each.snoozed() && !each.spam()))
                .hasSize((int) after.snoozed());
    }
}
