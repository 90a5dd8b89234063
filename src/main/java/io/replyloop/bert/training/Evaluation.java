package io.replyloop.bert.training;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the examples that were held out say of a network.
 *
 * @param score higher is better: MRR where there are impressions, otherwise the negative loss; empty where the latest
 *     weights are kept whatever is measured
 * @param temperature divides the log-odds that a reply fits, so that probabilities mean what they say; 1 where there are
 *     none
 */
record Evaluation(Map<String, Double> metrics, OptionalDouble score, double temperature) {
    /** Nothing was held out. */
    static final Evaluation NONE = of(Map.of());

    /** Does not choose among weights. */
    static Evaluation of(Map<String, Double> metrics) {
        return new Evaluation(metrics, OptionalDouble.empty(), 1);
    }
}
