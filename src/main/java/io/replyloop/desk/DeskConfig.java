package io.replyloop.desk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Questions that other programs ask. */
@ConfigMapping(prefix = "replyloop.desk")
interface DeskConfig {
    /** Questions of programs that are ranked at the same time, on each node; agents' own are not counted. */
    @WithDefault("8")
    int atOnce();

    /** Questions that wait for their turn, on each node; each holds a thread, which agents' requests need as well. */
    @WithDefault("16")
    int mostWaiting();

    /** How long a question waits for its turn before the program is asked to come back. */
    @WithDefault("2S")
    Duration patience();

    /** How long a repeated request is recognised by its Idempotency-Key. */
    @WithDefault("24H")
    Duration repeatsFor();
}
