package io.replyloop.identity;

import java.util.UUID;

/**
 * A customer, as a verified token tells it. Anonymous customers have neither name, e-mail nor external id; the others
 * are vouched for by their site.
 */
public record CustomerIdentity(UUID id, UUID siteId, String name, String email, String externalId) {
    public boolean vouchedFor() {
        return externalId != null;
    }
}
