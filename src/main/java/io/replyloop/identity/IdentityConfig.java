package io.replyloop.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.identity")
public interface IdentityConfig {
    /** Base-2 logarithm of the number of rounds; 12 takes about a quarter of a second. */
    @WithDefault("12")
    int bcryptCost();

    CustomerToken customerToken();

    interface CustomerToken {
        /** How long a customer's token is valid. */
        @WithDefault("24H")
        Duration lifetime();

        /**
         * How long after its expiry a token can still be renewed, so that an anonymous customer finds their
         * conversation again.
         */
        @WithDefault("60D")
        Duration renewableFor();

        /** How far in the future a site's identity token may expire. */
        @WithDefault("24H")
        Duration longestIdentity();

        /** Tokens per address and minute, and how many at once. */
        @WithDefault("60")
        int perMinute();

        @WithDefault("120")
        int burst();
    }
}
