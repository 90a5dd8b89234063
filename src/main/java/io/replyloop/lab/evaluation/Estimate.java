package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A mean with its 95 % confidence interval.
 *
 * @param value null if the count is 0
 */
record Estimate(Double value, Double low, Double high, int count) {
    static final Estimate NONE = new Estimate(null, null, null, 0);

    private static final double OUTSIDE = 0.025;
    private static final int RESAMPLES = 2_000;
    private static final int HALVINGS = 60;

    /**
     * Resamples whole conversations (cluster bootstrap; Davison and Hinkley, 1997), because the questions of a
     * conversation, also when repeated in another round, are not independent. A share of 0 or 1 has no variance to
     * resample, so its interval is the exact one. A single conversation has no interval.
     */
    static <T> Estimate mean(Collection<T> all, Function<T, String> group, ToDoubleFunction<T> value) {
        if (all.isEmpty()) {
            return NONE;
        }
        Map<String, double[]> groups = new LinkedHashMap<>();
        boolean isShare = true;
        for (T one : all) {
            double[] sum = groups.computeIfAbsent(group.apply(one), unknown -> new double[2]);
            double own = value.applyAsDouble(one);
            sum[0] += own;
            sum[1]++;
            isShare &= own == 0 || own == 1;
        }
        List<double[]> sums = new ArrayList<>(groups.values());
        double total = sums.stream().mapToDouble(sum -> sum[0]).sum();
        if (isShare && (total == 0 || total == all.size())) {
            Estimate exact = share(total == 0 ? 0 : sums.size(), sums.size());
            return new Estimate(exact.value, exact.low, exact.high, all.size());
        }
        if (sums.size() == 1) {
            return new Estimate(total / all.size(), isShare ? 0.0 : null, isShare ? 1.0 : null, all.size());
        }
        double[] means = new double[RESAMPLES];
        Random random = new Random(1);
        for (int sample = 0; sample < RESAMPLES; sample++) {
            double sum = 0;
            double count = 0;
            for (int i = 0; i < sums.size(); i++) {
                double[] drawn = sums.get(random.nextInt(sums.size()));
                sum += drawn[0];
                count += drawn[1];
            }
            means[sample] = sum / count;
        }
        Arrays.sort(means);
        return new Estimate(
                total / all.size(),
                means[(int) (OUTSIDE * RESAMPLES)],
                means[(int) Math.ceil((1 - OUTSIDE) * RESAMPLES) - 1],
                all.size());
    }

    /** The share of independent trials with its exact interval (Clopper and Pearson, 1934). */
    static Estimate share(int hits, int tries) {
        if (tries == 0) {
            return NONE;
        }
        double low = hits == 0 ? 0 : boundary(p -> 1 - atMost(hits - 1, tries, p) < OUTSIDE);
        double high = hits == tries ? 1 : boundary(p -> atMost(hits, tries, p) > OUTSIDE);
        return new Estimate((double) hits / tries, low, high, tries);
    }

    private interface Below {
        boolean is(double probability);
    }

    private static double boundary(Below below) {
        double from = 0;
        double to = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (from + to) / 2;
            if (below.is(middle)) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }

    /** The cumulative binomial probability of at most {@code hits}. */
    private static double atMost(int hits, int tries, double probability) {
        double sum = 0;
        double logChoices = 0;
        for (int k = 0; k <= hits; k++) {
            sum += Math.exp(logChoices + k * Math.log(probability) + (tries - k) * Math.log1p(-probability));
            logChoices += Math.log(tries - k) - Math.log(k + 1);
        }
        return sum;
    }
}
