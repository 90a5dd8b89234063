package io.replyloop.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.routing")
interface RoutingConfig {
    /** An agent of whom no console has been connected for so long is not there, and is given no conversations. */
    @WithDefault("PT45S")
    Duration offlineAfter();
}
