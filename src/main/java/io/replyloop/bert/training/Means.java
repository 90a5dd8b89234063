package io.replyloop.bert.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means by name, in the order in which the names came first. */
final class Means {
    static final String LOSS = "loss";

    private static final class Sum {
        private double total;
        private double weight;

        double mean() {
            return total / weight;
        }
    }

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** @param weight how many values the total is the sum of */
    void add(String name, double total, double weight) {
        Sum sum = sums.computeIfAbsent(name, key -> new Sum());
        sum.total += total;
        sum.weight += weight;
    }

    double loss() {
        return sums.containsKey(LOSS) ? sums.get(LOSS).mean() : Double.NaN;
    }

    /** NaN where nothing was counted. */
    Map<String, Double> all() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum.mean()));
        return means;
    }

    Map<String, Double> besidesLoss() {
        Map<String, Double> means = all();
        means.remove(LOSS);
        return means;
    }
}
