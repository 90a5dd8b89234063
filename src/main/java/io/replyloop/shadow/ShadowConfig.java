package io.replyloop.shadow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.shadow")
interface ShadowConfig {
    /** Questions that may wait for the second model; more are left out, and counted. Each holds its candidates. */
    @WithDefault("64")
    int waiting();

    /** A question that the device had no time for within this is left out, and counted. */
    @WithDefault("PT30S")
    Duration patience();

    /** How often a node looks whether a shadow has been started, or is to end. */
    @WithDefault("2s")
    String check();
}
