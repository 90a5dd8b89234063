package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.AccessRevoked;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.Sha256;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Links by which somebody gets a password of their own: of an invitation, or for an account whose owner has forgotten
 * theirs. A link works once, and opens no session: whoever has used it signs in like everybody else.
 */
@ApplicationScoped
class AccountLinks {
    private static final long LOCK = 7_301_003L;

    /** An expired invitation can be renewed for this long. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String USABLE = " l.token_hash = :hash and l.expires_at > :now"
            // A link of an admin who is none any more must not be a back door.
            + " and (l.created_by is null or exists"
            + " (select 1 from agent_account by_whom where by_whom.id = l.created_by and by_whom.active"
            + " and by_whom.role = 'admin'))"
            + " and (l.account_id is null or exists"
            + " (select 1 from agent_account owner where owner.id = l.account_id and owner.active))";

    private final Session database;
    private final Agents agents;
    private final MailedPasswordLinks mailed;
    private final AccountMails mails;
    private final AuditLog audit;
    private final SignInConfig.Links config;

    AccountLinks(
            Session database,
            Agents agents,
            MailedPasswordLinks mailed,
            AccountMails mails,
            AuditLog audit,
            SignInConfig config) {
        this.database = database;
        this.agents = agents;
        this.mailed = mailed;
        this.mails = mails;
        this.audit = audit;
        this.config = config.links();
    }

    /**
     * Whom a link lets in.
     *
     * @param account null for an invitation
     * @param role null for an account that there is
     */
    record Target(UUID account, String email, String name, Role role) {}

    /** @param mailed whether it is mailed to the owner, too */
    record MadeForPassword(SecretToken token, Instant expiresAt, boolean mailed) {}

    /** Where a link leads to. What follows the # is sent to no server, so no log on the way has it. */
    static String path(SecretToken token) {
        return "/join/#" + token.text();
    }

    /** Serialises invitations, so that an address has one. */
    void lock() {
        TransactionLock.hold(database, LOCK);
    }

    /**
     * A link for somebody who has forgotten their password; an earlier one of theirs ends.
     *
     * @param language in which the person is written to, as browsers name it
     */
    @Transactional
    MadeForPassword forPassword(SignedInAgent by, UUID account, String language) {
        Agents.requireOther(by, account);
        SignedInAgent owner = agents.byId(account);
        if (agents.activeByEmail(owner.email()).isEmpty()) {
            throw new Problem(ProblemCode.CONFLICT, "This account is deactivated. Reactivate it first.");
        }
        SecretToken token = SecretToken.random();
        Instant now = Instant.now();
        Instant end = now.plus(config.password());
        database.createNativeMutationQuery("insert into account_link"
                        + " (id, token_hash, account_id, created_by, created_at, expires_at)"
                        + " values (:id, :hash, :account, :by, :now, :end)"
                        + " on conflict (account_id) where account_id is not null do update set"
                        + " token_hash = excluded.token_hash, created_by = excluded.created_by,"
                        + " created_at = excluded.created_at, expires_at = excluded.expires_at")
                .setParameter("id", UUID.randomUUID())
                .setParameter("hash", token.hash())
                .setParameter("account", account)
                .setParameter("by", by.id())
                .setParameter("now", now)
                .setParameter("end", end)
                .executeUpdate();
        audit.record(AuditAction.ACCOUNT_PASSWORD_LINK_MADE, object(owner), AuditDetails.none());
        return new MadeForPassword(token, end, mails.passwordLink(by, owner, token, end, language));
    }

    /** Whom this link lets in; throws a {@link Problem} if it may not be used (any more). */
    @Transactional
    Target require(String token) {
        return find(token).orElseThrow(AccountLinks::gone);
    }

    /**
     * Uses the link of an invitation up.
     *
     * @param name null to keep the one that the admin has given
     */
    @Transactional
    void join(String token, String name, String passwordHash) {
        Target target = useUp(token);
        if (target.account() != null) {
            throw gone();
        }
        agents.join(target.email(), name == null ? target.name() : name, target.role(), passwordHash);
    }

    /** Uses the link for a forgotten password up; all sessions of the account end. */
    @Transactional
    void changePassword(String token, String passwordHash) {
        Target target = useUp(token);
        if (target.account() == null) {
            throw gone();
        }
        agents.recover(target.account(), passwordHash);
    }

    /** Of two who use a link at the same time, the second one waits here and finds that it is gone. */
    private Target useUp(String token) {
        Target target = require(token);
        int used = database.createNativeMutationQuery("delete from account_link where token_hash = :hash")
                .setParameter("hash", Sha256.of(token))
                .executeUpdate();
        if (used == 0 && !mailed.use(token)) {
            throw gone();
        }
        return target;
    }

    /** Whoever has a new password or none at all needs no link to one. */
    @Transactional(Transactional.TxType.MANDATORY)
    void end(@Observes AccessRevoked revoked) {
        endOf(revoked.account());
    }

    @Transactional
    void endOf(UUID account) {
        database.createNativeMutationQuery("delete from account_link where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
        mailed.endOf(account);
    }

    @Scheduled(every = "1h", delayed = "6m")
    @Transactional
    void forgetOld() {
        Instant now = Instant.now();
        database.createNativeMutationQuery("delete from account_link where"
                        + " (account_id is not null and expires_at < :now) or expires_at < :longAgo")
                .setParameter("now", now)
                .setParameter("longAgo", now.minus(REMEMBERED))
                .executeUpdate();
    }

    private Optional<Target> find(String token) {
        return database.createNativeQuery(
                        "select l.account_id, coalesce(a.email, l.email), coalesce(a.name, l.name), l.role"
                                + " from account_link l left join agent_account a on a.id = l.account_id where"
                                + USABLE,
                        Object[].class)
                .setParameter("hash", Sha256.of(token))
                .setParameter("now", Instant.now())
                .getResultStream()
                .findFirst()
                .map(row -> new Target(
                        (UUID) row[0],
                        (String) row[1],
                        (String) row[2],
                        row[3] == null ? null : Role.of((String) row[3])))
                .or(() -> mailed.owner(token).map(owner -> new Target(owner.id(), owner.email(), owner.name(), null)));
    }

    private static AuditObject object(SignedInAgent owner) {
        return AuditObject.of(AuditObject.Kind.ACCOUNT, owner.id(), owner.name());
    }

    private static Problem gone() {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "This link is used, too old or not ours. Ask an admin of your team for a new one.");
    }
}
