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

    /** How long a browser counts as known to the account that signed in with it. */
    @WithDefault("365D")
    Duration deviceRemembered();

    Limits limits();

    /**
     * So many failed attempts within the window cost nothing; from then on there is one in each pause. Nothing is ever
     * locked, or strangers could lock out the owner.
     */
    interface Limits {
        @WithDefault("15M")
        Duration window();

        /** With one browser that the account knows. */
        @WithDefault("10")
        int perDevice();

        @WithDefault("1M")
        Duration devicePause();

        /** Strangers on one account from one address. */
        @WithDefault("10")
        int perAccountAndAddress();

        @WithDefault("1M")
        Duration accountAndAddressPause();

        /** Strangers on one account, wherever they are, after the first attempts of their address. */
        @WithDefault("20")
        int perAccount();

        @WithDefault("30S")
        Duration accountPause();

        /** This many attempts of an address on an account are counted in a queue of their own, that of newcomers. */
        @WithDefault("3")
        int newcomerAttempts();

        /** After this long an address counts as a newcomer again, which bounds how many addresses can fill that queue. */
        @WithDefault("24H")
        Duration newcomerAfter();

        /** Newcomers on one account, wherever they are. */
        @WithDefault("20")
        int perAccountOfNewcomers();

        @WithDefault("10S")
        Duration newcomersPause();

        /** Strangers from one address, which many people may share, on whatever accounts. */
        @WithDefault("50")
        int perAddress();

        @WithDefault("1S")
        Duration addressPause();
    }

    /** Sign-ins that one address has in a minute, counted before their body is read, and how many at once. */
    @WithDefault("300")
    int perMinute();

    @WithDefault("300")
    int burst();

    /** The same for a browser that an account knows, in a minute and at once: a flood from its address is not its own. */
    @WithDefault("60")
    int devicePerMinute();

    Setup setup();

    interface Setup {
        @WithDefault("24H")
        Duration lifetime();

        /** Attempts with a link that one address has in a minute. */
        @WithDefault("60")
        int perMinute();
    }
}
