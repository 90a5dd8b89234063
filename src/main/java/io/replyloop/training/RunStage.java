package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.time.Instant;

/**
 * How far a run is, for people: the {@link RunState} with what its worker is doing, and with what became of its model.
 */
public enum RunStage {
    QUEUED,
    /** Checks the model, reads the examples, measures what serves now. */
    PREPARING,
    TRAINING,
    /** Measures the new model, which quiet hours do not interrupt; or two models that there were. */
    EVALUATING,
    AWAITING_DECISION,
    /** Two models were measured, and none was made that somebody would have to decide on. */
    MEASURED,
    PROMOTED,
    REJECTED,
    FAILED,
    CANCELLED;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }

    /** @param promotedAt when its model was put into service last; null when it never was, or there is none */
    static RunStage of(TrainingRun run, Instant promotedAt) {
        return switch (run.state) {
            case QUEUED -> QUEUED;
            case RUNNING -> run.phase == null ? PREPARING : ofPhase(run.phase);
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case SUCCEEDED -> run.onlyMeasures() ? MEASURED : ofResult(run.rejectedAt, promotedAt);
        };
    }

    /** The last word counts: a model that was rejected may be promoted after all, and the other way round. */
    private static RunStage ofResult(Instant rejectedAt, Instant promotedAt) {
        if (rejectedAt != null && (promotedAt == null || promotedAt.isBefore(rejectedAt))) {
            return REJECTED;
        }
        return promotedAt == null ? AWAITING_DECISION : PROMOTED;
    }

    private static RunStage ofPhase(RunPhase phase) {
        return switch (phase) {
            case PREPARING -> PREPARING;
            case TRAINING -> TRAINING;
            case EVALUATING -> EVALUATING;
        };
    }
}
