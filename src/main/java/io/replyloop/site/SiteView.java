package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A site, as admins and other packages see it.
 *
 * @param previousSecretUntil when the previous identity secret expires; null if none is valid
 * @param audienceChecked whether an `aud` of vouchers must be the site's key
 * @param customersNotBefore tokens issued before this time are invalid; null if all are valid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteView(
        @Schema(description = "Id of the site", required = true)
        UUID id,

        @Schema(
                description = "Part of the tag that embeds the widget; not secret",
                examples = "7f3c1a2b9d",
                required = true)
        String key,

        @Schema(description = "Name of the site, the title of the widget", examples = "Example shop", required = true)
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
                description = "Whether only customers with a voucher from the site may write",
                examples = "false",
                required = true)
        boolean identityRequired,

        @Schema(description = "Whether an identity secret exists", examples = "true", required = true)
        boolean hasIdentitySecret,

        @Schema(description = "When the previous identity secret expires; absent if none is valid")
        Instant previousSecretUntil,

        @Schema(description = "Whether an aud of vouchers must be the site's key", examples = "true", required = true)
        boolean audienceChecked,

        @Schema(description = "Whether customers are asked how a conversation was", examples = "true", required = true)
        boolean ratingAsked,

        @Schema(description = "Customer tokens issued before this time are invalid; absent if all are valid")
        Instant customersNotBefore) {}
