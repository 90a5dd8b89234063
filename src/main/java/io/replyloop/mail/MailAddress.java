package io.replyloop.mail;

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
    private static final Pattern PLAIN = Pattern.compile(
            "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
                    + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");
    private static final Pattern NAMED = Pattern.compile("[^<>\\r\\n]*<([^<>\\s]+)>\\s*");

    /** Empty for what is no such address. */
    public static Optional<MailAddress> of(String text) {
        String address = text == null ? "" : text.strip();
        return address.length() <= LONGEST && PLAIN.matcher(address).matches()
                ? Optional.of(new MailAddress(address.toLowerCase(Locale.ROOT)))
                : Optional.empty();
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
