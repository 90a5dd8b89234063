package io.replyloop.bert.training;

import io.replyloop.bert.network.Precision;

/**
 * Hyperparameters of masked language modelling.
 *
 * @param warmupShare share of the steps in which the learning rate increases linearly; afterwards it decreases linearly
 *     to 0
 * @param maxGradNorm 0 disables clipping
 * @param reportEvery steps between reports
 * @param saveEvery steps between saved states, from which a run resumes after a crash; 0 saves none
 */
public record PretrainingOptions(
        double learningRate,
        int steps,
        double warmupShare,
        double weightDecay,
        double maxGradNorm,
        long seed,
        Precision precision,
        String device,
        int threads,
        int reportEvery,
        int saveEvery) {

    public PretrainingOptions {
        if (!(learningRate > 0 && learningRate < 1) || steps < 1 || !(warmupShare >= 0 && warmupShare <= 1)) {
            throw new IllegalArgumentException("learning rate, steps or warm-up are out of range");
        }
        if (reportEvery < 1 || saveEvery < 0 || weightDecay < 0 || maxGradNorm < 0) {
            throw new IllegalArgumentException("reports, states, weight decay and gradient norm must not be negative");
        }
    }

    AdamW adamW() {
        return AdamW.over(steps, learningRate, warmupShare, weightDecay, maxGradNorm);
    }

    public static PretrainingOptions defaults(int steps) {
        return new PretrainingOptions(5e-4, steps, 0.05, 0.01, 1.0, 42, Precision.AUTO, "auto", 0, 50, 1000);
    }
}
