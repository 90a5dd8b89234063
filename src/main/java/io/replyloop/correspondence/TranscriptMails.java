package io.replyloop.correspondence;

import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.EventKind;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.mail.Letter;
import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import io.replyloop.mail.NewMail;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.replyloop.site.TranscriptMailing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Mails customers their own conversation. That whoever writes here could send anything to anybody is what the limits are
 * for: a conversation is mailed only after an agent has answered, a few times a day, and an address gets few mails an hour.
 */
@ApplicationScoped
@Transactional
public class TranscriptMails implements TranscriptMailing {
    private static final int MOST_EVENTS = 500;
    private static final Duration DAY = Duration.ofDays(1);
    /** The letters of 'tran', above the hash of a conversation. */
    private static final long LOCKS = 0x7472616eL << Integer.SIZE;

    private final Session database;
    private final Mails mails;
    private final MailTexts texts;
    private final ConversationService conversations;
    private final Sites sites;
    private final CorrespondenceConfig config;

    TranscriptMails(
            Session database,
            Mails mails,
            MailTexts texts,
            ConversationService conversations,
            Sites sites,
            CorrespondenceConfig config) {
        this.database = database;
        this.mails = mails;
        this.texts = texts;
        this.conversations = conversations;
        this.sites = sites;
        this.config = config;
    }

    @Override
    public boolean isOffered() {
        return mails.areOn();
    }

    /**
     * @param zone of the times in it
     * @return where it goes
     */
    MailAddress send(CustomerIdentity customer, UUID id, String email, ZoneId zone, String language) {
        if (!mails.areOn()) {
            throw new Problem(ProblemCode.CONFLICT, "No mails are sent here. Save the conversation as a file.");
        }
        MailAddress to = MailAddress.of(email)
                .orElseThrow(() ->
                        Problem.ofField("email", FieldRule.MALFORMED, "email: this is not an address for mails."));
        database.doWork(ErasureLock::shared);
        if (conversations.ownOf(customer.id(), id).isEmpty()) {
            throw Problem.notFound("conversation");
        }
        SiteView site = sites.byId(customer.siteId()).orElseThrow(() -> Problem.notFound("site"));
        long newest = conversations.snapshot(id).lastPublicSequence();
        long after = Math.max(0, newest - MOST_EVENTS);
        List<ConversationEventView> messages = conversations.publicEventsAfter(id, after, MOST_EVENTS).stream()
                .filter(event -> event.kind() == EventKind.MESSAGE)
                .toList();
        if (messages.stream().noneMatch(message -> message.author().kind() == AuthorKind.AGENT)) {
            throw new Problem(ProblemCode.CONFLICT, "A conversation can be mailed once the team has answered.");
        }
        // Of those who ask at the same moment, each counts what the one before has written.
        TransactionLock.hold(database, LOCKS | Integer.toUnsignedLong(id.hashCode()));
        if (mails.count(MailKind.TRANSCRIPT, id, DAY) >= config.transcriptsPerDay()) {
            throw Problem.rateLimited(
                    "This conversation was mailed often enough today. Save it as a file, or try tomorrow.", DAY);
        }
        Letter letter = letter(texts.in(language), site, messages, zone, after > 0);
        if (!mails.queue(NewMail.ofCustomer(MailKind.TRANSCRIPT, to, letter, customer.id(), id))) {
            throw Problem.rateLimited(
                    "This address has got many mails just now. Try again in an hour.", Duration.ofHours(1));
        }
        return to;
    }

    private static Letter letter(
            MailTexts.Words words, SiteView site, List<ConversationEventView> messages, ZoneId zone, boolean cut) {
        Map<String, String> names = Map.of("site", site.name(), "zone", zone.getId());
        Letter.Writer letter = words.letter(words.of("transcript.subject", names));
        letter.paragraph(words.of("transcript.intro", names));
        if (cut) {
            letter.paragraph(words.of("transcript.cut"));
        }
        for (ConversationEventView message : messages) {
            String who = who(words, message);
            String when = words.time(message.at(), zone);
            letter.said(words.of("transcript.line", Map.of("who", who, "time", when)), said(words, message));
        }
        return letter.end(words.of("transcript.footer", names));
    }

    private static String who(MailTexts.Words words, ConversationEventView message) {
        if (message.author().kind() == AuthorKind.CUSTOMER) {
            return words.of("transcript.you");
        }
        String name = message.author().name();
        return name == null || name.isBlank() ? words.of("transcript.team") : name;
    }

    /** Files are named; they are no part of a text. */
    static String said(MailTexts.Words words, ConversationEventView message) {
        List<AttachmentView> files = message.attachments() == null ? List.of() : message.attachments();
        return Stream.concat(
                        Stream.ofNullable(message.text()).filter(text -> !text.isEmpty()),
                        files.stream().map(file -> words.of("transcript.file", Map.of("name", file.name()))))
                .collect(Collectors.joining("\n"));
    }
}
