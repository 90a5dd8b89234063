package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A published reply that agents can insert by its shortcode. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CannedReply(
        @Schema(description = "Id of the reply", required = true)
        UUID id,

        @Schema(description = "Typed after a slash, it inserts the reply", examples = "returns", required = true)
        String shortcode,

        @Schema(description = "What it is about, for agents", examples = "Returns", required = true)
        String title,

        @Schema(description = "What customers read", examples = "You can return it within 30 days.", required = true)
        String text,

        @Schema(description = "Language tag of the text", examples = "en", required = true)
        String language,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "Short answers that customers may choose from; absent for none")
        List<String> choices) {}
