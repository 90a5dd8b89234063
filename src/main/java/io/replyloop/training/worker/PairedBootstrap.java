package io.replyloop.training.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How sure a mean difference is (Efron and Tibshirani, 1993). Conversations are drawn and not questions, because those of one
 * customer resemble each other.
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
        Map<UUID, List<T>> byConversation = ofQuestions.stream().collect(Collectors.groupingBy(conversation));
        int clusters = byConversation.size();
        double[] sums = new double[clusters];
        int[] counts = new int[clusters];
        int at = 0;
        for (UUID id : byConversation.keySet().stream().sorted().toList()) {
            List<T> group = byConversation.get(id);
            sums[at] = group.stream().mapToDouble(difference).sum();
            counts[at++] = group.size();
        }
        double mean = Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
        // A draw with repetition varies less than a new set of conversations would: by this much where there are few.
        double widened = clusters > 1 ? Math.sqrt(clusters / (clusters - 1.0)) : 1;
        double[] means = new double[RESAMPLES];
        Random random = new Random(1);
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            int count = 0;
            for (int j = 0; j < clusters; j++) {
                int drawn = random.nextInt(clusters);
                sum += sums[drawn];
                count += counts[drawn];
            }
            means[i] = mean + widened * (sum / count - mean);
        }
        Arrays.sort(means);
        return new PairedBootstrap(
                mean, means[(int) (tail * RESAMPLES)], means[RESAMPLES - 1 - (int) (tail * RESAMPLES)]);
    }
}
