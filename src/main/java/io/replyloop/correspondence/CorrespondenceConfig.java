package io.replyloop.correspondence;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Mails with customers; see {@code src/docs/mail.md}. */
@ConfigMapping(prefix = "replyloop.mail.customers")
interface CorrespondenceConfig {
    /** An answer that a customer with a known address has not seen for so long is mailed; 0 for never. */
    @WithDefault("5M")
    Duration answersAfter();

    /** How often one conversation can be mailed to its customer in a day. */
    @WithDefault("3")
    int transcriptsPerDay();

    Imap imap();

    /** The mailbox in which replies of customers arrive; without a host, nobody reads them. */
    interface Imap {
        Optional<String> host();

        /** 993 with TLS, 143 without. */
        Optional<Integer> port();

        /** TLS from the first byte. Without it by STARTTLS, which only a server on this machine may lack. */
        @WithDefault("true")
        boolean tls();

        Optional<String> username();

        Optional<String> password();

        /** To which customers reply; the part of the sender's address between angle brackets, if nothing is given. */
        Optional<String> address();

        /** Whether {@code address+anything@…} reaches the same mailbox, as it does with nearly all servers. */
        @WithDefault("true")
        boolean plus();

        @WithDefault("INBOX")
        String folder();

        @WithDefault("30S")
        Duration every();

        /** Of one conversation in an hour; further mails stay in the mailbox and become no messages. */
        @WithDefault("30")
        int perHour();

        /** Longest text of one mail that is read, before quotes are left out. */
        @WithDefault("1M")
        MemorySize longestText();
    }
}
