package io.replyloop.site;

import java.time.Instant;
import java.util.List;

/**
 * A site's current requirements for its customers' tokens.
 *
 * @param now by the database's clock, which sets the dates of tokens and their expiry, regardless of the nodes' clocks
 * @param notBefore tokens issued before this time are invalid; null if all are valid
 * @param secrets that are valid for vouchers, newest first
 */
public record CustomerRules(
        String key,
        Instant now,
        boolean identityRequired,
        boolean audienceChecked,
        Instant notBefore,
        List<Secret> secrets) {

    /** @param until when it expires; null if no expiry is set */
    public record Secret(int number, byte[] bytes, Instant until) {}

    public boolean counts(int secret) {
        return secrets.stream().anyMatch(each -> each.number() == secret);
    }
}
