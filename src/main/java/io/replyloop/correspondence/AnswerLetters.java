package io.replyloop.correspondence;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerVisit;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.MergedCustomers;
import io.replyloop.mail.Letter;
import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import io.replyloop.mail.NewMail;
import io.replyloop.platform.Script;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What customers are mailed who have left before they were answered. */
@Singleton
class AnswerLetters {
    /** By which the customer's language is told. */
    private static final int LATEST = 20;

    private final Mails mails;
    private final MailTexts texts;
    private final ReplyAddresses replies;
    private final ReceivedMails received;
    private final ConversationService conversations;
    private final CustomerVisits visits;
    private final MergedCustomers merged;
    private final Sites sites;

    AnswerLetters(
            Mails mails,
            MailTexts texts,
            ReplyAddresses replies,
            ReceivedMails received,
            ConversationService conversations,
            CustomerVisits visits,
            MergedCustomers merged,
            Sites sites) {
        this.mails = mails;
        this.texts = texts;
        this.replies = replies;
        this.received = received;
        this.conversations = conversations;
        this.visits = visits;
        this.merged = merged;
        this.sites = sites;
    }

    /** @param more whether there are more than these */
    NewMail of(
            CustomerIdentity customer,
            MailAddress to,
            UUID conversation,
            List<ConversationEventView> answers,
            boolean more) {
        Optional<CustomerVisit> visit = visits.last(merged.everyone(customer.id()));
        MailTexts.Words words = texts.in(language(conversation, visit));
        SiteView site = sites.byId(customer.siteId()).orElseThrow();
        Map<String, String> names = Map.of("site", site.name(), "name", customer.name() == null ? "" : customer.name());

        Letter.Writer letter = words.letter(words.of("answers.subject", names));
        letter.paragraph(words.of(names.get("name").isBlank() ? "answers.intro" : "answers.intro-named", names));
        answers.forEach(
                answer -> letter.said(String.valueOf(answer.author().name()), TranscriptMails.said(words, answer)));
        if (more) {
            letter.paragraph(words.of("answers.more"));
        }
        if (replies.areRead()) {
            letter.paragraph(words.of("answers.reply"));
        }
        page(visit, site).ifPresent(page -> letter.link(words.of("answers.link"), page));
        String small = words.of("answers.footer", names);
        Letter written = letter.end(replies.areRead() ? small : small + "\n" + words.of("answers.no-reply"));

        List<String> thread = new ArrayList<>();
        mails.newestOf(conversation, to).ifPresent(thread::add);
        received.newestOf(conversation).ifPresent(thread::add);
        Optional<ReplyAddresses.Fresh> reply = replies.fresh();
        return NewMail.ofCustomer(MailKind.ANSWERS, to, written, customer.id(), conversation)
                .inThread(
                        answers.get(answers.size() - 1).publicSequence(),
                        reply.map(ReplyAddresses.Fresh::address).orElse(null),
                        reply.map(ReplyAddresses.Fresh::hash).orElse(null),
                        thread);
    }

    /** That of what the customer has written; where this is not known to be Chinese, that of their browser. */
    private String language(UUID conversation, Optional<CustomerVisit> visit) {
        String written = conversations.lastMessages(conversation, LATEST).stream()
                .filter(message -> message.author().kind() == AuthorKind.CUSTOMER)
                .map(message -> message.text() == null ? "" : message.text())
                .collect(Collectors.joining("\n"));
        String browser = visit.map(CustomerVisit::language).orElse(MailTexts.ENGLISH);
        return switch (Script.of(written)) {
            case CHINESE -> "zh";
            case NONE -> browser;
            case OTHER -> Script.ofLanguage(browser) == Script.CHINESE ? MailTexts.ENGLISH : browser;
        };
    }

    /** The page on which the customer was last, if it is one of the site: what browsers say can be anything. */
    private static Optional<String> page(Optional<CustomerVisit> visit, SiteView site) {
        return visit.map(CustomerVisit::page).filter(page -> Sites.allows(site, origin(page)));
    }

    /** By hand: browsers leave characters in paths that are none of an address, such as {@code |}. */
    private static String origin(String page) {
        int path = page.indexOf('/', page.indexOf("://") + "://".length());
        return path < 0 ? page : page.substring(0, path);
    }
}
