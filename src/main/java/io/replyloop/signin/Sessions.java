package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.AccessRevoked;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The sessions of signed-in people. A session lasts as long as it is used, up to a limit, and ends on sign-out or when
 * its account loses access. Plain SQL, because each request needs a single statement and there is nothing to map.
 */
@ApplicationScoped
public class Sessions {
    private final Session database;
    private final SignInConfig config;
    private final Event<SignedOut> signedOut;
    private final AuditLog audit;
    private final SessionEnds ends;

    Sessions(Session database, SignInConfig config, Event<SignedOut> signedOut, AuditLog audit, SessionEnds ends) {
        this.database = database;
        this.ends = ends;
        this.config = config;
        this.signedOut = signedOut;
        this.audit = audit;
    }

    /**
     * For whoever has signed in; empty if all sessions of the account were ended meanwhile.
     *
     * @param ended how often they had been, before the password was checked
     */
    @Transactional
    Optional<SecretToken> open(SignedInAgent agent, SessionDevice device, long ended) {
        return ends.isStill(agent.id(), ended) ? Optional.of(open(agent, device)) : Optional.empty();
    }

    @Transactional
    SecretToken open(SignedInAgent agent, SessionDevice device) {
        SecretToken token = SecretToken.random();
        Instant now = Instant.now();
        database.createNativeMutationQuery("insert into agent_session"
                        + " (token_hash, account_id, created_at, last_seen_at, expires_at, browser, system)"
                        + " values (:hash, :account, :now, :now, :end, cast(:browser as text), cast(:system as text))")
                .setParameter("hash", token.hash())
                .setParameter("account", agent.id())
                .setParameter("now", now)
                .setParameter("end", now.plus(config.sessionLongest()))
                .setParameter("browser", device.browser())
                .setParameter("system", device.system())
                .executeUpdate();
        record(AuditAction.SESSION_OPENED, agent);
        return token;
    }

    /** The owner of this session; empty if it has ended or never existed. */
    @Transactional
    public Optional<SignedInAgent> find(String token) {
        byte[] hash = Sha256.of(token);
        Instant now = Instant.now();
        Optional<Object[]> found = database.createNativeQuery(
                        "select a.id, a.email, a.name, a.role, s.last_seen_at < :minuteAgo"
                                // A read-only database cannot be updated, but people must be able to read.
                                + " and current_setting('transaction_read_only') = 'off'"
                                + " from agent_session s join agent_account a on a.id = s.account_id"
                                + " where s.token_hash = :hash and a.active"
                                + " and s.expires_at > :now and s.last_seen_at > :idle",
                        Object[].class)
                .setParameter("hash", hash)
                .setParameter("now", now)
                .setParameter("idle", now.minus(config.sessionIdle()))
                .setParameter("minuteAgo", now.minusSeconds(60))
                .getResultStream()
                .findFirst();
        found.filter(row -> (Boolean) row[4]).ifPresent(row -> touch(hash, now));
        return found.map(
                row -> new SignedInAgent((UUID) row[0], (String) row[1], (String) row[2], Role.of((String) row[3])));
    }

    private void touch(byte[] hash, Instant now) {
        database.createNativeMutationQuery("update agent_session set last_seen_at = :now where token_hash = :hash")
                .setParameter("now", now)
                .setParameter("hash", hash)
                .executeUpdate();
    }

    @Transactional
    void close(SignedInAgent agent, String token) {
        int closed = database.createNativeMutationQuery("delete from agent_session where token_hash = :hash")
                .setParameter("hash", Sha256.of(token))
                .executeUpdate();
        if (closed == 1) {
            record(AuditAction.SESSION_CLOSED, agent);
        }
        signedOut.fire(new SignedOut(SecretToken.nameOf(token)));
    }

    private void record(AuditAction action, SignedInAgent agent) {
        audit.record(
                agent.actor(),
                action,
                AuditObject.of(AuditObject.Kind.ACCOUNT, agent.id(), agent.name()),
                AuditDetails.none());
    }

    /** Ends all sessions of this account except this one. */
    @Transactional
    void closeOthers(UUID account, String token) {
        ends.count(account);
        database.createNativeQuery(
                        "delete from agent_session where account_id = :account and token_hash <> :hash"
                                + " returning encode(token_hash, 'hex')",
                        String.class)
                .setParameter("account", account)
                .setParameter("hash", Sha256.of(token))
                .getResultList()
                .forEach(session -> signedOut.fire(new SignedOut(session)));
    }

    /**
     * Those of the sessions that are still valid, named as in {@link SessionAuthentication#sessionOf}. Extends the used
     * ones.
     */
    @Transactional
    public Set<String> holding(Set<String> sessions, Set<String> used) {
        Instant now = Instant.now();
        Instant idle = now.minus(config.sessionIdle());
        if (!used.isEmpty()) {
            database.createNativeMutationQuery("update agent_session set last_seen_at = :now"
                            + " where token_hash = any(:used) and last_seen_at > :idle")
                    .setParameter("now", now)
                    .setParameter("idle", idle)
                    .setParameter("used", hashes(used))
                    .executeUpdate();
        }
        return Set.copyOf(database.createNativeQuery(
                        "select encode(token_hash, 'hex') from agent_session where token_hash = any(:asked)"
                                + " and expires_at > :now and last_seen_at > :idle",
                        String.class)
                .setParameter("now", now)
                .setParameter("idle", idle)
                .setParameter("asked", hashes(sessions))
                .getResultList());
    }

    /** In the type of the key, so that the index is used: a comparison as text would read all sessions. */
    private static byte[][] hashes(Set<String> names) {
        return names.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }

    /** Runs in the transaction that revokes the access, so that there is no gap. */
    @Transactional(Transactional.TxType.MANDATORY)
    void closeAll(@Observes AccessRevoked revoked) {
        ends.count(revoked.account());
        database.createNativeMutationQuery("delete from agent_session where account_id = :account")
                .setParameter("account", revoked.account())
                .executeUpdate();
    }

    @Scheduled(every = "1h", delayed = "5m")
    @Transactional
    void forgetEnded() {
        Instant now = Instant.now();
        database.createNativeMutationQuery(
                        "delete from agent_session where expires_at <= :now or last_seen_at <= :idle")
                .setParameter("now", now)
                .setParameter("idle", now.minus(config.sessionIdle()))
                .executeUpdate();
    }
}
