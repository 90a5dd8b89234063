package io.replyloop.bert.training;

import io.replyloop.bert.network.Precision;
import java.util.List;

/**
 * How an encoder is taught another language.
 *
 * @param batchSize pairs in a step
 * @param passes over all pairs
 * @param wordRate highest learning rate of the words' vectors
 * @param otherRate highest learning rate of all other parameters, which stay as they are for {@code settling} steps,
 *     until the new characters have found their places
 * @param warmup steps until each rate has reached its height
 * @param cooldown last steps, in which the rates fall in a line to nothing. Up to there a run does not depend on how long
 *     it will be, so that one that was interrupted may be made longer or shorter
 * @param contrast what telling the translations of a batch apart counts beside the squared error
 * @param known what the squared error of sentences in the known language counts
 * @param knownEvery one of so many sentences of a batch is read in the known language, too
 * @param maxLength tokens of a sentence at most; a pair with a longer one is left out, because what is left of two
 *     sentences that are cut is no translation
 * @param saveEvery steps between states on disk; a run goes on from the last one
 */
public record DistillationOptions(
        int batchSize,
        double passes,
        double wordRate,
        double otherRate,
        int settling,
        int warmup,
        int cooldown,
        double contrast,
        double known,
        int knownEvery,
        double maxGradNorm,
        int maxLength,
        Precision precision,
        String device,
        int threads,
        long seed,
        int reportEvery,
        int evaluateEvery,
        int saveEvery) {

    public DistillationOptions {
        if (batchSize < 2 || knownEvery < 1 || cooldown < 0 || !(passes > 0) || maxLength < 8) {
            throw new IllegalArgumentException(
                    "a batch needs two pairs, a run some passes, and a sentence eight tokens at least");
        }
    }

    /** Steps in all of so many pairs. */
    int steps(int pairs) {
        return Math.max(1, (int) Math.round(passes * pairs / batchSize));
    }

    /** Whether a state of that step is the same in a longer run. */
    boolean beforeCooldown(int step, int steps) {
        return step <= steps - cooldown;
    }

    /** All that shapes the state of a run before its cooldown, for people and for telling runs apart. */
    public String recipe() {
        return String.join(
                ", ",
                List.of(
                        "batch " + batchSize,
                        "rates " + wordRate + " " + otherRate,
                        "settling " + settling,
                        "warmup " + warmup,
                        "contrast " + contrast,
                        "known " + known + " of " + knownEvery,
                        "norm " + maxGradNorm,
                        "length " + maxLength,
                        "precision " + precision,
                        "seed " + seed));
    }

    double wordRateAt(int step, int steps) {
        return rate(wordRate, step, steps);
    }

    double otherRateAt(int step, int steps) {
        return step < settling ? 0 : rate(otherRate, step - settling, steps - settling);
    }

    private double rate(double height, int step, int steps) {
        double up = Math.min(1, (step + 1.0) / Math.max(1, warmup));
        double down = Math.min(1, (steps - step) / (double) Math.max(1, cooldown));
        return height * up * Math.max(0, down);
    }
}
