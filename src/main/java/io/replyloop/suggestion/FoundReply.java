package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A published reply that an agent searched for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundReply(
        @Schema(description = "Id of the reply", required = true)
        UUID id,

        @Schema(description = "What it is about, for agents", examples = "Returns", required = true)
        String title,

        @Schema(description = "What customers read", examples = "You can return it within 30 days.", required = true)
        String text,

        @Schema(description = "Its first category", examples = "Orders")
        String category,

        @Schema(description = "Language tag", examples = "en", required = true)
        String language,

        @Schema(description = "Short answers that it offers to customers; absent for none")
        List<String> choices) {}
