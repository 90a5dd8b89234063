package io.replyloop.identity;

import java.time.Instant;

/**
 * The contents of a customer's token.
 *
 * @param secret the number of the identity secret used to vouch for the customer; 0 for anonymous customers
 */
public record CustomerPass(CustomerIdentity customer, Instant issuedAt, Instant expiresAt, int secret) {
    public boolean hasExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
