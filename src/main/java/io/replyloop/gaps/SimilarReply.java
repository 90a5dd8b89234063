package io.replyloop.gaps;

import io.replyloop.knowledge.ReplyState;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A reply that may say the same as one that is being written. */
public record SimilarReply(
        @Schema(description = "Id of the reply", required = true)
        UUID id,

        @Schema(description = "Its title", examples = "Returns", required = true)
        String title,

        @Schema(description = "Its text", examples = "You can return it within 30 days.", required = true)
        String text,

        @Schema(description = "Its state", examples = "archived", required = true)
        ReplyState state,

        @Schema(description = "Whether it says the very same", required = true)
        boolean same,

        @Schema(description = "How near they are by meaning or words, 0 to 1", examples = "0.87", required = true)
        double nearness) {}
