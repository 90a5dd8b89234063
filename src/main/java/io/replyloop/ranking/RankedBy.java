package io.replyloop.ranking;

import java.util.Locale;

/** What the order of a ranking rests on; everything but the first is the first stage alone, and says why. */
public enum RankedBy {
    CROSS_ENCODER,
    NO_MODEL,
    QUEUE_FULL,
    TOO_LATE,
    FAILURE;

    /** As it is stored and measured. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
