package io.replyloop.programs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Programs that use the REST interface. */
@ConfigMapping(prefix = "replyloop.programs")
interface ProgramsConfig {
    /** For how many days a token is valid if whoever makes it says nothing else. */
    @WithDefault("365")
    int tokenDays();

    /** Requests in a minute with one token, on each node. */
    @WithDefault("600")
    int perMinute();

    /** Tokens that there may be at a time, not counting revoked ones. */
    @WithDefault("100")
    int most();
}
