package io.replyloop.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Mails; see {@code src/docs/mail.md}. */
@ConfigMapping(prefix = "replyloop.mail")
public interface MailConfig {
    /** From whom mails are, such as {@code Example shop <chat@example.com>}. Without it, none are sent. */
    Optional<String> from();

    Smtp smtp();

    /** The server that takes mails. */
    interface Smtp {
        @WithDefault("localhost")
        String host();

        /** 465 with TLS, 587 without. */
        Optional<Integer> port();

        /** TLS from the first byte. Without it by STARTTLS, which only a server on this machine may lack. */
        @WithDefault("false")
        boolean tls();

        Optional<String> username();

        Optional<String> password();
    }

    /** Sent to one address in an hour; what is more is not written. */
    @WithDefault("20")
    int perAddressPerHour();

    /** Sent because one member of the team asked for them, in an hour. */
    @WithDefault("60")
    int perAccountPerHour();

    /** After a failure, the next try; each further one waits three times as long, at most an hour. */
    @WithDefault("20S")
    Duration retryAfter();

    /** A mail that could not be sent for so long is given up. */
    @WithDefault("2D")
    Duration giveUpAfter();

    /** How long the server may take for one mail. */
    @WithDefault("60S")
    Duration sentWithin();

    /** How long subject and text of a mail that has ended are kept; those with a link that is a key go at once. */
    @WithDefault("7D")
    Duration textsKeptFor();

    /** How long is kept that it was sent, to whom, and the address for replies. */
    @WithDefault("90D")
    Duration keptFor();

    /** How often is looked for mails that other nodes have written or have failed to send. */
    @WithDefault("5S")
    Duration look();
}
