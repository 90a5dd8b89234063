package io.replyloop.mail;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A real mail server at the ports that the application knows: SMTP for what it sends, IMAP for what it reads. */
public final class PostOffice implements AutoCloseable {
    public static final String MAILBOX = "chat@mail.example";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GreenMail server;
    private final GreenMailUser mailbox;

    private PostOffice() {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(MailPorts.smtp(), "localhost", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(MailPorts.imap(), "localhost", ServerSetup.PROTOCOL_IMAP)
        });
        mailbox = server.setUser(MAILBOX, MAILBOX, "mailbox-of-the-tests");
        server.start();
    }

    public static PostOffice open() {
        return new PostOffice();
    }

    /** What has arrived for an address. */
    public List<MimeMessage> sentTo(String address) {
        return Stream.of(server.getReceivedMessages())
                .filter(mail -> isTo(mail, address))
                .toList();
    }

    /** The newest for an address, once there are so many. */
    public MimeMessage awaitTo(String address, int number) {
        await().atMost(PATIENCE).until(() -> sentTo(address).size() >= number);
        return sentTo(address).get(sentTo(address).size() - 1);
    }

    public MimeMessage awaitTo(String address) {
        return awaitTo(address, 1);
    }

    /** Puts a mail into the mailbox that the application reads, as it is. */
    public void arrives(byte[] mail) {
        try {
            mailbox.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void arrives(String mail) {
        arrives(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Of those in the mailbox, how many are marked as read. */
    public long read() {
        try {
            MailFolder inbox = server.getManagers().getImapHostManager().getInbox(mailbox);
            return inbox.getMessages().stream()
                    .filter(mail -> mail.getFlags().contains(Flags.Flag.SEEN))
                    .count();
        } catch (FolderException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static String text(Message mail) {
        return part(mail, "text/plain");
    }

    public static String html(Message mail) {
        return part(mail, "text/html");
    }

    private static String part(Message mail, String type) {
        try {
            Multipart parts = (Multipart) mail.getContent();
            for (int at = 0; at < parts.getCount(); at++) {
                BodyPart part = parts.getBodyPart(at);
                if (part.isMimeType(type)) {
                    return ((String) part.getContent()).replace("\r\n", "\n");
                }
            }
            throw new AssertionError("No " + type + " in " + GreenMailUtil.getWholeMessage(mail));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String header(Message mail, String name) {
        try {
            String[] values = mail.getHeader(name);
            return values == null ? null : String.join("|", values);
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static String whole(Message mail) {
        return GreenMailUtil.getWholeMessage(mail);
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            Address[] recipients = mail.getAllRecipients();
            return recipients != null
                    && Arrays.stream(recipients)
                            .anyMatch(to -> ((InternetAddress) to).getAddress().equalsIgnoreCase(address));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
