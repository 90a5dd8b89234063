package io.replyloop.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void theQueryIsTheLastTurnsOldestFirstAndTheNewestLast() {
        customer("Hello");
        agent("How can I help?");
        customer("Where is my order?");
        agent("Which one?");
        customer("Number 7");

        QueryText text = QueryText.of(messages, 3).orElseThrow();

        assertEquals("- Where is my order?\n> Which one?\n- Number 7", text.query());
        assertEquals("Number 7", text.question());
        assertEquals(5, text.trigger());
    }

    @Test
    void aBurstIsOneQuestionAndReadWholeEvenWhenItIsLongerThanTheTurns() {
        agent("How can I help?");
        customer("Hi");
        customer("my parcel");
        customer("is not here");

        QueryText text = QueryText.of(messages, 2).orElseThrow();

        assertEquals("Hi\nmy parcel\nis not here", text.question());
        assertEquals("- Hi\n- my parcel\n- is not here", text.query());
        assertEquals(4, text.trigger());
    }

    @Test
    void thereIsNoQuestionOnceTheTeamHasAnswered() {
        assertTrue(QueryText.of(messages, 6).isEmpty());
        customer("Hi");
        assertFalse(QueryText.of(messages, 6).isEmpty());
        agent("Hello!");
        assertTrue(QueryText.of(messages, 6).isEmpty());
    }

    @Test
    void aLineIsATurnWhateverTheMessageContains() {
        customer("  one\n\n two\tthree ");
        agent("a\r\nb");
        customer("c");

        assertEquals(
                "- one two three\n> a b\n- c",
                QueryText.of(messages, 6).orElseThrow().query());
    }

    @Test
    void ofAnEndlessMessageTheEndIsKeptAndNoCharacterIsCutInTwo() {
        customer("😀".repeat(4_000) + "the end");

        String query = QueryText.of(messages, 6).orElseThrow().query();

        assertTrue(query.length() <= 4_000);
        assertTrue(query.endsWith("😀the end"));
        assertFalse(Character.isLowSurrogate(query.charAt(0)));
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
                null));
    }
}
