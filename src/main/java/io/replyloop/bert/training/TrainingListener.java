package io.replyloop.bert.training;

/** Observes a training run. Called on the thread of the run, between steps. */
public interface TrainingListener {
    /** An exception ends the run but keeps its last state, from which the same call resumes. */
    default void progress(TrainingProgress progress) {}

    /**
     * If true, the run stops before its next step with a {@link java.util.concurrent.CancellationException} and leaves
     * no state.
     */
    default boolean cancelled() {
        return false;
    }
}
