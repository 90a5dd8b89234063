package io.replyloop.correspondence;

import io.replyloop.mail.MailResource;
import io.replyloop.mail.Mails;
import io.replyloop.mail.ReplyMailbox;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jboss.logging.Logger;

/**
 * Reads the mailbox to which customers reply, in the order in which mails have come, and remembers how far it is. Nothing is
 * deleted or moved: what has become a message, or is a notice of ours that came back, is marked as read, and everything else
 * stays as it is for the people who read this mailbox, too.
 */
@Singleton
class Mailbox implements ReplyMailbox {
    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    /** Of a mailbox that was never read, only what can be a reply. */
    private static final Duration FIRST = Duration.ofDays(7);

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int AT_ONCE = 200;
    private static final int SECURE = 993;
    private static final int PLAIN = 143;

    private final CorrespondenceConfig.Imap config;
    private final ReplyAddresses addresses;
    private final MailboxProgress progress;
    private final MailReplies replies;
    private final Mails mails;
    private String lastFailure;

    Mailbox(
            CorrespondenceConfig config,
            ReplyAddresses addresses,
            MailboxProgress progress,
            MailReplies replies,
            Mails mails) {
        this.config = config.imap();
        this.addresses = addresses;
        this.progress = progress;
        this.replies = replies;
        this.mails = mails;
    }

    boolean isRead() {
        return addresses.areRead();
    }

    @Override
    public Optional<MailResource.Replies> state() {
        if (!isRead()) {
            return Optional.empty();
        }
        Optional<MailboxProgress.Standing> standing = progress.standing(key());
        return Optional.of(new MailResource.Replies(
                addresses.mailbox().text(),
                config.host().orElseThrow() + ":" + port(),
                standing.map(MailboxProgress.Standing::readAt).orElse(null),
                standing.map(MailboxProgress.Standing::failure).orElse(null)));
    }

    /** Reads what is new, unless another node does. */
    synchronized void read() {
        Optional<MailboxProgress.Position> position = progress.begin(key(), AT_MOST);
        if (position.isEmpty()) {
            return;
        }
        String failure = null;
        try {
            read(position.get());
        } catch (MessagingException | IOException unreachable) {
            failure = unreachable.getMessage() == null ? unreachable.toString() : unreachable.getMessage();
        } finally {
            progress.end(key(), failure);
        }
        if (failure != null && !failure.equals(lastFailure)) {
            LOG.warnf("The mailbox %s cannot be read, and will be tried again: %s", key(), failure);
        }
        lastFailure = failure;
    }

    private void read(MailboxProgress.Position from) throws MessagingException, IOException {
        try (Store store = connected()) {
            Folder folder = store.getFolder(config.folder());
            folder.open(Folder.READ_WRITE);
            try {
                read(folder, (UIDFolder) folder, from);
            } finally {
                if (folder.isOpen()) {
                    folder.close(false);
                }
            }
        }
    }

    private void read(Folder folder, UIDFolder numbers, MailboxProgress.Position from)
            throws MessagingException, IOException {
        long validity = numbers.getUIDValidity();
        boolean known = from.validity() != null && from.validity() == validity;
        // Before the search: what comes meanwhile has a higher number.
        long next = numbers.getUIDNext();
        for (Numbered each : known ? after(numbers, from.last()) : first(folder, numbers)) {
            if (!deal((MimeMessage) each.mail())) {
                return;
            }
            progress.reached(key(), validity, each.uid(), AT_MOST);
        }
        if (!known && next > 0) {
            progress.reached(key(), validity, next - 1, AT_MOST);
        }
    }

    private record Numbered(long uid, Message mail) {}

    private static List<Numbered> after(UIDFolder numbers, long last) throws MessagingException {
        // A range to the end has the last mail in it even where that is an older one.
        return numbered(numbers, numbers.getMessagesByUID(last + 1, UIDFolder.LASTUID)).stream()
                .filter(each -> each.uid() > last)
                .limit(AT_ONCE)
                .toList();
    }

