package io.replyloop.bert.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means by name, in the order in which the names came first. */
final class Means {
    static final String LOSS = "loss";

    private final Map<String, Double> totals = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();

    /** @param weight how many values the total is the sum of */
    void add(String name, double total, double weight) {
        totals.merge(name, total, Double::sum);
        weights.merge(name, weight, Double::sum);
    }

    /** NaN where nothing was counted. */
    Map<String, Double> all() {
        Map<String, Double> means = new LinkedHashMap<>(totals);
        means.replaceAll((name, total) -> total / weights.get(name));
        return means;
    }
}
