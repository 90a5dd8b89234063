package io.replyloop.erasure;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a rule would delete now. */
@Schema(name = "RetentionPreview")
public record RetentionPreview(
        @Schema(description = "How many customers would be erased now", examples = "12", required = true)
        long customers,

        @Schema(description = "How many imported conversations would be deleted now", examples = "310", required = true)
        long imported) {}
