package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.model.ModelSummary;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is known about two models, side by side, and what was found where one was measured against the other. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelComparison")
public record ModelComparison(
        @Schema(description = "The first", required = true) Side one,

        @Schema(description = "The second", required = true) Side other,

        @Schema(
                description =
                        "Whether the runs of both measured on the same questions, so that their figures may be compared",
                examples = "false",
                required = true)
        boolean sameQuestions,

        @Schema(
                description = "Number of the run that measured one against the other; absent where none has",
                examples = "7")
        Long measuredTogether,

        @Schema(description = "What the newest run that measured one against the other has found")
        Together together) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelsMeasuredTogether")
    public record Together(
            @Schema(description = "Id of the run", required = true)
            UUID run,

            @Schema(description = "Number of the model that was measured", examples = "5", required = true)
            long model,

            @Schema(description = "Number of the model that it was measured against", examples = "3", required = true)
            long against,

            @Schema(description = "When the run ended", required = true)
            Instant finishedAt,

            @Schema(
                    description = "What was measured, with the verdict",
                    type = SchemaType.OBJECT,
                    implementation = Object.class,
                    required = true)
            JsonNode metrics) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelComparisonSide")
    public record Side(
            @Schema(description = "The model", required = true)
            ModelSummary model,

            @Schema(description = "The run that made it; absent for one that was not trained here")
            Made run) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelComparisonRun")
    public record Made(
            @Schema(description = "Id of the run", required = true)
            UUID id,

            @Schema(description = "Number of the run", examples = "7", required = true)
            long number,

            @Schema(description = "When it ended") Instant finishedAt,

            @Schema(description = "Number of the model that it started from", examples = "3", required = true)
            long base,

            @Schema(description = "Number of the snapshot that it learned from", examples = "4", required = true)
            long snapshot,

            @Schema(description = "SHA-256 of that snapshot; absent of older ones")
            String contentHash,

            @Schema(description = "Pairs that it learned from", examples = "900", required = true)
            int train,

            @Schema(description = "Pairs that it was measured with", examples = "200", required = true)
            int test,

            @Schema(description = "Steps", examples = "400", required = true)
            int steps,

            @Schema(
                    description = "Settings that differ from the defaults",
                    type = SchemaType.OBJECT,
                    implementation = Object.class)
            JsonNode settings,

            @Schema(
                    description = "What was measured in the end",
                    type = SchemaType.OBJECT,
                    implementation = Object.class)
            JsonNode metrics) {}
}
