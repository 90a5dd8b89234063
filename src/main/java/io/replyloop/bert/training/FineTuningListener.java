package io.replyloop.bert.training;

/** Who watches a training run. Called on the thread of the run, between steps. */
public interface FineTuningListener {
    default void progress(FineTuningProgress progress) {}

    /** A run that is told so stops before its next step with a {@link java.util.concurrent.CancellationException}. */
    default boolean cancelled() {
        return false;
    }
}
