package io.replyloop.identity;

import java.time.Instant;

/**
 * What a customer's token says.
 *
 * @param secret the number of the identity secret that vouched for the customer; 0 for anonymous ones
 */
public record CustomerPass(CustomerIdentity customer, Instant issuedAt, Instant expiresAt, int secret) {
    public boolean hasExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
