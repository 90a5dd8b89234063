package io.replyloop.gaps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code replyloop.unanswered.*}: which questions are looked through. */
@ConfigMapping(prefix = "replyloop.unanswered")
interface GapsConfig {
    /** Of so many days, the newest. */
    @WithDefault("90")
    int days();

    /** At most so many, the newest; the time that grouping takes grows with the square of it. */
    @WithDefault("5000")
    int questions();

    /** How long somebody who opens the page waits before they are told how far it is. */
    @WithDefault("2s")
    Duration patience();
}
