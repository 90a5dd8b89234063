package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.Posted;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.retrieval.Retrieval;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is kept of a decision beside its outcome. */
@QuarkusTest
class DecisionDetailsTest extends QuestionWithSuggestions {
    private static final String ORDER = "Please tell us your order number.";
    private static final String HOURS = "Our shop is open from nine to five on every working day.";

    @Inject
    Retrieval retrieval;

    @Test
    void how_a_suggestion_was_used_is_kept() {
        Decision decision = sent(
                "Please tell me your order number.",
                second,
                new AnswerOrigin(Source.SUGGESTION, "Which order? Call 030 901820 or ada@example.org", null, 1_200L));

        assertThat(decision.source).isEqualTo(Source.SUGGESTION);
        assertThat(decision.replyVersion).isEqualTo(knowledge.get(second).version());
        assertThat(decision.position).isEqualTo(2);
        assertThat(decision.editDistance).isEqualTo(2);
        assertThat(decision.onScreen).isTrue();
        assertThat(decision.screenMillis).isEqualTo(1_200);
        assertThat(decision.typed).isEqualTo("Which order? Call [phone] or [email]");
        assertThat(decision.search).isNull();
    }

    @Test
    void a_repeated_send_changes_nothing() {
        UUID id = UUID.randomUUID();
        AnswerOrigin first = new AnswerOrigin(Source.SUGGESTION, "typed", null, 1_000L);
        AnswerOrigin again = new AnswerOrigin(Source.SUGGESTION, "something else", null, 2_000L);

        Posted once = feedback.send(agent, conversation, id, ORDER, impression, second, null, first);
        Posted repeated = feedback.send(agent, conversation, id, ORDER, impression, second, null, again);

        assertThat(repeated.repeated()).isTrue();
        assertThat(repeated.event()).isEqualTo(once.event());
        assertThat(decisions()).hasSize(1);
        assertThat(decisions().get(0).typed).isEqualTo("typed");
        assertThat(decisions().get(0).screenMillis).isEqualTo(1_000);
    }

    @Test
    void a_console_that_tells_nothing_is_understood() {
        Decision decision = sent(ORDER, second, AnswerOrigin.UNTOLD);

        assertThat(decision.source).isEqualTo(Source.SUGGESTION);
        assertThat(decision.onScreen).isNull();
        assertThat(decision.screenMillis).isNull();
        assertThat(decision.typed).isNull();
    }

    @Test
    void a_time_that_cannot_be_is_unknown_and_a_long_one_is_an_hour() {
        assertThat(sent(ORDER, second, onScreen(90_000L)).screenMillis).isNull();
        assertThat(decisions().get(0).onScreen).isTrue();
        AnswerOrigin days = onScreen(Duration.ofDays(2).toMillis());
        Instant now = Instant.now();

        assertThat(days.boundedMillis(now.minus(Duration.ofDays(3)), now)).isEqualTo(3_600_000);
        assertThat(days.boundedMillis(now.minus(Duration.ofDays(1)), now)).isNull();
        assertThat(onScreen(null).boundedMillis(now, now)).isNull();
    }

