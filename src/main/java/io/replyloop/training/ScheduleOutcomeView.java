package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TrainingScheduleOutcome")
public record ScheduleOutcomeView(
        @Schema(description = "When the start was planned", required = true)
        Instant plannedAt,

        @Schema(description = "When a node looked, later than planned where none was running", required = true)
        Instant lookedAt,

        @Schema(
                description = "What came of it",
                examples = "too-few-new",
                required = true,
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {
                    "started",
                    "too-few-new",
                    "too-little",
                    "run-active",
                    "no-model",
                    "refused",
                    "interrupted"
                })
        StartOutcome outcome,

        @Schema(
                description =
                        "How many planned starts, this one included, were missed and made good by this one; 0 when"
                                + " it was on time",
                examples = "0",
                required = true)
        int missed,

        @Schema(description = "Id of the run that it started")
        UUID run,

        @Schema(description = "Number of the run that it started, or that was in its way", examples = "7")
        Long runNumber,

        @Schema(description = "How many there were of what was too few", examples = "12")
        Long have,

        @Schema(description = "How many it would have taken", examples = "50")
        Long need,

        @Schema(description = "With too-little: what there was too little of", examples = "held-out")
        String rule) {}
