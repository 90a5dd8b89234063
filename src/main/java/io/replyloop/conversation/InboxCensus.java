package io.replyloop.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All conversations at one moment of the database's clock: where each open one stands, and how many are resolved.
 * Whoever keeps it current counts without asking again.
 */
public record InboxCensus(Instant takenAt, List<Open> open, long resolved) {
    /** @param assignee null for nobody */
    public record Open(UUID conversation, UUID assignee, boolean waiting) {}
}
