package io.replyloop.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.exchange")
interface ExchangeConfig {
    /**
     * Interval of the keep-alives that a client receives during an import; less than the usual timeout of proxies, a
     * minute.
     */
    @WithDefault("PT15S")
    Duration signOfLife();
}
