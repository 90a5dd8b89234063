package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What came of a planned start. */
public enum StartOutcome {
    STARTED("started"),
    /** Fewer new decisions than the schedule wants. */
    TOO_FEW_NEW("too-few-new"),
    /** One of the {@link TrainingMinimums} is not met. */
    TOO_LITTLE("too-little"),
    RUN_ACTIVE("run-active"),
    NO_MODEL("no-model"),
    REFUSED("refused"),
    /** Stands there until it is known what came of it, and stays if the server ended at that very moment. */
    INTERRUPTED("interrupted");

    @EnumeratedValue
    private final String wireName;

    StartOutcome(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
