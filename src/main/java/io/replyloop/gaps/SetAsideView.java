package io.replyloop.gaps;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A group that is nothing for the knowledge base. */
@Schema(name = "SetAsideGroup")
public record SetAsideView(
        @Schema(description = "Id of this decision", required = true)
        UUID id,

        @Schema(description = "Why", examples = "Only our lawyers answer that", required = true)
        String reason,

        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "How many questions the group had", examples = "7", required = true)
        int questions,

        @Schema(description = "Some of its questions", required = true)
        List<GapsView.Example> examples) {}
