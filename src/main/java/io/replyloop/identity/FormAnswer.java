package io.replyloop.identity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a customer answered to one field of the form before the conversation. */
public record FormAnswer(
        @Schema(description = "name, email, topic, text or consent", examples = "text", required = true)
        String kind,

        @Schema(description = "The question as the customer read it; may be empty", required = true)
        String label,

        @Schema(description = "The answer; yes for a consent", examples = "4711", required = true)
        String value) {}