    @Test
    void a_canned_reply_passes_over_what_was_shown() {
        UUID canned = chat.published(HOURS);

        Decision decision = sent(HOURS, canned, new AnswerOrigin(Source.CANNED, null, null, 800L));

        assertThat(decision.source).isEqualTo(Source.CANNED);
        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.replyId).isEqualTo(canned);
        assertThat(decision.replyVersion).isEqualTo(knowledge.get(canned).version());
        assertThat(decision.position).isNull();
        assertThat(decision.onScreen).isTrue();
    }

    @Test
    void a_suggestion_inserted_by_its_shortcode_is_a_canned_reply() {
        Decision decision = sent(ORDER, second, new AnswerOrigin(Source.CANNED, null, null, 800L));

        assertThat(decision.source).isEqualTo(Source.CANNED);
        assertThat(decision.outcome).isEqualTo(Outcome.SENT);
        assertThat(decision.position).isEqualTo(2);
    }

    @Test
    void a_reply_that_was_searched_for_is_a_decision_with_the_words_of_the_search() {
        AnswerOrigin searched = new AnswerOrigin(Source.SEARCH, null, "open for ada@example.org", null);
        UUID hours = chat.published(HOURS);

        Decision decision = sent(HOURS, hours, searched);

        assertThat(decision.source).isEqualTo(Source.SEARCH);
        assertThat(decision.search).isEqualTo("open for [email]");
        assertThat(decision.onScreen)
                .as("a console that tells, and tells of no time")
                .isFalse();
        assertThat(knowledge.get(hours).questions()).isEqualTo(1);
    }

    @Test
    void a_reply_counts_also_where_nothing_was_shown_or_seen() {
        UUID hours = chat.published(HOURS);
        UUID unsure = chat.silentConversation("When are you there?");
        UUID empty = chat.impression(unsure, List.of(), List.of(first));
        feedback.send(
                agent,
                unsure,
                UUID.randomUUID(),
                HOURS,
                null,
                hours,
                null,
                new AnswerOrigin(Source.CANNED, null, null, null));

        Decision nothingShown = decisions(empty).get(0);
        assertThat(nothingShown.source).isEqualTo(Source.CANNED);
        assertThat(nothingShown.replyId).isEqualTo(hours);
        assertThat(nothingShown.onScreen).isNull();

        send(HOURS, null, hours);
        Decision tooLate = decisions().get(0);
        assertThat(tooLate.replyId).isEqualTo(hours);
        assertThat(tooLate.onScreen).isFalse();
        assertThat(knowledge.get(hours).questions()).isEqualTo(2);
    }

    @Test
    void what_follows_an_answer_is_no_answer_to_the_question_before() {
        UUID hours = chat.published(HOURS);
        send("Typed before any suggestion came.", null, null);

        send(HOURS, null, hours);

        assertThat(decisions()).isEmpty();
        assertThat(knowledge.get(hours).questions()).isZero();
    }

    @Test
    void a_suggestion_cannot_be_claimed_that_was_not_shown() {
        Decision decision = sent("You can pay by invoice.", unshown, onScreen(500L));

        assertThat(decision.source).isEqualTo(Source.CANNED);
        assertThat(decision.position).isEqualTo(3);
    }

    @Test
    void an_own_text_that_nearly_equals_a_reply_is_that_reply() {
        UUID hours = indexed(HOURS);

        Decision decision = sent(
                "Hi Ada, our shop is open from nine to five every working day. Best regards, Ben",
                null,
                new AnswerOrigin(Source.OWN, null, null, 700L));

        assertThat(decision.source).isEqualTo(Source.OWN);
        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.replyId).isEqualTo(hours);
        assertThat(decision.replyVersion).isEqualTo(knowledge.get(hours).version());
        assertThat(decision.editDistance).isPositive();
        assertThat(knowledge.get(hours).questions()).isEqualTo(1);
    }

    @Test
    void a_suggestion_that_was_replaced_by_another_reply_is_that_other_reply() {
        UUID hours = indexed(HOURS);

        Decision decision = sent("Our shop is open from nine to five every working day.", second, onScreen(700L));

        assertThat(decision.outcome).isEqualTo(Outcome.OWN_TEXT);
        assertThat(decision.replyId).isEqualTo(hours);
        assertThat(decision.accepted).isTrue();
        assertThat(knowledge.get(hours).questions()).isEqualTo(1);
    }

    @Test
    void a_suggestion_of_which_little_is_left_is_not_the_right_reply() {
        Decision decision = sent("Sorry, but we never received anything from you.", second, onScreen(700L));

        assertThat(decision.outcome).isEqualTo(Outcome.EDITED);
        assertThat(decision.replyId).isEqualTo(second);
        assertThat(decision.accepted).isFalse();
        assertThat(knowledge.get(second).sent()).isZero();
    }

    @Test
    void a_suggestion_that_was_taken_was_on_the_screen_however_short() {
        Decision taken = sent(ORDER, second, onScreen(null));

        assertThat(taken.onScreen).isTrue();
        assertThat(taken.screenMillis).as("nobody knows for how long").isNull();
    }

    @Test
    void a_text_with_another_number_or_meaning_is_no_reply() {
        UUID hours = indexed(HOURS);

        Decision decision = sent("Our shop is open from nine to six on every working day.", null, AnswerOrigin.UNTOLD);
        assertThat(decision.replyId).isNull();

        UUID other = chat.silentConversation("When are you there?");
        UUID shown = chat.impression(other, List.of(first), List.of());
        feedback.send(
                agent,
                other,
                UUID.randomUUID(),
                "Our shop is not open from nine to five on every working day.",
                shown,
                null,
                null);
        assertThat(decisions(shown).get(0).replyId).isNull();
        assertThat(knowledge.get(hours).questions()).isZero();
    }

    @Test
    void the_newest_published_words_are_compared() {
        UUID hours = indexed(HOURS);
        ReplyView now = knowledge.get(hours);
        knowledge.update(
                hours,
                new ReplyDraft(null, "Test", "We have moved to Norway.", "en", List.of(), null, now.version()),
                null);

        assertThat(sent("Our shop is open from nine to five every working day.", null, AnswerOrigin.UNTOLD).replyId)
                .isNull();
    }

    @Test
    void a_rejection_keeps_its_time_and_version() {
        feedback.reject(agent, UUID.randomUUID(), impression, second, "tone", null, 2_500L);

        Decision decision = decisions().get(0);
        assertThat(decision.screenMillis).isEqualTo(2_500);
        assertThat(decision.replyVersion).isEqualTo(knowledge.get(second).version());
        assertThat(decision.source).isNull();
        assertThat(decision.position).isEqualTo(2);
        assertThat(decision.accepted).isNull();
    }

    private Decision sent(String text, UUID reply, AnswerOrigin origin) {
        feedback.send(agent, conversation, UUID.randomUUID(), text, impression, reply, null, origin);
        return decisions().get(0);
    }

    /** A published reply that the index knows. */
    private UUID indexed(String text) {
        UUID reply = chat.published(text);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> retrieval.likest(text, 10).contains(reply));
        return reply;
    }

    private static AnswerOrigin onScreen(Long millis) {
        return new AnswerOrigin(Source.SUGGESTION, null, null, millis);
    }
}
