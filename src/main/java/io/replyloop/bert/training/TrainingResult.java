package io.replyloop.bert.training;

import java.util.Map;

/**
 * What came out of a run.
 *
 * @param devMetrics of the weights that were kept; empty when nothing was held out
 * @param temperature divides the log-odds that a reply fits, so that probabilities mean what they say on the dev part; 1
 *     where nothing was calibrated
 * @param bestStep the step after which the kept weights stood
 * @param steps steps made in all
 */
public record TrainingResult(Map<String, Double> devMetrics, double temperature, int bestStep, int steps) {}
