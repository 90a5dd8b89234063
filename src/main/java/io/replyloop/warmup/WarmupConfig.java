package io.replyloop.warmup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "replyloop.warmup")
interface WarmupConfig {
    /** Number of exchanges (question, suggestions, answer) to play after the start; 0 for none. */
    @WithDefault("120")
    int exchanges();

    /** The longest that the warm-up may take; it stops then, however far it has got. */
    @WithDefault("PT6S")
    Duration limit();
}
