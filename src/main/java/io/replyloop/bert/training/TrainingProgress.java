package io.replyloop.bert.training;

import java.time.Duration;
import java.util.Map;

/**
 * The progress of a run. Means are over the steps since the last report; they are NaN in a report before the first
 * step.
 *
 * @param step steps done
 * @param epoch from 0; always 0 if a run does not count epochs
 * @param loss mean training loss
 * @param trainMetrics other training means; which ones depends on the objective
 * @param learningRate of the last step
 * @param gradNorm norm of the last gradient before clipping
 * @param unitsPerSecond pairs, replies, tokens or translations, depending on the run
 * @param left estimated time left at the current speed
 * @param devMetrics of the held-out examples; empty unless they have just been evaluated
 */
public record TrainingProgress(
        int step,
        int steps,
        int epoch,
        double loss,
        Map<String, Double> trainMetrics,
        double learningRate,
        double gradNorm,
        double unitsPerSecond,
        Duration left,
        Map<String, Double> devMetrics) {}
