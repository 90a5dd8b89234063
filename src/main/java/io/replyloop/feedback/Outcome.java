package io.replyloop.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What an agent did with a suggestion. */
public enum Outcome {
    /** Word for word. */
    SENT("sent"),
    /** Made from a suggestion, and changed. */
    EDITED("edited"),
    /** Marked as one that does not fit. */
    REJECTED("rejected"),
    /** Passed over for the agent's own words. */
    OWN_TEXT("own-text");

    @EnumeratedValue
    private final String wireName;

    Outcome(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
