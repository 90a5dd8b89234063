package io.replyloop.site;

import java.time.Instant;
import java.util.List;

/**
 * What a site asks of its customers' tokens at this moment.
 *
 * @param now by the database's clock, which dates tokens and their end alike, whatever the nodes' clocks say
 * @param notBefore tokens from before do not hold; null: all do
 * @param secrets those that count for vouchers, the newest first
 */
public record CustomerRules(
        String key,
        Instant now,
        boolean identityRequired,
        boolean audienceChecked,
        Instant notBefore,
        List<Secret> secrets) {

    /** @param until when it counts no longer; null when nobody has said so */
    public record Secret(int number, byte[] bytes, Instant until) {}

    public boolean counts(int secret) {
        return secrets.stream().anyMatch(each -> each.number() == secret);
    }
}
