package io.replyloop.bert.training;

import java.time.Duration;

/** Who watches pretraining. Called on the thread of the run, between steps. */
public interface PretrainingListener {

    /**
     * @param loss mean cross-entropy per masked token since the last report
     * @param accuracy share of the masked tokens that were guessed since the last report
     */
    record Progress(
            int step,
            int steps,
            double loss,
            double accuracy,
            double learningRate,
            double gradNorm,
            double tokensPerSecond,
            Duration left) {}

    default void progress(Progress progress) {}

    /** A run that is told so stops before its next step with a {@link java.util.concurrent.CancellationException}. */
    default boolean cancelled() {
        return false;
    }
}
