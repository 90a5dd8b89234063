package io.replyloop.shadow;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "ShadowNeeds")
public record ShadowNeeds(
        @Schema(
                description = "Memory for the second model on each server, roughly: the size of its weights",
                examples = "120",
                required = true)
        long megabytes) {}
