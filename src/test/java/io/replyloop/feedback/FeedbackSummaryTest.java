package io.replyloop.feedback;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FeedbackSummaryTest extends QuestionWithSuggestions {
    @Inject
    FeedbackSummaries summaries;

    @Test
    void the_summary_counts_what_agents_did_and_how_high_the_right_reply_stood() {
        FeedbackSummary before = summaries.summary();
        send("A parcel to Zanzibar travels for twelve days.", impression, first);
        answerAnother("Please tell us your order number.", second);
        answerAnother("You can pay by invoice.", null);
        answerAnother("My own words", null);
        answerAnother("We have never received anything like that from you.", second);
        answerAnother("You can pay by invoice.", unshown);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);

        FeedbackSummary after = summaries.summary();

        assertThat(after.impressions()).isEqualTo(before.impressions() + 5);
        assertThat(after.decisions()).isEqualTo(before.decisions() + 7);
        assertThat(after.sent()).isEqualTo(before.sent() + 2);
        assertThat(after.ownText())
                .as("a reply that was looked up was no suggestion")
                .isEqualTo(before.ownText() + 3);
        assertThat(after.rejected()).isEqualTo(before.rejected() + 1);
        assertThat(after.edited()).isEqualTo(before.edited() + 1);
        long known = knownReplies();
        // What was written over tells nothing. First, second, and twice third but not shown: 1 of 4, 2 of 4, and the
        // mean of 1, 1/2, 1/3 and 1/3.
        assertThat(after.acceptAt1() * known).isCloseTo(before.acceptAt1() * (known - 4) + 1, within(1e-6));
        assertThat(after.acceptAt3() * known).isCloseTo(before.acceptAt3() * (known - 4) + 2, within(1e-6));
        assertThat(after.mrr() * known).isCloseTo(before.mrr() * (known - 4) + 13 / 6.0, within(1e-6));
    }

    @Test
    void only_admins_see_the_summary() {
        as(team.newMember(Role.ADMIN)).get("/api/feedback/summary").then().statusCode(200);
        as(team.newMember(Role.AGENT)).get("/api/feedback/summary").then().statusCode(403);
        nobody().get("/api/feedback/summary").then().statusCode(401);
    }

    private void answerAnother(String text, UUID reply) {
        UUID other = chat.silentConversation("Another question");
        UUID shown = chat.impression(other, List.of(first, second), List.of(unshown));
        feedback.send(agent, other, UUID.randomUUID(), text, shown, reply, null);
    }

    private static long knownReplies() {
        return QuarkusTransaction.requiringNew()
                .call(() -> Decision.count(
                        "outcome <> ?1 and replyId is not null and coalesce(accepted, true)", Outcome.REJECTED));
    }
}
