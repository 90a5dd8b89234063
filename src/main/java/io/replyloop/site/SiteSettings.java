package io.replyloop.site;

import io.replyloop.platform.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The settings of a site that an admin chooses.
 *
 * @param audienceChecked whether an {@code aud} of vouchers must be the site's key; null leaves the setting unchanged
 * @param ratingAsked whether customers are asked how a conversation was; null leaves the setting unchanged
 */
public record SiteSettings(
        @Schema(description = "Name of the site, the title of the widget", examples = "Example shop")
        @NotBlank(message = "give the site a name")
        @Size(max = 100, message = "has at most 100 characters")
        @PlainText(lines = false)
        String name,

        @Schema(description = "Origins of the pages that may embed the widget")
        @Size(max = 50, message = "has at most 50 entries")
        List<@NotNull(message = "holds no nulls") String> allowedOrigins,

        @Schema(description = "Colour of the widget", examples = "#0b57d0")
        @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "is a colour such as #0b57d0")
        String color,

        @Schema(description = "First line of the widget in English", examples = "Hello! How can we help?")
        @Size(max = 500, message = "has at most 500 characters")
        @PlainText
        String greetingEn,

        @Schema(description = "First line of the widget in Chinese", examples = "您好！有什么可以帮您？")
        @Size(max = 500, message = "has at most 500 characters")
        @PlainText
        String greetingZh,

        @Schema(description = "Whether only customers with a voucher from the site may write", examples = "false")
        boolean identityRequired,

        @Schema(
                description = "Whether an aud of vouchers must be the site's key; absent leaves the setting unchanged",
                examples = "true")
        Boolean audienceChecked,

        @Schema(
                description = "Whether customers are asked how a conversation was; absent leaves the setting unchanged",
                examples = "true")
        Boolean ratingAsked) {
    static final String DEFAULT_COLOR = "#0b57d0";

    public SiteSettings {
        allowedOrigins = allowedOrigins == null ? List.of() : Collections.unmodifiableList(allowedOrigins);
        color = color == null ? DEFAULT_COLOR : color;
        greetingEn = greetingEn == null ? "" : greetingEn;
        greetingZh = greetingZh == null ? "" : greetingZh;
    }

    public SiteSettings(
            String name,
            List<String> allowedOrigins,
            String color,
            String greetingEn,
            String greetingZh,
            boolean identityRequired) {
        this(name, allowedOrigins, color, greetingEn, greetingZh, identityRequired, null, null);
    }

    public SiteSettings(
            String name,
            List<String> allowedOrigins,
            String color,
            String greetingEn,
            String greetingZh,
            boolean identityRequired,
            Boolean audienceChecked) {
        this(name, allowedOrigins, color, greetingEn, greetingZh, identityRequired, audienceChecked, null);
    }
}
