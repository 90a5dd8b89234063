package io.replyloop.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How far the mean over some questions could have come out elsewhere (Efron and Tibshirani, 1993). Conversations are drawn
 * and not questions, because those of one customer resemble each other.
 */
public final class ClusterBootstrap {
    private final double[] sums;
    private final int[] counts;
    private final double mean;

    private ClusterBootstrap(double[] sums, int[] counts) {
        this.sums = sums;
        this.counts = counts;
        this.mean = Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
    }

    /**
     * @param questions at least one
     * @param conversation of a question
     * @param value of a question
     */
    public static <T> ClusterBootstrap of(
            List<T> questions, Function<T, UUID> conversation, ToDoubleFunction<T> value) {
        Map<UUID, List<T>> byConversation = questions.stream().collect(Collectors.groupingBy(conversation));
        double[] sums = new double[byConversation.size()];
        int[] counts = new int[byConversation.size()];
        int at = 0;
        for (UUID id : byConversation.keySet().stream().sorted().toList()) {
            List<T> group = byConversation.get(id);
            sums[at] = group.stream().mapToDouble(value).sum();
            counts[at++] = group.size();
        }
        return new ClusterBootstrap(sums, counts);
    }

    /** Over the questions. */
    public double mean() {
        return mean;
    }

    /**
     * Means of as many conversations drawn with repetition, in the order of the draws. The same state of {@code random} gives
     * the same ones.
     */
    public double[] resampledMeans(SplittableRandom random, int resamples) {
        int clusters = sums.length;
        // A draw with repetition varies less than a new set of conversations would: by this much where there are few.
        double widened = clusters > 1 ? Math.sqrt(clusters / (clusters - 1.0)) : 1;
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            int count = 0;
            for (int j = 0; j < clusters; j++) {
                // One of so many, without a division: there are millions of draws in the comparison of two models.
                int drawn = (int) ((random.nextInt() & 0xFFFFFFFFL) * clusters >>> 32);
                sum += sums[drawn];
                count += counts[drawn];
            }
            means[i] = mean + widened * (sum / count - mean);
        }
        return means;
    }
}
