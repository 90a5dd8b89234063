package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;

/** What a run cannot do with too little of. */
public enum MinimumRule {
    /** Of agents: fewer teach a network nothing but their own wording. */
    DECISIONS,
    /** Examples whose reply fits. */
    FITTING,
    /** Examples whose reply does not. */
    NOT_FITTING,
    /** Different replies that fit: of a single one, a network learns that it always fits. */
    REPLIES,
    /** Conversations that are kept back to measure with; about every fifth is. */
    HELD_OUT;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }
}
