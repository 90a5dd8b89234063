package io.replyloop.training;

import java.time.Instant;
import java.util.UUID;

/**
 * A run has ended, whichever process ended it. Fired once, inside the transaction that notes that it was.
 *
 * @param status {@code succeeded}, {@code failed} or {@code cancelled}
 * @param trigger {@code manual} or {@code schedule}
 * @param model that it has made; null without one
 * @param verdict what the comparison with the serving model came to; null without one
 * @param errorCode of one that failed; else null
 * @param startedAt null of one that was cancelled before
 */
public record RunFinished(
        UUID run,
        long number,
        String status,
        String trigger,
        UUID model,
        String verdict,
        String errorCode,
        Instant startedAt,
        Instant finishedAt) {}
