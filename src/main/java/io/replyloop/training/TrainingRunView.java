package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.dataset.DatasetContents;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A run on the wire.
 *
 * @param errorCode kind of failure, for pages in other languages: {@code worker-died}, {@code worker-not-started},
 *     {@code model-damaged}, {@code checkpoint-invalid}, {@code data-invalid}, {@code out-of-memory}, {@code disk-full},
 *     {@code diverged}, {@code time-limit}, {@code unexpected}
 * @param metrics {@code champion} and {@code challenger} on the same held-out examples, {@code verdict} and
 *     {@code verdictText} in both languages
 * @param points the curve; only where one run is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingRunView(
        @Schema(description = "Id of the run", required = true)
        UUID id,

        @Schema(description = "Counts up, for people", examples = "7", required = true)
        long number,

        @Schema(
                description = "How far it is",
                examples = "running",
                required = true,
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {"queued", "running", "succeeded", "failed", "cancelled"})
        RunState status,

        @Schema(
                description = "The same with what its worker is doing, and with what became of its model",
                examples = "training",
                required = true,
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {
                    "queued",
                    "preparing",
                    "training",
                    "evaluating",
                    "awaiting-decision",
                    "measured",
                    "promoted",
                    "rejected",
                    "failed",
                    "cancelled"
                })
        RunStage stage,

        @Schema(
                description = "Who started it: an admin or the schedule",
                examples = "manual",
                required = true,
                enumeration = {"manual", "schedule"})
        String trigger,

        @Schema(description = "Id of the admin who started it")
        UUID requestedBy,

        @Schema(
                description = "Id of the model version that it starts from, or measures the other against",
                required = true)
        UUID baseModel,

        @Schema(description = "Id of the model version that it measures; absent of runs that train")
        UUID measuredModel,

        @Schema(description = "Id of the model version that it made")
        UUID resultModel,

        @Schema(description = "The frozen examples that it learns from, or measures with; absent until it has begun")
        Dataset dataset,

        @Schema(description = "What those were made from; absent of runs of older versions")
        DatasetContents trainedOn,

        @Schema(description = "What it may use", required = true)
        RunLimits limits,

        @Schema(description = "How often a worker has begun it", examples = "1", required = true)
        int attempt,

        @Schema(description = "How many attempts there are where workers die", examples = "3", required = true)
        int attempts,

        @Schema(description = "Whether somebody has asked it to stop", examples = "false", required = true)
        boolean cancelRequested,

        @Schema(description = "Steps done", examples = "120", required = true)
        int step,

        @Schema(description = "Steps in all; 0 until it has begun", examples = "400", required = true)
        int steps,

        @Schema(description = "Estimate of the time that is left, in seconds", examples = "95.5")
        Double secondsLeft,

        @Schema(
                description = "Seconds that workers have spent on it, over all attempts",
                examples = "640.5",
                required = true)
        double spentSeconds,

        @Schema(
                description = "Whether its worker stands back at the moment, because customers are waiting",
                examples = "false",
                required = true)
        boolean standsBack,

        @Schema(
                description = "Seconds of those spent in which workers have stood back for customers; no limit counts"
                        + " them",
                examples = "42.5",
                required = true)
        double stoodBackSeconds,

        @Schema(description = "While it waits because of quiet hours: when they end")
        Instant waitsUntil,

        @Schema(
                description = "What was measured in the end, of champion and challenger",
                type = SchemaType.OBJECT,
                implementation = Object.class)
        JsonNode metrics,

        @Schema(
                description = "What became of its model by itself; absent as long as nobody has looked",
                examples = "by-hand",
                enumeration = {"promoted", "overtaken", "by-hand"})
        String promotion,

        @Schema(description = "Why it failed, for people", examples = "The worker has not been heard of for 60 s.")
        String error,

        @Schema(description = "Why it failed, for programs", examples = "worker-died")
        String errorCode,

        @Schema(description = "Who does not want its model, and why; absent when nobody has said so")
        Rejection rejection,

        @Schema(description = "When it was asked for", required = true)
        Instant createdAt,

        @Schema(description = "When a worker began it") Instant startedAt,

        @Schema(description = "When it ended, whichever way")
        Instant finishedAt,

        @Schema(description = "The curve; only where one run is asked for")
        List<Point> points) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TrainingDataset")
    public record Dataset(
            @Schema(description = "Id of the frozen dataset", required = true)
            UUID id,

            @Schema(description = "Counts up, for people", examples = "4", required = true)
            long number,

            @Schema(description = "Pairs that are learned from", examples = "900", required = true)
            int train,

            @Schema(description = "Pairs that tell when to stop", examples = "100", required = true)
            int dev,

            @Schema(
                    description = "Pairs that the verdict is about, and nothing else",
                    examples = "200",
                    required = true)
            int test,

            @Schema(
                    description = "Pairs left out, because their questions nearly repeat some of the test part",
                    examples = "0",
                    required = true)
            int leftOut,

            @Schema(description = "SHA-256 of all that was frozen; absent for runs of older releases")
            String contentHash,

            @Schema(
                    description = "Pairs that have lost their texts since, because a customer was erased",
                    examples = "0",
                    required = true)
            long erased) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TrainingRejection")
    public record Rejection(
            @Schema(description = "When", required = true) Instant at,

            @Schema(description = "Id of the admin") UUID by,

            @Schema(description = "The reason that was given", examples = "Worse in Chinese", required = true)
            String reason) {}

    @Schema(name = "TrainingLogLine")
    public record LogLine(
            @Schema(description = "Counts up within the run", examples = "12", required = true)
            long number,

            @Schema(description = "When", required = true) Instant at,

            @Schema(description = "Which attempt wrote it", examples = "1", required = true)
            int attempt,

            @Schema(
                    description = "The line, without personal data, cut at 500 characters",
                    examples = "step 20 of 300, loss 0.4000, 180.5 pairs/s, 95 s left",
                    required = true)
            String text) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TrainingPoint")
    public record Point(
            @Schema(description = "The step", examples = "20", required = true)
            int step,

            @Schema(description = "Mean loss of the steps since the point before", examples = "0.31", required = true)
            double loss,

            @Schema(description = "Learning rate at this step", examples = "0.00002", required = true)
            double learningRate,

            @Schema(description = "Speed", examples = "180.5", required = true)
            double pairsPerSecond,

            @Schema(
                    description = "What was measured on the kept-back pairs at this step, by name",
                    type = SchemaType.OBJECT,
                    implementation = Object.class)
            JsonNode devMetrics) {}
}
