package io.replyloop.bert.training;

/** Who watches a training run. Called on the thread of the run, between steps. */
public interface TrainingListener {
    /** What is thrown here ends the run, whose last state stays; the same call goes on from it. */
    default void progress(TrainingProgress progress) {}

    /**
     * A run that is told so stops before its next step with a {@link java.util.concurrent.CancellationException}, and
     * leaves no state to go on from.
     */
    default boolean cancelled() {
        return false;
    }
}
