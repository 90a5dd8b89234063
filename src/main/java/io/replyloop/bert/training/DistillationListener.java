package io.replyloop.bert.training;

import java.time.Duration;

/** Watches an encoder learn a language. */
public interface DistillationListener {
    /** Means since the last report: of the squared error of a translation, and of the contrastive loss. */
    record Progress(
            int step,
            int steps,
            double squaredError,
            double contrast,
            double wordRate,
            double otherRate,
            double pairsPerSecond,
            Duration left) {}

    /** @param pairs that are short enough to be learned from */
    void began(int pairs, int steps);

    void progress(Progress progress);

    /** @param found of the pairs that were held out: how often a sentence finds its translation first */
    void evaluated(int step, RetrievalFigures found);
}
