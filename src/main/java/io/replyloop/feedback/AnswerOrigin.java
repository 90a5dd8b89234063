package io.replyloop.feedback;

import java.time.Duration;
import java.time.Instant;

/**
 * How an answer came about, as the agent's console tells it.
 *
 * @param source null if the console is of a version that tells nothing
 * @param typed what the agent had typed before taking the reply; null for nothing
 * @param search what the agent had typed to find the reply; null if it was not searched for
 * @param onScreenMillis how long the suggestions had been on the screen by then, measured by the console from one moment to
 *     the other, so that its clock may be wrong; null if they never were
 */
public record AnswerOrigin(Source source, String typed, String search, Long onScreenMillis) {
    public static final AnswerOrigin UNTOLD = new AnswerOrigin(null, null, null, null);

    /** Maximum length of what was typed before. */
    public static final int LONGEST_TYPED = 2_000;

    public static final int LONGEST_SEARCH = 200;

    /** Whoever takes longer has done something else meanwhile. */
    static final Duration LONGEST_ON_SCREEN = Duration.ofHours(1);

    /** The clocks of database and server may differ by so much. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    boolean isTold() {
        return source != null;
    }

    /**
     * Whether the suggestions were on the screen; null where an old console leaves it open. One that was taken was there,
     * though the console had no time to measure it.
     *
     * @param named whether the console says which suggestions it had
     * @param known where the text came from, by all that is known
     */
    Boolean onScreen(boolean named, Source known) {
        if (!named) {
            return false;
        }
        return isTold() ? (Boolean) (onScreenMillis != null || known == Source.SUGGESTION) : null;
    }

    /** As it is kept: an hour at most, and nothing where suggestions cannot have been on a screen for so long. */
    Long boundedMillis(Instant computed, Instant now) {
        if (onScreenMillis == null) {
            return null;
        }
        long age = Duration.between(computed, now).plus(TOLERANCE).toMillis();
        return onScreenMillis > age ? null : (Long) Math.min(onScreenMillis, LONGEST_ON_SCREEN.toMillis());
    }
}
