package io.replyloop.bert.training;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The result of evaluating a network on held-out examples.
 *
 * @param score higher is better: MRR if there are impressions, otherwise the negative loss; empty if the latest weights
 *     are kept regardless of the metrics
 * @param temperature divides the log-odds that a reply fits to calibrate them; 1 if there are none
 */
record Evaluation(Map<String, Double> metrics, OptionalDouble score, double temperature) {
    /** Nothing was held out. */
    static final Evaluation NONE = of(Map.of());

    /** An evaluation that does not select weights. */
    static Evaluation of(Map<String, Double> metrics) {
        return new Evaluation(metrics, OptionalDouble.empty(), 1);
    }
}
