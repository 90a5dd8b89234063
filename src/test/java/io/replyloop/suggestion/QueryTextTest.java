package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueryTextTest {
    private final List<ConversationEventView> messages = new ArrayList<>();

    @Test
    void the_query_is_the_last_turns_oldest_first_and_the_newest_last() {
        customer("Hello");
        agent("How can I help?");
        customer("Where is my order?");
        agent("Which one?");
        customer("Number 7");

        QueryText text = QueryText.of(messages, 3).orElseThrow();

        assertThat(text.query()).isEqualTo("- Where is my order?\n> Which one?\n- Number 7");
        assertThat(text.question()).isEqualTo("Number 7");
        assertThat(text.trigger()).isEqualTo(5);
    }

    @Test
    void a_burst_is_one_question_and_read_whole_even_when_it_is_longer_than_the_turns() {
        agent("How can I help?");
        customer("Hi");
        customer("my parcel");
        customer("is not here");

        QueryText text = QueryText.of(messages, 2).orElseThrow();

        assertThat(text.question()).isEqualTo("Hi\nmy parcel\nis not here");
        assertThat(text.query()).isEqualTo("- Hi\n- my parcel\n- is not here");
        assertThat(text.trigger()).isEqualTo(4);
    }

    @Test
    void there_is_no_question_once_the_team_has_answered() {
        assertThat(QueryText.of(messages, 6).isEmpty()).isTrue();
        customer("Hi");
        assertThat(QueryText.of(messages, 6).isEmpty()).isFalse();
        agent("Hello!");
        assertThat(QueryText.of(messages, 6).isEmpty()).isTrue();
    }

    @Test
    void a_line_is_a_turn_whatever_the_message_contains() {
        customer("  one\n\n two\tthree ");
        agent("a\r\nb");
        customer("c");

        assertThat(QueryText.of(messages, 6).orElseThrow().query()).isEqualTo("- one two three\n> a b\n- c");
    }

    @Test
    void of_an_endless_message_the_end_is_kept_and_no_character_is_cut_in_two() {
        customer("😀".repeat(4_000) + "the end");

        String query = QueryText.of(messages, 6).orElseThrow().query();

        assertThat(query.length() <= 4_000).isTrue();
        assertThat(query.endsWith("😀the end")).isTrue();
        assertThat(Character.isLowSurrogate(query.charAt(0))).isFalse();
    }

    private void customer(String text) {
        say(AuthorKind.CUSTOMER, text);
    }

    private void agent(String text) {
        say(AuthorKind.AGENT, text);
    }

    private void say(AuthorKind kind, String text) {
        long sequence = messages.size() + 1;
        messages.add(new ConversationEventView(
                UUID.randomUUID(),
                sequence,
                sequence,
                Instant.EPOCH,
                EventKind.MESSAGE,
                new Author(kind, UUID.randomUUID(), "Kim"),
                UUID.randomUUID(),
                text,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }
}
