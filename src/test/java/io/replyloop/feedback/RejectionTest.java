package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RejectionTest extends QuestionWithSuggestions {
    @Inject
    KnowledgeFeed feed;

    @Test
    void a_rejection_has_a_reason_and_is_stored_once() {
        UUID id = UUID.randomUUID();

        Rejected rejected = feedback.reject(agent, id, impression, first, "outdated", " We changed the carrier. ");
        feedback.reject(agent, id, impression, first, "outdated", "We changed the carrier.");
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);

        assertThat(rejected.conversation()).isEqualTo(conversation);
        Decision decision = decisions().get(0);
        assertThat(decisions().size()).isEqualTo(1);
        assertThat(decision.outcome).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason).isEqualTo("outdated");
        assertThat(decision.comment).isEqualTo("We changed the carrier.");
        assertThat(decision.position).isEqualTo(1);
    }

    @Test
    void after_a_rejection_the_agent_still_answers() {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        send("Please tell us your order number.", impression, second);

        assertThat(decisions().size()).isEqualTo(2);
    }

    @Test
    void only_what_says_that_a_reply_is_no_answer_speaks_against_it_next_time() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "tone", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);
        assertThat(rejectedForGood()).isEqualTo(List.of(second));

        ReplyView reply = knowledge.get(second);
        ReplyDraft draft = new ReplyDraft(null, "Other", reply.text(), "en", List.of(), null, reply.version());
        knowledge.update(second, draft, null);
        assertThat(rejectedForGood()).as("the text is the same").isEqualTo(List.of(second));
        draft = new ReplyDraft(null, "Other", "Your order number?", "en", List.of(), null, reply.version() + 1);
        knowledge.update(second, draft, null);
        assertThat(rejectedForGood()).isEqualTo(List.of());
    }

    @Test
    void what_has_answered_the_same_after_all_is_no_longer_rejected() throws SQLException {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);
        send("A parcel to Zanzibar travels for twelve days.", impression, first);

        assertThat(rejectedForGood()).isEqualTo(List.of(second));
    }

    /** The replies of this test against which a rejection speaks. */
    private List<UUID> rejectedForGood() throws SQLException {
        List<UUID> rejected = new ArrayList<>();
        feed.read(-1, Long.MAX_VALUE, 0, new KnowledgeFeed.Reader() {
            @Override
            public void published(
                    UUID reply, int version, String title, String text, String language, String category) {}

            @Override
            public void withdrawn(UUID reply) {}

            @Override
            public void answered(long id, UUID reply, AnsweredQuestion question) {}

            @Override
            public void rejected(long id, UUID reply, AnsweredQuestion question) {
                rejected.add(reply);
            }
        });
        rejected.retainAll(List.of(first, second));
        return rejected;
    }

    @Test
    void a_rejection_that_makes_no_sense_is_refused_with_a_reason() {
        UUID used = UUID.randomUUID();
        feedback.reject(agent, used, impression, first, "wrong", null);

        assertThat(refused(used, impression, second, "wrong", null)).isEqualTo(ProblemCode.CONFLICT);
        assertThat(refused(UUID.randomUUID(), UUID.randomUUID(), first, "wrong", null))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(UUID.randomUUID(), impression, unshown, "wrong", null))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(UUID.randomUUID(), impression, second, "ugly", null)).isEqualTo(ProblemCode.INVALID);
        assertThat(refused(UUID.randomUUID(), impression, second, "tone", "x".repeat(RejectReason.LONGEST_COMMENT + 1)))
                .isEqualTo(ProblemCode.TEXT_TOO_LONG);
        assertThat(decisions().size()).isEqualTo(1);
    }

    private ProblemCode refused(UUID id, UUID shown, UUID reply, String reason, String comment) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> feedback.reject(agent, id, shown, reply, reason, comment))
                .actual()
                .code();
    }
}
