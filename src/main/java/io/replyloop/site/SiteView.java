package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A site, as admins and the other packages see it.
 *
 * @param previousSecretUntil until when the identity secret before this one counts, too; null when none does
 * @param audienceChecked whether an `aud` of vouchers has to be the site's key
 * @param customersNotBefore customers' tokens from before do not hold; null: all do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteView(
        @Schema(description = "Id of the site", required = true)
        UUID id,

        @Schema(
                description = "Stands in the line that embeds the widget; no secret",
                examples = "7f3c1a2b9d",
                required = true)
        String key,

        @Schema(description = "Name of the site, which heads the widget", examples = "Example shop", required = true)
        String name,

        @Schema(description = "Origins of the pages that may embed the widget", required = true)
        List<String> allowedOrigins,

        @Schema(description = "Colour of the widget", examples = "#0b57d0", required = true)
        String color,

        @Schema(description = "First line of the widget in English", examples = "Hello! How can we help?")
        String greetingEn,

        @Schema(description = "First line of the widget in Chinese", examples = "您好！有什么可以帮您？")
        String greetingZh,

        @Schema(
                description = "Whether only customers may write for whom the site vouches",
                examples = "false",
                required = true)
        boolean identityRequired,

        @Schema(description = "Whether a secret for vouching has been made", examples = "true", required = true)
        boolean hasIdentitySecret,

        @Schema(description = "Until when the identity secret before this one counts, too; absent when none does")
        Instant previousSecretUntil,

        @Schema(description = "Whether an aud of vouchers has to be the site's key", examples = "true", required = true)
        boolean audienceChecked,

        @Schema(description = "Customers' tokens from before do not hold; absent: all do")
        Instant customersNotBefore) {}
