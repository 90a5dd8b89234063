package io.replyloop.bert.training;

import java.time.Duration;
import java.util.Map;

/**
 * Where a run stands.
 *
 * @param step steps done
 * @param loss mean training loss since the last report; NaN when no step was made since
 * @param gradNorm norm of the last gradient before clipping
 * @param devMetrics empty unless the dev part has just been evaluated
 */
public record FineTuningProgress(
        int step,
        int steps,
        int epoch,
        double loss,
        double learningRate,
        double gradNorm,
        double pairsPerSecond,
        Duration left,
        Map<String, Double> devMetrics) {}
