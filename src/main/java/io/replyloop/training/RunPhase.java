package io.replyloop.training;

import jakarta.persistence.EnumeratedValue;

/** What the worker of a running run is doing. */
public enum RunPhase {
    PREPARING("preparing"),
    TRAINING("training"),
    EVALUATING("evaluating");

    @EnumeratedValue
    private final String wireName;

    RunPhase(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
