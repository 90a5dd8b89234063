package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How far a training run is. A worker claims a queued one and ends it; a run whose worker died or was stopped is queued
 * again. What has ended stays as it is.
 */
public enum RunState {
    QUEUED("queued"),
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private static final Map<RunState, Set<RunState>> NEXT = new EnumMap<>(Map.of(
            QUEUED, Set.of(RUNNING, FAILED, CANCELLED),
            RUNNING, Set.of(QUEUED, SUCCEEDED, FAILED, CANCELLED),
            SUCCEEDED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of()));

    @EnumeratedValue
    private final String wireName;

    RunState(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    public boolean hasEnded() {
        return NEXT.get(this).isEmpty();
    }

    /** Those of which there is one run at a time. */
    static List<RunState> active() {
        return Stream.of(values()).filter(state -> !state.hasEnded()).toList();
    }

    boolean mayBecome(RunState next) {
        return NEXT.get(this).contains(next);
    }

    /**
     * The state after this one.
     *
     * @throws IllegalStateException when a run never goes from here to there
     */
    RunState to(RunState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("A run that is " + wireName + " does not become " + next.wireName);
        }
        return next;
    }
}
