package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.Checkpoint;

/** What fine-tuning minimises. */
public enum Loss {
    /** Labels are classes; with a single-label head, the probability that the reply fits. */
    CROSS_ENTROPY(Checkpoint.Outputs.CLASSES),
    /** Labels are grades between 0 and 1. */
    MEAN_SQUARED_ERROR(Checkpoint.Outputs.GRADE),
    /**
     * Softmax cross-entropy over the candidates of one impression, ListNet's top-one loss (Cao et al. 2007). Examples
     * without a group, and groups without a positive label, carry no information and are rejected.
     */
    LIST_WISE(Checkpoint.Outputs.RANK);

    private final Checkpoint.Outputs outputs;

    Loss(Checkpoint.Outputs outputs) {
        this.outputs = outputs;
    }

    /** The output of a head that this loss trains. */
    Checkpoint.Outputs outputs() {
        return outputs;
    }
}
