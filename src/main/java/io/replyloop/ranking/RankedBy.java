package io.replyloop.ranking;

import io.replyloop.platform.WireNames;

/** What a ranking is based on. All but the first mean the first stage alone, and give the reason. */
public enum RankedBy {
    CROSS_ENCODER,
    NO_MODEL,
    QUEUE_FULL,
    TOO_LATE,
    FAILURE;

    /** The name used in the database and in metrics. */
    public String label() {
        return WireNames.of(this);
    }
}
