package io.replyloop.mail;

import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Hands mails to the server that takes them, each over a connection of its own: they are few. */
@Singleton
public class MailSender {
    private static final Pattern OURS =
            Pattern.compile("<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>\\s]{1,255})>");

    private static final String CONNECTED_WITHIN_MILLIS = "10000";
    private static final int FOR_GOOD = 500;
    private static final int SECURE = 465;
    private static final int SUBMISSION = 587;

    private final MailConfig config;
    private final MailAddress from;

    MailSender(MailConfig config) {
        this.config = config;
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
        return config.smtp().host() + ":" + port();
    }

    boolean isLoggedIn() {
        return config.smtp().username().isPresent();
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
        Session session = Session.getInstance(settings());
        try (Transport server = session.getTransport(protocol())) {
            MimeMessage mail = mail(session, id, to, contents);
            server.connect(
                    config.smtp().host(),
                    port(),
                    config.smtp().username().orElse(null),
                    config.smtp().password().orElse(null));
            server.sendMessage(mail, mail.getAllRecipients());
            return Optional.empty();
        } catch (MessagingException failure) {
            return Optional.of(failure(failure));
        }
    }

    private MimeMessage mail(Session session, UUID id, String to, MailContents contents) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", messageId(id));
            }
        };
        mail.setFrom(sender());
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        mail.setSubject(contents.subject(), StandardCharsets.UTF_8.name());
        mail.setSentDate(new Date());
        // Nobody's holiday notice is wanted.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        if (contents.replyTo() != null) {
            mail.setReplyTo(InternetAddress.parse(contents.replyTo(), true));
        }
        if (!contents.references().isEmpty()) {
            mail.setHeader("References", String.join("\r\n ", contents.references()));
            mail.setHeader(
                    "In-Reply-To",
                    contents.references().get(contents.references().size() - 1));
        }
        MimeMultipart alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(part(contents.text(), "plain"));
        alternatives.addBodyPart(part(contents.html(), "html"));
        mail.setContent(alternatives);
        return mail;
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), type);
        return part;
    }

    private InternetAddress sender() throws AddressException {
        InternetAddress sender = new InternetAddress(config.from().orElseThrow());
        try {
            sender.setPersonal(sender.getPersonal(), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("Every Java has UTF-8", impossible);
        }
        return sender;
    }

    private Properties settings() {
        String prefix = "mail." + protocol();
        Properties settings = new Properties();
        String within = Long.toString(config.sentWithin().toMillis());
        settings.setProperty(prefix + ".connectiontimeout", CONNECTED_WITHIN_MILLIS);
        settings.setProperty(prefix + ".timeout", within);
        settings.setProperty(prefix + ".writetimeout", within);
        settings.setProperty(
                prefix + ".auth", Boolean.toString(config.smtp().username().isPresent()));
        settings.setProperty(prefix + ".starttls.enable", "true");
        // Passwords and links in clear text go to this machine alone.
        settings.setProperty(
                prefix + ".starttls.required", Boolean.toString(!config.smtp().tls() && !isHere()));
        settings.setProperty(prefix + ".ssl.checkserveridentity", "true");
        return settings;
    }

    private boolean isHere() {
        String host = config.smtp().host();
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    private String protocol() {
        return config.smtp().tls() ? "smtps" : "smtp";
    }

    private int port() {
        return config.smtp().port().orElse(config.smtp().tls() ? SECURE : SUBMISSION);
    }

    /** What concerns this mail alone is what the server has said of its recipient, or of its text. */
    private static MailFailure failure(MessagingException failure) {
        MailFailure last = new MailFailure(false, true, said(failure));
        for (Exception cause = failure; cause instanceof MessagingException known; cause = known.getNextException()) {
            if (cause instanceof SMTPSenderFailedException) {
                return new MailFailure(false, true, said(cause));
            }
            if (cause instanceof SMTPAddressFailedException recipient) {
                return new MailFailure(recipient.getReturnCode() >= FOR_GOOD, false, said(cause));
            }
            if (cause instanceof SMTPSendFailedException refused && refused.getNextException() == null) {
                return new MailFailure(refused.getReturnCode() >= FOR_GOOD, false, said(cause));
            }
            last = new MailFailure(false, true, said(cause));
        }
        return last;
    }

    private static String said(Exception failure) {
        return MailFailure.shortened(
                failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
    }
}
