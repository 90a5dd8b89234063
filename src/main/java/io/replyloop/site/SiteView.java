package io.replyloop.site;

import java.util.List;
import java.util.UUID;

/** A site, as admins and the other rooms see it. */
public record SiteView(
        UUID id,
        String key,
        String name,
        List<String> allowedOrigins,
        String color,
        String greetingEn,
        String greetingZh,
        boolean identityRequired,
        boolean hasIdentitySecret) {}
