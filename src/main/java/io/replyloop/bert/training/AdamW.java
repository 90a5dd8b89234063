package io.replyloop.bert.training;

/**
 * AdamW (Loshchilov and Hutter 2019) with linear warm-up and linear decay, the schedule of Hugging Face's trainer.
 *
 * @param maxGradNorm 0 disables clipping
 */
public record AdamW(double learningRate, int warmupSteps, int steps, double weightDecay, double maxGradNorm) {
    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double EPSILON = 1e-8;

    /** @param warmupShare share of the steps in which the rate increases */
    static AdamW over(int steps, double learningRate, double warmupShare, double weightDecay, double maxGradNorm) {
        return new AdamW(learningRate, (int) Math.ceil(steps * warmupShare), steps, weightDecay, maxGradNorm);
    }

    /** @param step from 0; with warm-up, the rate of step 0 is 0 */
    double rateAt(int step) {
        if (step < warmupSteps) {
            return learningRate * step / Math.max(1, warmupSteps);
        }
        return learningRate * Math.max(0, steps - step) / Math.max(1, steps - warmupSteps);
    }
}
