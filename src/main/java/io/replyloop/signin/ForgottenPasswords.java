package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.mail.MailAddress;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Whoever has forgotten their password asks for a link by mail. The answer does not tell whether there is such an account,
 * and neither does its time: asking stores one row, whatever the address; whose it is is looked for afterwards.
 */
@ApplicationScoped
@Transactional
class ForgottenPasswords {
    /** More at a time is somebody's flood; who has forgotten their password tries again. */
    private static final long MOST = 1_000;

    private final Session database;
    private final Mails mails;
    private final MailTexts texts;
    private final Agents agents;
    private final PasswordRule passwords;
    private final MailedPasswordLinks links;
    private final AccountMails letters;
    private final AuditLog audit;
    private final SignInConfig.Links config;

    ForgottenPasswords(
            Session database,
            Mails mails,
            MailTexts texts,
            Agents agents,
            PasswordRule passwords,
            MailedPasswordLinks links,
            AccountMails letters,
            AuditLog audit,
            SignInConfig config) {
        this.database = database;
        this.mails = mails;
        this.texts = texts;
        this.agents = agents;
        this.passwords = passwords;
        this.links = links;
        this.letters = letters;
        this.audit = audit;
        this.config = config.links();
    }

    boolean areMailed() {
        return mails.areOn();
    }

    void ask(String email, String language) {
        database.createNativeMutationQuery("insert into forgotten_password (id, email, language, asked_at)"
                        + " select :id, :email, :language, :now"
                        + " where (select count(*) from (select from forgotten_password limit :most) waiting) < :most")
                .setParameter("id", UUID.randomUUID())
                .setParameter("email", email.strip())
                .setParameter("language", texts.in(language).language())
                .setParameter("now", Instant.now())
                .setParameter("most", MOST)
                .executeUpdate();
    }

    /**
     * Answers the oldest that was asked.
     *
     * @return false where there is none
     */
    boolean answerOne() {
        Optional<Tuple> asked = database.createNativeQuery("""
                        delete from forgotten_password where id = (
                            select id from forgotten_password order by asked_at limit 1 for update skip locked)
                        returning email, language""", Tuple.class).getResultList().stream()
                .findFirst();
        asked.ifPresent(row -> agents.activeByEmail(row.get("email", String.class))
                .ifPresent(owner -> answer(owner, row.get("language", String.class))));
        return asked.isPresent();
    }

    private void answer(SignedInAgent owner, String language) {
        Optional<MailAddress> address = MailAddress.of(owner.email());
        if (address.isEmpty()
                || !passwords.allowed().includes(owner.role())
                || mails.countOf(MailKind.FORGOTTEN_PASSWORD, owner.id(), Duration.ofHours(1))
                        >= config.forgottenPerHour()) {
            return;
        }
        // Where the address has had too many mails, nobody has the link.
        if (letters.forgottenPassword(owner, links.make(owner.id()), language)) {
            audit.record(
                    Actor.VISITOR,
                    AuditAction.ACCOUNT_PASSWORD_LINK_ASKED,
                    AuditObject.of(AuditObject.Kind.ACCOUNT, owner.id(), owner.name()),
                    AuditDetails.none());
        }
    }

    /** What nobody could answer in time is not worth a mail any more. */
    @Scheduled(every = "1h", delayed = "6m")
    void forgetOld() {
        database.createNativeMutationQuery("delete from forgotten_password where asked_at < :before")
                .setParameter("before", Instant.now().minus(Duration.ofHours(1)))
                .executeUpdate();
    }
}
