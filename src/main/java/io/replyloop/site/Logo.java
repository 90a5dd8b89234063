package io.replyloop.site;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A site's logo, as pages show it. */
@Schema(name = "SiteLogo")
public record Logo(
        @Schema(
                description = "Where the picture is; another picture has another address",
                examples = "/api/site-logos/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                required = true)
        String address,

        @Schema(description = "Width in pixels", examples = "320", required = true)
        int width,

        @Schema(description = "Height in pixels", examples = "120", required = true)
        int height) {
    static final String ADDRESS = "/api/site-logos/";
}
