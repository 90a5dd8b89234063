package io.replyloop.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that mails can go to: a subset of what RFC 5321 allows, without quotes, comments and anything else that could
 * end a header or begin another recipient.
 */
public record MailAddress(String text) {
    private static final int LONGEST = 254;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern PLAIN =
            Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:" + LABEL + "\\.)*" + LABEL);
    private static final Pattern NAMED = Pattern.compile("[^<>\\r\\n]*<([^<>\\s]+)>\\s*");

    /** Empty for what is no such address. Names of hosts may be international, names before the @ are ASCII. */
    public static Optional<MailAddress> of(String text) {
        String address = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = address.substring(0, at + 1) + ascii(address.substring(at + 1));
        return PLAIN.matcher(plain).matches() ? Optional.of(new MailAddress(plain)) : Optional.empty();
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return "";
        }
    }

    /** The same of one that may stand behind a name: {@code Example shop <chat@example.com>}. */
    public static Optional<MailAddress> ofNamed(String text) {
        Matcher named = NAMED.matcher(text.strip());
        return of(named.matches() ? named.group(1) : text);
    }

    String domain() {
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** The same mailbox with a tag: {@code chat+tag@example.com}. */
    public String tagged(String tag) {
        int at = text.lastIndexOf('@');
        return text.substring(0, at) + "+" + tag + text.substring(at);
    }
}
