package io.replyloop.bert.training;

import java.util.Map;

/**
 * The result of a run.
 *
 * @param devMetrics of the kept weights; empty if nothing was held out
 * @param temperature divides the log-odds that a reply fits to calibrate them on the dev part; 1 if nothing was
 *     calibrated
 * @param bestStep the step after which the kept weights were taken
 * @param steps total steps made
 */
public record TrainingResult(Map<String, Double> devMetrics, double temperature, int bestStep, int steps) {}
