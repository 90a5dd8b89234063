package io.replyloop.draft;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code replyloop.drafts.*}: what agents have begun to write and not sent. */
@ConfigMapping(prefix = "replyloop.drafts")
interface DraftConfig {
    /** Drafts of one agent that the server keeps; further ones stay in the browser. */
    @WithDefault("200")
    int most();

    /** A draft that nobody has changed for so long is deleted. */
    @WithDefault("90d")
    Duration kept();

    /** How often the server looks for such drafts. */
    @WithDefault("1h")
    String look();
}
