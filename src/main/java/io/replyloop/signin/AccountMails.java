package io.replyloop.signin;

import io.replyloop.identity.SignedInAgent;
import io.replyloop.mail.Letter;
import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import io.replyloop.mail.NewMail;
import io.replyloop.mail.ServerLinks;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** Mails with links by which somebody gets a password. Each is written in the transaction that makes its link. */
@Singleton
class AccountMails {
    private final Mails mails;
    private final MailTexts texts;
    private final ServerLinks links;

    AccountMails(Mails mails, MailTexts texts, ServerLinks links) {
        this.mails = mails;
        this.texts = texts;
        this.links = links;
    }

    /** @return whether it is mailed */
    boolean invite(SignedInAgent by, InvitationView invitation, SecretToken token, String language) {
        MailTexts.Words words = texts.in(language);
        Letter letter = letter(
                words,
                words.of("invitation.subject", Map.of("by", by.name())),
                words.of("invitation.text", values(words, invitation.name(), by.name(), invitation.expiresAt())),
                "invitation",
                token);
        return mailed(MailKind.INVITATION, invitation.email(), letter, by.id());
    }

    /** @return whether it is mailed */
    boolean passwordLink(SignedInAgent by, SignedInAgent owner, SecretToken token, Instant end, String language) {
        MailTexts.Words words = texts.in(language);
        Letter letter = letter(
                words,
                words.of("password.subject", Map.of("server", links.name())),
                words.of("password.made", values(words, owner.name(), by.name(), end)),
                "password",
                token);
        return mailed(MailKind.PASSWORD_LINK, owner.email(), letter, by.id());
    }

    /** @return whether it is mailed */
    boolean forgottenPassword(SignedInAgent owner, MailedPasswordLinks.Made made, String language) {
        MailTexts.Words words = texts.in(language);
        Letter letter = letter(
                words,
                words.of("password.subject", Map.of("server", links.name())),
                words.of("password.asked", values(words, owner.name(), "", made.expiresAt())),
                "password",
                made.token());
        return mailed(MailKind.FORGOTTEN_PASSWORD, owner.email(), letter, owner.id());
    }

    private Map<String, String> values(MailTexts.Words words, String name, String by, Instant end) {
        return Map.of("name", name, "by", by, "server", links.name(), "end", words.time(end, ZoneOffset.UTC));
    }

    private Letter letter(MailTexts.Words words, String subject, String text, String kind, SecretToken token) {
        return words.letter(subject)
                .paragraph(text)
                .link(words.of(kind + ".link"), links.to(AccountLinks.path(token)))
                .paragraph(words.of(kind + ".not-you"))
                .end(words.of("footer"));
    }

    private boolean mailed(MailKind kind, String address, Letter letter, UUID account) {
        return MailAddress.of(address)
                .map(to -> mails.queue(NewMail.ofTeam(kind, null, to, letter, account)))
                .orElse(false);
    }
}
