package io.replyloop.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final UUID CHOSEN = UUID.randomUUID();
    private static final UUID ANOTHER = UUID.randomUUID();

    @Test
    void aSuggestionSentWordForWordIsSent() {
        Answer answer = Answer.of(" Your parcel  arrives tomorrow.\n", CHOSEN, "Your parcel arrives tomorrow.", CHOSEN);

        assertEquals(new Answer(Outcome.SENT, CHOSEN, 0, true), answer);
    }

    @Test
    void aSuggestionIsSentEvenWhenItsReplyHasChangedSince() {
        assertEquals(
                Outcome.SENT, Answer.of("Old words", CHOSEN, "Old words", null).outcome());
    }

    @Test
    void theReplysNewWordsAreThatReplyToo() {
        assertEquals(new Answer(Outcome.SENT, CHOSEN, 0, true), Answer.of("New words", CHOSEN, "Old words", CHOSEN));
    }

    @Test
    void aFewChangedWordsAreALightEditAndAcceptTheReply() {
        Answer answer = Answer.of("Your parcel arrives on Monday.", CHOSEN, "Your parcel arrives tomorrow.", null);

        assertEquals(Outcome.EDITED, answer.outcome());
        assertEquals(CHOSEN, answer.reply());
        assertEquals(8, answer.editDistance());
        assertTrue(answer.accepted());
    }

    @Test
    void aRewrittenSuggestionIsNotAccepted() {
        Answer answer = Answer.of("Sorry, we do not ship there at all.", CHOSEN, "Your parcel arrives tomorrow.", null);

        assertEquals(Outcome.EDITED, answer.outcome());
        assertEquals(CHOSEN, answer.reply());
        assertFalse(answer.accepted());
    }

    @Test
    void ownWordsAreNoReply() {
        Answer answer = Answer.of("One moment please", null, null, null);

        assertEquals(new Answer(Outcome.OWN_TEXT, null, null, false), answer);
    }

    @Test
    void typingOutAPublishedReplyMakesItTheRightOne() {
        assertEquals(new Answer(Outcome.OWN_TEXT, ANOTHER, null, true), Answer.of("Hello there", null, null, ANOTHER));
        assertEquals(
                new Answer(Outcome.OWN_TEXT, ANOTHER, null, true),
                Answer.of("Hello there", CHOSEN, "Good bye", ANOTHER),
                "also when the agent began with a suggestion and replaced it");
    }

    @Test
    void anEditIsLightUpToThreeTenthsOfTheLongerText() {
        assertTrue(Answer.isLightEdit(3, "abcdefghij", "abcdefg"));
        assertFalse(Answer.isLightEdit(4, "abcdefghij", "abcdefghi"));
        assertTrue(Answer.isLightEdit(0, "", ""));
    }

    @Test
    void anAnswerOfTheLongestTextsIsJudgedInAMoment() {
        Answer answer = Answer.of("a".repeat(8_000), CHOSEN, "b".repeat(8_000), null);

        assertEquals(8_000, answer.editDistance());
        assertNull(Answer.of("own", null, null, null).editDistance());
    }
}
