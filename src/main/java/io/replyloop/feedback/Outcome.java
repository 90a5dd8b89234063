package io.replyloop.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What an agent did with a suggestion. */
public enum Outcome {
    /** Sent word for word. */
    SENT("sent"),
    /** Sent after a change. */
    EDITED("edited"),
    /** Marked as not fitting. */
    REJECTED("rejected"),
    /** Passed over: the agent wrote the text. */
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
