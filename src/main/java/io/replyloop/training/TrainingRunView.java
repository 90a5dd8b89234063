package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A run on the wire.
 *
 * @param errorCode kind of failure, for pages in other languages: {@code worker-died}, {@code worker-not-started},
 *     {@code model-damaged}, {@code checkpoint-invalid}, {@code data-invalid}, {@code out-of-memory}, {@code unexpected}
 * @param metrics {@code champion} and {@code challenger} on the same held-out examples, {@code verdict} and
 *     {@code verdictText} in both languages
 * @param points the curve; only where one run is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingRunView(
        UUID id,
        long number,
        String status,
        String trigger,
        UUID requestedBy,
        UUID baseModel,
        UUID resultModel,
        Dataset dataset,
        int attempt,
        boolean cancelRequested,
        int step,
        int steps,
        Double secondsLeft,
        JsonNode metrics,
        String error,
        String errorCode,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        List<Point> points) {

    public record Dataset(UUID id, long number, int train, int dev) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(int step, double loss, double learningRate, double pairsPerSecond, JsonNode devMetrics) {}
}
