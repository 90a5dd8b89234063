package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Links to a new password that were mailed because somebody has asked for them, who may be anybody. So they are kept apart
 * from those of {@link AccountLinks}: asking ends no link, neither an admin's nor one that was mailed before.
 */
@ApplicationScoped
@Transactional
class MailedPasswordLinks {
    private final Session database;
    private final Agents agents;
    private final SignInConfig.Links config;

    MailedPasswordLinks(Session database, Agents agents, SignInConfig config) {
        this.database = database;
        this.agents = agents;
        this.config = config.links();
    }

    record Made(SecretToken token, Instant expiresAt) {}

    Made make(UUID account) {
        SecretToken token = SecretToken.random();
        Instant end = Instant.now().plus(config.forgotten());
        database.createNativeMutationQuery("insert into mailed_password_link (token_hash, account_id, expires_at)"
                        + " values (:hash, :account, :end)")
                .setParameter("hash", token.hash())
                .setParameter("account", account)
                .setParameter("end", end)
                .executeUpdate();
        return new Made(token, end);
    }

    /** Whose link this is, if it may still be used. */
    Optional<SignedInAgent> owner(String token) {
        return database.createNativeQuery(
                        "select account_id from mailed_password_link where token_hash = :hash and expires_at > :now",
                        UUID.class)
                .setParameter("hash", Sha256.of(token))
                .setParameter("now", Instant.now())
                .getResultStream()
                .findFirst()
                .flatMap(agents::active);
    }

    /** Of two who use a link at the same time, one does. */
    boolean use(String token) {
        return database.createNativeMutationQuery("delete from mailed_password_link where token_hash = :hash")
                        .setParameter("hash", Sha256.of(token))
                        .executeUpdate()
                == 1;
    }

    void endOf(UUID account) {
        database.createNativeMutationQuery("delete from mailed_password_link where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
    }

    @Scheduled(every = "1h", delayed = "6m")
    void forgetOld() {
        database.createNativeMutationQuery("delete from mailed_password_link where expires_at < :now")
                .setParameter("now", Instant.now())
                .executeUpdate();
    }
}
