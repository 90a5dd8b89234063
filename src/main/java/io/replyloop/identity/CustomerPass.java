package io.replyloop.identity;

import java.time.Instant;
import java.util.Map;

/**
 * The contents of a customer's token.
 *
 * @param secret the number of the identity secret used to vouch for the customer; 0 for anonymous customers
 * @param attributes what the site vouches for beside name and address, see {@link CustomerAttributes}
 */
public record CustomerPass(
        CustomerIdentity customer, Instant issuedAt, Instant expiresAt, int secret, Map<String, Object> attributes) {
    public boolean hasExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
