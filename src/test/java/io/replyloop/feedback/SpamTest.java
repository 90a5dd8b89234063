package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.InboxActs;
import io.replyloop.curation.CurationService;
import io.replyloop.identity.Role;
import io.replyloop.suggestion.SuggestionService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nothing is suggested for spam, and nothing is learned from it. */
@QuarkusTest
class SpamTest extends QuestionWithSuggestions {
    @Inject
    InboxActs acts;

    @Inject
    SuggestionService suggestions;

    @Inject
    UnansweredQuestions unanswered;

    @Inject
    CurationService curation;

    @Inject
    EntityManager entities;

    private void spam(boolean spam) {
        acts.act(agent, conversation, UUID.randomUUID(), InboxAct.spam(spam));
    }

    private long learned() {
        return QuarkusTransaction.requiringNew().call(() -> (long) entities.createNativeQuery(
                        "select count(*) from example where conversation_id = :id and not excluded", Long.class)
                .setParameter("id", conversation)
                .getSingleResult());
    }

    @Test
    void an_answer_to_spam_teaches_nothing_and_nothing_is_suggested() {
        assertThat(suggestions.latest(conversation)).isPresent();
        spam(true);

        send("Please tell us your order number.", impression, second);

        assertThat(decisions()).isEmpty();
        assertThat(knowledge.get(second).questions()).isEqualTo(0);
        assertThat(suggestions.latest(conversation)).isEmpty();
        assertThat(suggestions.computeHere(conversation)).isEmpty();
    }

    @Test
    void what_was_learned_before_does_not_count_until_it_turns_out_to_be_no_spam() {
        send("Please tell us your order number.", impression, second);
        long before = learned();
        assertThat(before).isGreaterThan(1);
        team.sql(
                "update example set excluded = true where id = (select min(id) from example where conversation_id = :value)",
                conversation);

        spam(true);
        assertThat(learned()).isZero();

        spam(false);
        assertThat(learned()).as("what an admin had excluded stays so").isEqualTo(before - 1);
    }

    @Test
    void what_an_admin_keeps_out_while_it_is_spam_stays_out_when_it_is_none() {
        send("Please tell us your order number.", impression, second);
        long before = learned();
        spam(true);
        long one = team.count("select min(id) from example where conversation_id = :value", conversation);
        long other = team.count("select max(id) from example where conversation_id = :value", conversation);
        UUID admin = team.newMember(Role.ADMIN).agent().id();
        assertThat(curation.exclude(List.of(one), true, admin)).hasSize(1);
        curation.exclude(List.of(other), false, admin);
        curation.exclude(List.of(other), true, admin);

        spam(false);

        assertThat(learned()).isEqualTo(before - 2);
    }

    @Test
    void spam_is_no_question_that_nobody_could_answer() {
        conversation = chat.silentConversation("Buy now!");
        UUID shown = chat.impression(conversation, List.of(), List.of(first));
        assertThat(unanswered.newest(Instant.now().minusSeconds(60), 1_000))
                .anyMatch(question -> question.impression().equals(shown));

        spam(true);

        assertThat(unanswered.newest(Instant.now().minusSeconds(60), 1_000))
                .noneMatch(question -> question.impression().equals(shown));
    }
}
