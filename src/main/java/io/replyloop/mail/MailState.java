package io.replyloop.mail;

import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.PublicAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether mails can be sent, and a try of it. */
@Singleton
class MailState {
    private static final int FAILURES = 20;
    private static final int TESTS_PER_MINUTE = 6;

    private final MailConfig config;
    private final MailSender sender;
    private final Outbox outbox;
    private final MailTexts texts;
    private final ReplyMailbox replies;
    private final PublicAddress address;
    private final AddressLimit limit = new AddressLimit(TESTS_PER_MINUTE, TESTS_PER_MINUTE);

    MailState(
            MailConfig config,
            MailSender sender,
            Outbox outbox,
            MailTexts texts,
            ReplyMailbox replies,
            PublicAddress address) {
        this.config = config;
        this.sender = sender;
        this.outbox = outbox;
        this.texts = texts;
        this.replies = replies;
        this.address = address;
    }

    MailResource.MailView view() {
        Outbox.Waiting waiting = outbox.waiting();
        boolean on = sender.isOn();
        return new MailResource.MailView(
                on,
                config.from().orElse(null),
                on ? sender.server() : null,
                sender.isLoggedIn(),
                address.isConfigured(),
                replies.state().orElse(null),
                waiting.number(),
                waiting.oldest(),
                waiting.lastReason(),
                outbox.failures(FAILURES));
    }

    /** Past the outbox: whoever asks wants to know now. */
    MailResource.Tested test(SignedInAgent agent, String language) {
        if (!sender.isOn()) {
            throw new Problem(
                    ProblemCode.CONFLICT, "Mails are off. Set replyloop.mail.from and replyloop.mail.smtp.host.");
        }
        limit.check(agent.id().toString(), "of yours");
        MailAddress to = MailAddress.of(agent.email())
                .orElseThrow(() -> new Problem(ProblemCode.CONFLICT, "Mails cannot go to your own address."));
        MailTexts.Words words = texts.in(language);
        Letter letter = words.letter(words.of("test.subject"))
                .paragraph(words.of("test.text", Map.of("name", agent.name())))
                .end(words.of("footer"));
        Optional<MailFailure> failure = sender.send(
                UUID.randomUUID(),
                to.text(),
                new MailContents(letter.subject(), letter.text(), letter.html(), null, List.of()));
        return new MailResource.Tested(
                failure.isEmpty(), to.text(), failure.map(MailFailure::words).orElse(null));
    }
}
