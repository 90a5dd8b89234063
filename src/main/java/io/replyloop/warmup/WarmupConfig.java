package io.replyloop.warmup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.warmup")
interface WarmupConfig {
    /** Exchanges of question, suggestions and answer that are played after the start; 0 for none. */
    @WithDefault("120")
    int exchanges();

    /** It ends after so long, however far it has come. */
    @WithDefault("PT6S")
    Duration limit();
}
