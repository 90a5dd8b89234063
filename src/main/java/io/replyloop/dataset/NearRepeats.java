package io.replyloop.dataset;

import io.replyloop.knowledge.TurnMark;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells questions that say the same but for numbers, case, spaces and punctuation: a form that is filled in again and again,
 * or a message that is sent twice. Such a pair on both sides of a split would measure what was learned by heart. Short ones
 * are no repeats: that many people ask 'where is my order?' is what there is to learn.
 */
public final class NearRepeats {
    /** Letters of a question of some eight words. */
    private static final int SHORTEST = 40;

    /** A Chinese character says as much as some letters do. */
    private static final int SHORTEST_OF_CHARACTERS = 16;

    private NearRepeats() {}

    /**
     * @param query turns with their marks, the question last
     * @return the same for all that repeat each other; empty where a question is too short to be one
     */
    public static Optional<String> key(String query) {
        String letters = letters(TurnMark.question(query));
        long wide = letters.codePoints().filter(Character::isIdeographic).count();
        boolean isLong = letters.length() >= SHORTEST || wide >= SHORTEST_OF_CHARACTERS;
        return isLong ? Optional.of(letters) : Optional.empty();
    }

    /** The same for questions that say the same, long or short; what was said before a short one belongs to it. */
    public static String sameQuestion(String query) {
        return key(query)
                .orElseGet(() -> letters(query) + " "
                        + query.codePoints().filter(Character::isDigit).count());
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().filter(Character::isLetter).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
