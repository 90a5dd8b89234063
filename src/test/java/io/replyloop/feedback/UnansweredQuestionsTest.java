package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.UnansweredQuestions.Question;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which questions count as those that nobody could answer. */
@QuarkusTest
class UnansweredQuestionsTest extends QuestionWithSuggestions {
    @Inject
    UnansweredQuestions unanswered;

    private Optional<Question> found(UUID shown) {
        return unanswered.newest(Instant.now().minusSeconds(60), 1_000).stream()
                .filter(question -> question.impression().equals(shown))
                .findFirst();
    }

    private UUID silent(String... messages) {
        return chat.impression(chat.silentConversation(messages), List.of(), List.of(first, second));
    }

    @Test
    void a_question_without_a_suggestion_counts() {
        UUID shown = silent("Do you ship to Norway? I am at ada@example.org");

        Question question = found(shown).orElseThrow();
        assertThat(question.text()).isEqualTo("Do you ship to Norway? I am at [email]");
        assertThat(question.query()).isEqualTo("- Do you ship to Norway? I am at [email]");
        assertThat(question.trigger()).isEqualTo(1);
        assertThat(unanswered.of(List.of(shown, UUID.randomUUID()))).isEqualTo(List.of(question));
        assertThat(unanswered.anyAsked(Instant.now().minusSeconds(60))).isTrue();
        assertThat(unanswered.anyAsked(Instant.now().plusSeconds(60))).isFalse();
    }

    @Test
    void what_agents_were_shown_counts_once_all_of_it_was_rejected_as_an_answer() {
        assertThat(found(impression)).isEmpty();
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        assertThat(found(impression)).isEmpty();
        feedback.reject(agent, UUID.randomUUID(), impression, second, "other", null);
        assertThat(found(impression)).isPresent();
    }

    @Test
    void a_tone_that_was_rejected_is_no_lack_of_an_answer() {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        feedback.reject(agent, UUID.randomUUID(), impression, second, "tone", null);

        assertThat(found(impression)).isEmpty();
    }

    @Test
    void an_agents_own_words_count_and_a_reply_does_not_wherever_it_came_from() {
        send("Our owl brings it on Friday.", impression, null);
        assertThat(found(impression)).isPresent();

        UUID suggested = chat.impression(another(), List.of(first), List.of());
        answer(suggested, "A parcel to Zanzibar travels for twelve days.", first);
        assertThat(found(suggested)).isEmpty();
        UUID silent = chat.impression(another(), List.of(), List.of(first));
        answer(silent, "You can pay by invoice.", null);
        assertThat(found(silent)).as("typed out word by word").isEmpty();
    }

    @Test
    void a_suggestion_that_was_written_over_is_no_answer_of_the_knowledge_base() {
        send("A parcel to Zanzibar travels for ten days.", impression, first);
        assertThat(found(impression)).as("lightly edited").isEmpty();

        UUID rewritten = chat.impression(another(), List.of(first), List.of());
        answer(rewritten, "Our owl brings it on Friday, if it is not too cold for her.", first);
        assertThat(found(rewritten)).isPresent();
    }

    @Test
    void only_the_whole_burst_counts() {
        UUID conversation = chat.silentConversation("I want to ask something", "Do you ship to Norway?");
        team.sql("delete from conversation_event where conversation_id = :value and sequence = 2", conversation);
        UUID begun = chat.impression(conversation, List.of(), List.of());
        assertThat(found(begun)).isPresent();
        team.sql(
                "insert into conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, text)"
                        + " values (:value, 2, 2, 'message', 'customer', 'Do you ship to Norway?')",
                conversation);
        UUID whole = chat.impression(conversation, List.of(), List.of());

        assertThat(found(begun)).isEmpty();
        assertThat(found(whole).orElseThrow().text()).isEqualTo("I want to ask something\nDo you ship to Norway?");
    }

    private UUID another() {
        return chat.silentConversation("Where is my parcel?");
    }

    private void answer(UUID shown, String text, UUID reply) {
        UUID of = team(shown);
        feedback.send(agent, of, UUID.randomUUID(), text, shown, reply, null);
    }

    private UUID team(UUID shown) {
        return unanswered.of(List.of(shown)).get(0).conversation();
    }
}
