package io.replyloop.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.identity")
public interface IdentityConfig {
    /** Two to the power of this many rounds; 12 takes about a quarter of a second. */
    @WithDefault("12")
    int bcryptCost();

    CustomerToken customerToken();

    interface CustomerToken {
        /** How long a customer's token is valid. */
        @WithDefault("24H")
        Duration lifetime();

        /** How long after its end a token still renews itself, so that an anonymous customer finds the way back. */
        @WithDefault("60D")
        Duration renewableFor();

        /** How far ahead a site's own identity token may expire. */
        @WithDefault("24H")
        Duration longestIdentity();

        /** Tokens that one address may get in a minute, and the burst that it may get at once. */
        @WithDefault("60")
        int perMinute();

        @WithDefault("120")
        int burst();
    }
}
