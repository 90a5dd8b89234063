package io.replyloop.lab.recipe;

import io.replyloop.bert.network.Precision;

/**
 * Size of the default model and how long each stage trains.
 *
 * @param dropout of the network during training
 * @param pretrainingSteps of 32,768 tokens; 0 skips pretraining
 * @param unseenPasses passes over the picks of the other tasks for the network that never sees
 *     {@link DefaultModel#UNSEEN_TASKS}; 0 leaves that network out
 * @param teachers number of teachers; 0 trains on the picks alone
 * @param teacherPasses passes of each teacher over the picks of the other folds
 * @param softLabelWeight weight of the teachers' soft labels; the pick has the rest
 * @param passes over all picks with shared contexts
 * @param pairs picks of the pair stages that follow
 * @param pairPasses final passes over all picks in pairs
 * @param device auto, cpu or cuda:N
 */
public record DefaultModelOptions(
        int layers,
        int hidden,
        double dropout,
        int pretrainingSteps,
        int unseenPasses,
        int teachers,
        int teacherPasses,
        double softLabelWeight,
        int passes,
        int pairs,
        int pairPasses,
        Precision precision,
        String device,
        int threads) {
    static final int HEAD_SIZE = 64;

    public DefaultModelOptions {
        if (layers < 1 || hidden < HEAD_SIZE || hidden % HEAD_SIZE != 0) {
            throw new IllegalArgumentException("the network needs at least one layer and a hidden size that is a"
                    + " multiple of " + HEAD_SIZE + ", not " + layers + " layers of " + hidden);
        }
        if (!(dropout >= 0 && dropout < 1) || !(softLabelWeight >= 0 && softLabelWeight <= 1)) {
            throw new IllegalArgumentException("dropout and the weight of soft labels must be between 0 and 1");
        }
        if (teachers == 1) {
            throw new IllegalArgumentException("a single teacher would have no fold to train on; use 0, or at least 2");
        }
    }
}
