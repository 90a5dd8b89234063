package io.replyloop.programs;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has it written into the audit log that a token which counts no longer is still being sent: a program that was forgotten,
 * or somebody who should not have it. A program tries again every few seconds, so this is said once an hour for each
 * token. Of what never was a token nothing is written.
 */
@ApplicationScoped
class RefusedTokens {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AuditLog audit;
    private final Map<UUID, Instant> said = new ConcurrentHashMap<>();

    RefusedTokens(AuditLog audit) {
        this.audit = audit;
    }

    /** @param reason such as expired */
    @Transactional
    void record(ProgramTokens.Known token, String reason, String address) {
        Instant now = Instant.now();
        // Saves the look at the log, which other nodes write into as well.
        Instant last = said.put(token.id(), now);
        if (last != null && last.isAfter(now.minus(HOUR))) {
            said.put(token.id(), last);
            return;
        }
        if (audit.count(AuditAction.TOKEN_REFUSED, token.object(), now.minus(HOUR)) == 0) {
            audit.record(
                    token.account().actor(),
                    AuditAction.TOKEN_REFUSED,
                    token.object(),
                    AuditDetails.of(Map.of("reason", reason)),
                    address);
        }
    }
}
