package io.replyloop.bert.training;

import java.time.Duration;
import java.util.Map;

/**
 * Where a run stands. Means are over the steps since the last report; they are NaN in a report before the first step.
 *
 * @param step steps done
 * @param epoch from 0; always 0 where a run does not count epochs
 * @param loss mean loss of the examples that were learned from
 * @param trainMetrics other means over them; which ones depends on what is learned
 * @param learningRate of the last step
 * @param gradNorm norm of the last gradient before clipping
 * @param unitsPerSecond pairs, replies, tokens or translations, whatever the run counts
 * @param left time left if the steps take as long as they did so far
 * @param devMetrics of the examples that were held out; empty unless they have just been evaluated
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
