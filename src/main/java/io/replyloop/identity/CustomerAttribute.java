package io.replyloop.identity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a website says of a customer. */
public record CustomerAttribute(
        @Schema(description = "Its name", examples = "plan", required = true)
        String name,

        @Schema(description = "The text, the number, true or false", examples = "gold", required = true)
        String value,

        @Schema(
                description =
                        "Whether the website's server has signed it; otherwise it comes from a page, where anybody can"
                                + " change it",
                required = true)
        boolean vouched) {}
