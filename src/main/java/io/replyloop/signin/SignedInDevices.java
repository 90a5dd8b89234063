package io.replyloop.signin;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Where somebody is signed in, and how that is ended from elsewhere. Open connections of a session close at once. */
@ApplicationScoped
class SignedInDevices {
    private final Session database;
    private final Agents agents;
    private final Event<SignedOut> signedOut;
    private final AuditLog audit;
    private final SignInConfig config;
    private final SessionEnds ends;

    SignedInDevices(
            Session database,
            Agents agents,
            Event<SignedOut> signedOut,
            AuditLog audit,
            SignInConfig config,
            SessionEnds ends) {
        this.database = database;
        this.agents = agents;
        this.signedOut = signedOut;
        this.audit = audit;
        this.config = config;
        this.ends = ends;
    }

    /**
     * Those that are still valid, the one used last first.
     *
     * @param current the name of the session that asks
     */
    @Transactional
    List<SessionOnDevice> of(UUID account, String current) {
        Instant now = Instant.now();
        return database
                .createNativeQuery(
                        "select encode(token_hash, 'hex'), browser, system, created_at, last_seen_at"
                                + " from agent_session where account_id = :account and expires_at > :now"
                                + " and last_seen_at > :idle order by last_seen_at desc, created_at desc",
                        Object[].class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("idle", now.minus(config.sessionIdle()))
                .getResultList()
                .stream()
                .map(row -> new SessionOnDevice(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (Instant) row[3],
                        (Instant) row[4],
                        row[0].equals(current)))
                .toList();
    }

    /** Ends one of a person's own sessions; throws a {@link Problem} if they have none of this id. */
    @Transactional
    void end(SignedInAgent owner, String id) {
        if (end(owner, "encode(token_hash, 'hex') = :session", id) == 0) {
            throw Problem.notFound("session");
        }
    }

    /** The same where it may have ended by itself. */
    @Transactional
    void endIfOpen(UUID owner, String id) {
        end(agents.byId(owner), "encode(token_hash, 'hex') = :session", id);
    }

    /** Ends all of a person's sessions but this one. */
    @Transactional
    void endOthers(SignedInAgent owner, String current) {
        ends.count(owner.id());
        end(owner, "encode(token_hash, 'hex') <> :session", current);
    }

    /** Ends all sessions of an account, on behalf of an admin. */
    @Transactional
    void endAll(UUID account) {
        SignedInAgent owner = agents.byId(account);
        ends.count(account);
        end(owner, "encode(token_hash, 'hex') <> :session", "");
    }

    private int end(SignedInAgent owner, String which, String session) {
        List<String> ended = database.createNativeQuery(
                        "delete from agent_session where account_id = :account and " + which
                                + " returning encode(token_hash, 'hex')",
                        String.class)
                .setParameter("account", owner.id())
                .setParameter("session", session)
                .getResultList();
        if (!ended.isEmpty()) {
            audit.record(
                    AuditAction.SESSION_ENDED,
                    AuditObject.of(AuditObject.Kind.ACCOUNT, owner.id(), owner.name()),
                    AuditDetails.of(Map.of("sessions", ended.size())));
        }
        ended.forEach(name -> signedOut.fire(new SignedOut(name)));
        return ended.size();
    }
}
