package io.replyloop.signin;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/**
 * Has wrong passwords of accounts written into the audit log. What was typed for an address without an account is
 * written nowhere, since it may be anything, a password among it. And behind the answer's back: an answer that takes
 * longer where there is an account would tell strangers that there is one.
 */
@ApplicationScoped
class RefusedSignIns {
    /** Guessing goes on for days; of each hour this many entries about an account, the last of which says so. */
    static final int MOST_AN_HOUR = 10;

    private static final Logger LOG = Logger.getLogger(RefusedSignIns.class);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Agents agents;
    private final AuditLog audit;
    private final ExecutorService executor;
    private final RefusedSignIns self;

    RefusedSignIns(Agents agents, AuditLog audit, @VirtualThreads ExecutorService executor, RefusedSignIns self) {
        this.agents = agents;
        this.audit = audit;
        this.executor = executor;
        this.self = self;
    }

    /** @param by whoever is signed in and does not know their own password; a visitor at the sign-in */
    void recordLater(Actor by, String email, String address) {
        executor.execute(() -> {
            try {
                self.record(by, email, address);
            } catch (RuntimeException failure) {
                LOG.warnf("A refused sign-in is missing in the audit log: %s", failure.getMessage());
            }
        });
    }

    @Transactional
    void record(Actor by, String email, String address) {
        SignedInAgent agent = agents.byEmail(email).orElse(null);
        if (agent == null) {
            return;
        }
        AuditObject account = AuditObject.of(AuditObject.Kind.ACCOUNT, agent.id(), agent.name());
        long before =
                audit.count(AuditAction.SESSION_REFUSED, account, Instant.now().minus(HOUR));
        if (before < MOST_AN_HOUR) {
            AuditDetails details =
                    before == MOST_AN_HOUR - 1 ? AuditDetails.of(Map.of("moreNotRecorded", true)) : AuditDetails.none();
            audit.record(by, AuditAction.SESSION_REFUSED, account, details, address);
        }
    }
}
