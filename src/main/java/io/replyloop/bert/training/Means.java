package io.replyloop.bert.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means by name, in the order in which the names were added. */
final class Means {
    static final String LOSS = "loss";

    private final Map<String, Double> totals = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();

    /** @param weight the number of values in the total */
    void add(String name, double total, double weight) {
        totals.merge(name, total, Double::sum);
        weights.merge(name, weight, Double::sum);
    }

    /** NaN if nothing was counted. */
    Map<String, Double> all() {
        Map<String, Double> means = new LinkedHashMap<>(totals);
        means.replaceAll((name, total) -> total / weights.get(name));
        return means;
    }
}
