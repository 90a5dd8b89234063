package io.replyloop.knowledge;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A reply that customers are offered before they write, and what they said to it. */
public record FrequentReply(
        @Schema(description = "Id of the reply", required = true)
        UUID reply,

        @Schema(description = "Its title, which customers read as the question", required = true)
        String title,

        @Schema(description = "Language tag of the text", examples = "en", required = true)
        String language,

        @Schema(
                description = "Whether customers see it: it is published, and its text can be read as it stands",
                examples = "true",
                required = true)
        boolean offered,

        @Schema(description = "How many of the last 90 days said that it helped", examples = "12", required = true)
        long helped,

        @Schema(description = "How many said that it did not", examples = "3", required = true)
        long notHelped) {}
