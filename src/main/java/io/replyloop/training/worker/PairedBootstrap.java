package io.replyloop.training.worker;

import io.replyloop.training.ClusterBootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How sure the mean difference of two models over the same questions is.
 *
 * @param difference the mean
 * @param low and {@code high} hold the true one but for two tails
 */
record PairedBootstrap(double difference, double low, double high) {
    /** Of one comparison. */
    static final double TAIL = 0.025;

    private static final int RESAMPLES = 4_000;

    /**
     * @param ofQuestions at least one
     * @param conversation of a question
     * @param difference of a question
     * @param tail the share of cases in which the true difference is below, or above, the interval
     */
    static <T> PairedBootstrap of(
            List<T> ofQuestions, Function<T, UUID> conversation, ToDoubleFunction<T> difference, double tail) {
        ClusterBootstrap bootstrap = ClusterBootstrap.of(ofQuestions, conversation, difference);
        double[] means = bootstrap.resampledMeans(new SplittableRandom(1), RESAMPLES);
        Arrays.sort(means);
        return new PairedBootstrap(
                bootstrap.mean(), means[(int) (tail * RESAMPLES)], means[RESAMPLES - 1 - (int) (tail * RESAMPLES)]);
    }
}
