package io.replyloop.dataset;

import java.util.Optional;
import java.util.UUID;

/** The dataset that a model has learned last. Offered by the package that keeps the training runs. */
public interface LearnedDataset {
    /** Of the newest run that came to its end; one that was cancelled or failed has taught nobody anything. */
    Optional<UUID> newestLearned();
}
