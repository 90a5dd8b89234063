package io.replyloop.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

@ConfigMapping(prefix = "replyloop.signin")
public interface SignInConfig {
    /** A session ends after this long without a request ... */
    @WithDefault("24H")
    Duration sessionIdle();

    /** ... and after this long in any case. */
    @WithDefault("14D")
    Duration sessionLongest();

    /** Browsers keep such a cookie over https and on localhost. Only for plain http in a trusted network: false. */
    @WithDefault("true")
    boolean secureCookie();

    /** With this as a bearer token a monitoring system may read {@code /metrics}; without it only admins may. */
    Optional<String> metricsToken();

    Limits limits();

    interface Limits {
        @WithDefault("15M")
        Duration window();

        /** Failed attempts on one account within the window. */
        @WithDefault("10")
        int perAccount();

        /** Failed attempts from one address within the window. */
        @WithDefault("50")
        int perAddress();
    }

    Setup setup();

    interface Setup {
        @WithDefault("24H")
        Duration lifetime();

        /** Attempts with a link that one address has in a minute. */
        @WithDefault("60")
        int perMinute();
    }
}
