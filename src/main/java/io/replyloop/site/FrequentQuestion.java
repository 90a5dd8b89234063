package io.replyloop.site;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A question that many customers have, with its answer. */
@Schema(name = "FrequentQuestion")
public record FrequentQuestion(
        @Schema(description = "Id of the reply that answers it", required = true)
        UUID reply,

        @Schema(description = "The question, or its topic", examples = "Can I send it back?", required = true)
        String question,

        @Schema(description = "The answer", examples = "You can return it within 30 days.", required = true)
        String answer,

        @Schema(description = "Language tag of both", examples = "en", required = true)
        String language) {}
