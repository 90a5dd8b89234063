package io.replyloop.mail;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Hands mails to the server that takes them. */
@Singleton
public class MailSender {
    private static final Pattern OURS =
            Pattern.compile("<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>\\s]{1,255})>");

    private final ReactiveMailer mailer;
    private final MailConfig config;
    private final Config all;
    private final MailAddress from;

    MailSender(ReactiveMailer mailer, MailConfig config, Config all) {
        this.mailer = mailer;
        this.config = config;
        this.all = all;
        this.from = config.from().map(MailSender::checked).orElse(null);
    }

    private static MailAddress checked(String from) {
        return MailAddress.ofNamed(from)
                .orElseThrow(() -> new IllegalArgumentException("replyloop.mail.from is \"" + from
                        + "\"; set it to an address such as chat@example.com or Example shop <chat@example.com>"));
    }

    boolean isOn() {
        return from != null;
    }

    /** Host and port, as they are configured. */
    String server() {
        String host = all.getOptionalValue("quarkus.mailer.host", String.class).orElse("localhost");
        return all.getOptionalValue("quarkus.mailer.port", String.class)
                .map(port -> host + ":" + port)
                .orElse(host);
    }

    boolean isLoggedIn() {
        return all.getOptionalValue("quarkus.mailer.username", String.class).isPresent();
    }

    /** Development prints mails in place of sending them, unless told otherwise. */
    boolean isOnlyPrinted() {
        return all.getOptionalValue("quarkus.mailer.mock", Boolean.class)
                .orElse(LaunchMode.current() != LaunchMode.NORMAL);
    }

    /** The same for every try, so that whoever gets a mail twice can tell. */
    String messageId(UUID mail) {
        return "<" + mail + "@" + from.domain() + ">";
    }

    /** The mail of ours with this Message-ID; empty for those of others. */
    Optional<UUID> idOf(String messageId) {
        Matcher ours = OURS.matcher(messageId == null ? "" : messageId.strip());
        return isOn() && ours.matches() && ours.group(2).equalsIgnoreCase(from.domain())
                ? Optional.of(UUID.fromString(ours.group(1)))
                : Optional.empty();
    }

    /** Empty when the server has taken it. Waits for the server, so no transaction may be open. */
    Optional<MailFailure> send(UUID id, String to, MailContents contents) {
        Mail mail = new Mail()
                .setFrom(config.from().orElseThrow())
                .addTo(to)
                .setSubject(contents.subject())
                .setText(contents.text())
                .setHtml(contents.html())
                .addHeader("Message-ID", messageId(id))
                // Nobody's holiday notice is wanted.
                .addHeader("Auto-Submitted", "auto-generated")
                .addHeader("X-Auto-Response-Suppress", "All");
        if (contents.replyTo() != null) {
            mail.setReplyTo(contents.replyTo());
        }
        if (!contents.references().isEmpty()) {
            mail.addHeader("References", String.join(" ", contents.references()));
            mail.addHeader(
                    "In-Reply-To",
                    contents.references().get(contents.references().size() - 1));
        }
        try {
            mailer.send(mail).await().atMost(config.sentWithin());
            return Optional.empty();
        } catch (TimeoutException slow) {
            return Optional.of(new MailFailure(
                    false, true, "no answer within " + config.sentWithin().toSeconds() + " s"));
        } catch (RuntimeException failure) {
            return Optional.of(failure(failure));
        }
    }

    private static MailFailure failure(RuntimeException failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause.getClass() == RuntimeException.class)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = MailFailure.shortened(
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        boolean ofThisMail = words.startsWith("recipient address not accepted")
                || words.startsWith("sending data failed")
                || words.startsWith("message exceeds");
        boolean forGood = ofThisMail && (!(cause instanceof SMTPException smtp) || smtp.isPermanent());
        return new MailFailure(forGood, !ofThisMail, words);
    }
}
