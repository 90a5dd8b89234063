package io.replyloop.identity;

import java.util.UUID;

/**
 * A customer, according to a verified token. Anonymous customers have no name, e-mail address or external id; the
 * others are vouched for by their site.
 */
public record CustomerIdentity(UUID id, UUID siteId, String name, String email, String externalId) {
    public boolean vouchedFor() {
        return externalId != null;
    }
}
