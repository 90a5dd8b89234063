package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.Checkpoint;

/** What fine-tuning minimises. */
public enum Loss {
    /** Labels are classes; of a head with one label, the probability that the reply fits. */
    CROSS_ENTROPY(Checkpoint.Outputs.CLASSES),
    /** Labels are grades between 0 and 1. */
    MEAN_SQUARED_ERROR(Checkpoint.Outputs.GRADE),
    /**
     * Softmax cross-entropy over the candidates of one impression, as ListNet's top-one loss (Cao et al. 2007); examples
     * without a group and groups without a positive label say nothing and are refused.
     */
    LIST_WISE(Checkpoint.Outputs.RANK);

    private final Checkpoint.Outputs outputs;

    Loss(Checkpoint.Outputs outputs) {
        this.outputs = outputs;
    }

    /** What a head gives that this loss trains. */
    Checkpoint.Outputs outputs() {
        return outputs;
    }
}
