package io.replyloop.correspondence;

import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.attachment.AttachmentRules;
import io.replyloop.attachment.AttachmentUploads;
import io.replyloop.attachment.Sender;
import io.replyloop.attachment.UploadState;
import io.replyloop.attachment.UploadView;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.MessageText;
import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.Customers;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import io.replyloop.mail.SentMail;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.Script;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes messages of replies. What a mail says of its sender can be forged, so it counts for nothing: whoever knows the secret
 * of a mail of ours, by its address for replies or its Message-ID, has got that mail. If it comes from another address, the
 * message says so.
 */
@Singleton
class MailReplies {
    private static final Logger LOG = Logger.getLogger(MailReplies.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ENCODED = 2;

    private final Mails mails;
    private final MailTexts texts;
    private final ReplyAddresses addresses;
    private final ReceivedMails received;
    private final Customers customers;
    private final CustomerAccess access;
    private final AttachmentUploads uploads;
    private final AttachmentRules rules;
    private final CorrespondenceConfig.Imap config;

    MailReplies(
            Mails mails,
            MailTexts texts,
            ReplyAddresses addresses,
            ReceivedMails received,
            Customers customers,
            CustomerAccess access,
            AttachmentUploads uploads,
            AttachmentRules rules,
            CorrespondenceConfig config) {
        this.mails = mails;
        this.texts = texts;
        this.addresses = addresses;
        this.received = received;
        this.customers = customers;
        this.access = access;
        this.uploads = uploads;
        this.rules = rules;
        this.config = config.imap();
    }

    enum Outcome {
        MESSAGE,
        /** Read before. */
        REPEATED,
        /** It replies to nothing of ours. */
        NOT_OURS,
        /** A program has written it, or ourselves. */
        AUTOMATIC,
        /** The customer is blocked or erased, or has written too many. */
        REFUSED,
        EMPTY
    }

    /**
     * @param patient whether it can wait until there is room for its files and they are checked; otherwise it comes without
     * @throws Problem {@code unavailable} where the same mail can be taken in a moment
     */
    Outcome take(IncomingMail mail, boolean patient) throws IOException {
        Optional<SentMail> to = repliedTo(mail);
        if (to.isEmpty()) {
            return Outcome.NOT_OURS;
        }
        if (mail.automatic() || addresses.isOurs(mail.from())) {
            return Outcome.AUTOMATIC;
        }
        UUID id = named(to.get(), mail, "message");
        if (received.isKnown(id)) {
            return Outcome.REPEATED;
        }
        Optional<CustomerPass> pass = pass(to.get());
        if (pass.isEmpty() || received.count(to.get().conversation(), HOUR) >= config.perHour()) {
            return Outcome.REFUSED;
        }
        List<UUID> files = new ArrayList<>();
        List<String> notTaken = new ArrayList<>();
        Files taken = new Files(pass.get(), patient, files, notTaken);
        IncomingMail.Contents contents = mail.body().read();
        attach(to.get(), mail, contents, taken);
        String text = text(to.get(), mail, contents, notTaken);
        if (text.length() > MessageText.MAX_LENGTH) {
            text = shortened(to.get(), mail, text, taken);
        }
        if (text.isBlank() && files.isEmpty()) {
            return Outcome.EMPTY;
        }
        return received.store(to.get(), id, mail.messageId(), new MessageContent(text, files))
                ? Outcome.MESSAGE
                : Outcome.REFUSED;
    }

    private Optional<SentMail> repliedTo(IncomingMail mail) {
        Stream<SentMail> byAddress =
                addresses.hashes(mail.recipients()).stream().flatMap(hash -> mails.byReplyHash(hash).stream());
        Stream<SentMail> byReference =
                mail.references().stream().flatMap(reference -> mails.byMessageId(reference).stream());
        return Stream.concat(byAddress, byReference).findFirst();
    }

    private Optional<CustomerPass> pass(SentMail to) {
        Optional<CustomerIdentity> customer = customers.find(to.customer());
        try {
            return customer.map(access::ofMail);
        } catch (Problem refused) {
            LOG.debugf("A mail was not taken: %s", refused.getMessage());
            return Optional.empty();
        }
    }

    /**
     * @param taken by their ids
     * @param notTaken by their names
     */
    private record Files(CustomerPass pass, boolean patient, List<UUID> taken, List<String> notTaken) {}

    private void attach(SentMail to, IncomingMail mail, IncomingMail.Contents contents, Files files)
            throws IOException {
        int most = rules.limits().map(AttachmentLimits::most).orElse(0);
        int number = 0;
        for (IncomingMail.File file : contents.files()) {
            number++;
            // One place is kept for a text that is too long.
            if (files.taken().size() >= most - 1 || file.size() > ENCODED * uploads.largest()) {
                files.notTaken().add(file.name());
                continue;
            }
            try (InputStream in = file.open()) {
                upload(named(to, mail, "file " + number), file.name(), in, files);
            }
        }
    }

    private void upload(UUID id, String name, InputStream in, Files files) throws IOException {
        try {
            UploadView stored = uploads.take(Sender.of(files.pass()), id, name, null, in);
            if (stored.state() == UploadState.READY || files.patient() && stored.state() == UploadState.SCANNING) {
                files.taken().add(id);
            } else {
                files.notTaken().add(name);
            }
        } catch (Problem refused) {
            if (refused.code() == ProblemCode.UNAVAILABLE && files.patient()) {
                throw refused;
            }
            LOG.debugf("A file of a mail was not taken: %s", refused.getMessage());
            files.notTaken().add(name);
        }
    }

    private String text(SentMail to, IncomingMail mail, IncomingMail.Contents contents, List<String> notTaken) {
        MailTexts.Words words = texts.in(Script.of(contents.text()) == Script.CHINESE ? "zh" : MailTexts.ENGLISH);
        List<String> parts = new ArrayList<>();
        if (!mail.from().equalsIgnoreCase(to.recipient())) {
            parts.add(words.of("received.from", Map.of("address", mail.from().isEmpty() ? "?" : mail.from())));
        }
        parts.add(contents.text());
        notTaken.forEach(name -> parts.add(words.of("received.file", Map.of("name", name.isBlank() ? "?" : name))));
        return String.join("\n", parts).strip();
    }

    /** The beginning of it; all of it is in a file. */
    private String shortened(SentMail to, IncomingMail mail, String text, Files files) throws IOException {
        try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            upload(named(to, mail, "text"), "mail.txt", in, files);
        }
        int points = Math.min(MessageText.MAX_LENGTH - 2, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, points)) + " …";
    }

    /** The same whenever this mail is read. */
    private static UUID named(SentMail to, IncomingMail mail, String what) {
        return UUID.nameUUIDFromBytes(("replyloop mail " + to.conversation() + ' ' + mail.messageId() + ' ' + what)
                .getBytes(StandardCharsets.UTF_8));
    }
}