    private static List<Numbered> first(Folder folder, UIDFolder numbers) throws MessagingException {
        Date since = Date.from(Instant.now().minus(FIRST));
        return numbered(numbers, folder.search(new ReceivedDateTerm(ComparisonTerm.GE, since)));
    }

    private static List<Numbered> numbered(UIDFolder numbers, Message[] mails) throws MessagingException {
        Numbered[] all = new Numbered[mails.length];
        for (int at = 0; at < mails.length; at++) {
            all[at] = new Numbered(numbers.getUID(mails[at]), mails[at]);
        }
        return Arrays.stream(all)
                .sorted(Comparator.comparingLong(Numbered::uid))
                .toList();
    }

    /** @return false where it, and what comes after it, has to wait */
    private boolean deal(MimeMessage mail) throws MessagingException, IOException {
        try {
            Optional<MimeReader.Bounce> bounce = reader().bounce(mail);
            boolean ours = bounce.isPresent()
                    ? mails.bounced(bounce.get().messageId(), bounce.get().reason())
                    : isDone(replies.take(reader().read(mail), isFresh(mail)));
            if (ours) {
                mail.setFlag(Flags.Flag.SEEN, true);
            }
            return true;
        } catch (FolderClosedException | StoreClosedException lost) {
            throw lost;
        } catch (Problem refused) {
            if (refused.code() == ProblemCode.UNAVAILABLE) {
                return false;
            }
            LOG.warnf("A mail has become no message: %s", refused.getMessage());
            return true;
        } catch (MessagingException | IOException malformed) {
            if (!mail.getFolder().isOpen()) {
                throw malformed;
            }
            LOG.warnf("A mail cannot be understood, and stays unread in the mailbox: %s", malformed.getMessage());
            return true;
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.error("A mail could not be dealt with, and stays unread in the mailbox", failure);
            return true;
        } catch (StackOverflowError nested) {
            // Parts in parts in parts: whatever reads their structure calls itself for each.
            LOG.warn("A mail with too many parts in each other stays unread in the mailbox");
            return true;
        }
    }

    /** One whose files cannot be taken now holds up those behind it, but not for ever. */
    private static boolean isFresh(MimeMessage mail) throws MessagingException {
        Date received = mail.getReceivedDate();
        return received != null && received.toInstant().plus(PATIENCE).isAfter(Instant.now());
    }

    private static boolean isDone(MailReplies.Outcome outcome) {
        return switch (outcome) {
            case MESSAGE, REPEATED -> true;
            case NOT_OURS, AUTOMATIC, REFUSED, EMPTY -> false;
        };
    }

    private MimeReader reader() {
        return new MimeReader((int) config.longestText().asLongValue());
    }

    private Store connected() throws MessagingException {
        String protocol = config.tls() ? "imaps" : "imap";
        Properties settings = new Properties();
        settings.setProperty("mail." + protocol + ".connectiontimeout", "10000");
        settings.setProperty("mail." + protocol + ".timeout", "30000");
        settings.setProperty("mail." + protocol + ".writetimeout", "30000");
        settings.setProperty("mail." + protocol + ".peek", "true");
        settings.setProperty("mail." + protocol + ".starttls.enable", "true");
        // A password in clear text goes to this machine alone.
        settings.setProperty("mail." + protocol + ".starttls.required", Boolean.toString(!config.tls() && !isHere()));
        settings.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        Store store = Session.getInstance(settings).getStore(protocol);
        store.connect(
                config.host().orElseThrow(),
                port(),
                config.username().orElse(addresses.mailbox().text()),
                config.password().orElse(""));
        return store;
    }

    private boolean isHere() {
        String host = config.host().orElseThrow();
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    private int port() {
        return config.port().orElse(config.tls() ? SECURE : PLAIN);
    }

    private String key() {
        return addresses.mailbox().text() + "/" + config.folder();
    }
}
