package io.replyloop.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.exchange")
interface ExchangeConfig {
    /** How often whoever waits for an import is shown that it goes on; below what proxies take for dead, a minute. */
    @WithDefault("PT15S")
    Duration signOfLife();
}
