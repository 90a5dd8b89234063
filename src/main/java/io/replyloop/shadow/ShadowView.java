package io.replyloop.shadow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A shadow and how far it has come. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Shadow")
public record ShadowView(
        @Schema(description = "Id of the shadow", required = true)
        UUID id,

        @Schema(description = "Id of the model that ranks unseen", required = true)
        UUID model,

        @Schema(description = "Number of that model", examples = "4", required = true)
        long modelNumber,

        @Schema(description = "Number of the model that serves meanwhile", examples = "3", required = true)
        long championNumber,

        @Schema(description = "Id of the admin who started it")
        UUID startedBy,

        @Schema(description = "When it began", required = true)
        Instant startedAt,

        @Schema(description = "When it ends at the latest", required = true)
        Instant endsAt,

        @Schema(
                description = "It ends when so many questions are decided; absent: only the time ends it",
                examples = "200")
        Integer decisions,

        @Schema(description = "When it ended; absent while it goes on")
        Instant endedAt,

        @Schema(
                description = "Why it ended",
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {"stopped", "time", "decisions", "promoted", "champion-changed", "failed"})
        EndReason endReason,

        @Schema(description = "What was wrong with its model, where it failed")
        String problem,

        @Schema(description = "Questions that it has ranked", examples = "140", required = true)
        long scored,

        @Schema(description = "Of those, how many an agent has answered", examples = "90", required = true)
        long decided,

        @Schema(
                description = "Questions of that time that it has not ranked, those of the last seconds not counted",
                examples = "3",
                required = true)
        long leftOut,

        @Schema(
                description =
                        "Of those, how many because the server had more urgent things to do; the others came while a"
                                + " server was starting, or were ranked by no model",
                examples = "3",
                required = true)
        long busy) {}
