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

    /**
     * Browsers accept secure cookies over https and on localhost. Set to false only for plain http in a trusted
     * network.
     */
    @WithDefault("true")
    boolean secureCookie();

    /** A bearer token with which a monitoring system may read {@code /metrics}; without it, only admins may. */
    Optional<String> metricsToken();

    /** How long a browser is known to an account that has signed in with it. */
    @WithDefault("365D")
    Duration deviceRemembered();

    Limits limits();

    /**
     * This many failed attempts within the window are free; after that, one is allowed per pause. Nothing is ever
     * locked, or strangers could lock out the owner.
     */
    interface Limits {
        @WithDefault("15M")
        Duration window();

        /** For one browser that the account knows. */
        @WithDefault("10")
        int perDevice();

        @WithDefault("1M")
        Duration devicePause();

        /** For strangers trying one account from one address. */
        @WithDefault("10")
        int perAccountAndAddress();

        @WithDefault("1M")
        Duration accountAndAddressPause();

        /** For strangers trying one account from any address, after the first attempts of their address. */
        @WithDefault("20")
        int perAccount();

        @WithDefault("30S")
        Duration accountPause();

        /**
         * The first attempts of an address on an account, up to this number, are counted separately, as those of
         * newcomers.
         */
        @WithDefault("3")
        int newcomerAttempts();

        /**
         * After this time an address counts as a newcomer again, which limits how many addresses can use up that
         * allowance.
         */
        @WithDefault("24H")
        Duration newcomerAfter();

        /** For newcomers trying one account from any address. */
        @WithDefault("20")
        int perAccountOfNewcomers();

        @WithDefault("10S")
        Duration newcomersPause();

        /** For strangers from one address, which many people may share, on any accounts. */
        @WithDefault("50")
        int perAddress();

        @WithDefault("1S")
        Duration addressPause();

        /** For wrong codes of the second step that strangers show with the right password of one account, from any address. */
        @WithDefault("10")
        int codesPerAccount();

        /** How long such an attempt counts. */
        @WithDefault("24H")
        Duration codesWindow();

        @WithDefault("5M")
        Duration codesPause();
    }

    /** Sign-ins per address and minute, counted before their body is read, and how many at once. */
    @WithDefault("300")
    int perMinute();

    @WithDefault("300")
    int burst();

    /**
     * The same for a browser that an account knows, per minute and at once: it must not suffer from a flood from its
     * address.
     */
    @WithDefault("60")
    int devicePerMinute();

    Links links();

    /** Links of invitations, and for forgotten passwords. */
    interface Links {
        /** How long an invitation can be accepted. */
        @WithDefault("7D")
        Duration invitation();

        /** How long a link for a new password can be used. */
        @WithDefault("24H")
        Duration password();

        /** How long a link can be used that was mailed to whoever has asked for it. */
        @WithDefault("1H")
        Duration forgotten();

        /** Such mails to one account in an hour; who asks more often gets no more of them. */
        @WithDefault("3")
        int forgottenPerHour();

        /** How often such a mail can be asked for, per network address and minute. */
        @WithDefault("10")
        int forgottenPerMinute();

        /** Requests with a link, per address and minute. */
        @WithDefault("60")
        int perMinute();
    }

    /** Everybody may sign in with a password, whatever admins have decided: for the day on which the other way is closed. */
    @WithDefault("false")
    boolean passwordsAlways();

    Setup setup();

    interface Setup {
        @WithDefault("24H")
        Duration lifetime();

        /** Attempts with a link, per address and minute. */
        @WithDefault("60")
        int perMinute();
    }
}
