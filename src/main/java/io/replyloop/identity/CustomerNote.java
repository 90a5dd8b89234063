package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody of the team noted about a customer, whichever conversation that was in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerNote(
        @Schema(description = "Its id, made by whoever added it", required = true)
        UUID id,

        @Schema(description = "What it says", examples = "Prefers to be called in the morning", required = true)
        String text,

        @Schema(description = "Id of whoever added it", required = true)
        UUID author,

        @Schema(description = "Their name", examples = "Anna", required = true)
        String authorName,

        @Schema(description = "When it was added", required = true)
        Instant createdAt,

        @Schema(description = "When it was changed last, if it was")
        Instant changedAt,

        @Schema(description = "Grows with each change; named when it is changed", required = true)
        int version) {}
