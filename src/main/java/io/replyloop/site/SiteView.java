package io.replyloop.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A site, as admins and the other rooms see it.
 *
 * @param previousSecretUntil until when the identity secret before this one counts, too; null when none does
 * @param audienceChecked whether an `aud` of vouchers has to be the site's key
 * @param customersNotBefore customers' tokens from before do not hold; null: all do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteView(
        UUID id,
        String key,
        String name,
        List<String> allowedOrigins,
        String color,
        String greetingEn,
        String greetingZh,
        boolean identityRequired,
        boolean hasIdentitySecret,
        Instant previousSecretUntil,
        boolean audienceChecked,
        Instant customersNotBefore) {}
