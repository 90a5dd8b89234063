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

    private final Entries entries;
    private final Map<UUID, Instant> said = new ConcurrentHashMap<>();

    RefusedTokens(Entries entries) {
        this.entries = entries;
    }

    /** On a read-only database there is nowhere to write it; it is said once there is. */
    void record(ProgramTokens.Known token, String address) {
        Instant now = Instant.now();
        if (!token.writable() || !claims(token.id(), now)) {
            return;
        }
        boolean written = false;
        try {
            entries.write(token, address, now);
            written = true;
        } finally {
            if (!written) {
                said.remove(token.id(), now);
            }
        }
    }

    /** Saves the look at the log, which other nodes write into as well. */
    private boolean claims(UUID token, Instant now) {
        Instant kept = said.merge(token, now, (last, mine) -> last.isAfter(mine.minus(HOUR)) ? last : mine);
        return kept == now;
    }

    /** Committed when it returns. */
    @ApplicationScoped
    @Transactional
    static class Entries {
        private final AuditLog audit;

        Entries(AuditLog audit) {
            this.audit = audit;
        }

        void write(ProgramTokens.Known token, String address, Instant now) {
            if (audit.count(AuditAction.TOKEN_REFUSED, token.object(), now.minus(HOUR)) == 0) {
                audit.record(
                        token.account().actor(),
                        AuditAction.TOKEN_REFUSED,
                        token.object(),
                        AuditDetails.of(Map.of("reason", token.standing().wireName())),
                        address);
            }
        }
    }
}
