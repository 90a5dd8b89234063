package io.replyloop.bert.training;

import io.replyloop.bert.network.Precision;
import java.util.List;

/**
 * Options for teaching an encoder another language.
 *
 * @param batchSize pairs per step
 * @param passes over all pairs
 * @param wordRate peak learning rate of the word embeddings
 * @param otherRate peak learning rate of all other parameters, which are frozen for {@code settling} steps until the
 *     embeddings of the new characters have settled
 * @param warmup steps until each rate reaches its peak
 * @param cooldown last steps, in which the rates decrease linearly to 0. Until then a run does not depend on its total
 *     length, so that an interrupted run may be made longer or shorter
 * @param contrast weight of the contrastive loss over the translations of a batch, relative to the squared error
 * @param known weight of the squared error of sentences in the known language
 * @param knownEvery one in this many sentences of a batch is also read in the known language
 * @param maxLength maximum tokens of a sentence; pairs with a longer one are skipped, because truncated sentences are
 *     no longer translations of each other
 * @param saveEvery steps between saved states, from the last of which a run resumes
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

    /** Total steps for this number of pairs. */
    int steps(int pairs) {
        return Math.max(1, (int) Math.round(passes * pairs / batchSize));
    }

    /** Whether the state of that step would be the same in a longer run. */
    boolean beforeCooldown(int step, int steps) {
        return step <= steps - cooldown;
    }

    /** Everything that determines the state of a run before its cooldown, for display and as a fingerprint. */
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
