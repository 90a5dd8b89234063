package io.replyloop.correspondence;

import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailConfig;
import io.replyloop.platform.Sha256;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses to which customers reply. Each mail has one of its own, with 160 random bits behind a plus, of which the
 * hash is kept: whoever can write to it has got that mail.
 */
@Singleton
class ReplyAddresses {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Servers on the way may make capital letters small. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private static final int LENGTH = 32;

    private final MailAddress address;
    private final boolean plus;
    private final Pattern tagged;

    ReplyAddresses(CorrespondenceConfig config, MailConfig mail) {
        CorrespondenceConfig.Imap imap = config.imap();
        address = imap.host().isEmpty() || mail.from().isEmpty()
                ? null
                : MailAddress.ofNamed(imap.address().orElse(mail.from().get()))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "replyloop.mail.customers.imap.address is no address for mails: "
                                        + imap.address().orElse("")));
        plus = imap.plus();
        tagged = address == null
                ? null
                : Pattern.compile(
                        Pattern.quote(address.text().substring(0, address.text().indexOf('@'))) + "\\+([a-z2-7]{"
                                + LENGTH + "})"
                                + Pattern.quote(
                                        address.text().substring(address.text().indexOf('@'))),
                        Pattern.CASE_INSENSITIVE);
    }

    /** @param hash of what is secret of it; null where the mailbox has a single address */
    record Fresh(String address, byte[] hash) {}

    boolean areRead() {
        return address != null;
    }

    MailAddress mailbox() {
        return address;
    }

    /** Empty where nobody reads replies. */
    Optional<Fresh> fresh() {
        if (address == null) {
            return Optional.empty();
        }
        if (!plus) {
            return Optional.of(new Fresh(address.text(), null));
        }
        StringBuilder secret = new StringBuilder(LENGTH);
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(at -> secret.append(ALPHABET.charAt(at)));
        return Optional.of(new Fresh(address.tagged(secret.toString()), Sha256.of(secret.toString())));
    }

    /** Hashes of what is secret in these headers. */
    List<byte[]> hashes(List<String> recipients) {
        return recipients.stream()
                .flatMap(header -> tagged.matcher(header).results())
                .map(found -> Sha256.of(found.group(1).toLowerCase(Locale.ROOT)))
                .limit(5)
                .toList();
    }

    /** Whether a mail comes from ourselves. */
    boolean isOurs(String from) {
        Matcher ours = tagged.matcher(from);
        return from.equalsIgnoreCase(address.text()) || ours.find();
    }
}
