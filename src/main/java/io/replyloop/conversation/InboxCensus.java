package io.replyloop.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All conversations at one moment of the database's clock: where each stands that is open or spam, and how many of the
 * others are resolved; and which mention somebody who has not seen it, as of a moment later. Whoever keeps it current
 * counts without asking again.
 */
public record InboxCensus(Instant takenAt, List<Unresolved> unresolved, long resolved, List<Mention> mentions) {
    /** @param unread agents whom a note names and who have not seen it */
    public record Mention(UUID conversation, List<UUID> unread) {}

    /**
     * @param assignee null for nobody
     * @param spam whatever else it is
     */
    public record Unresolved(UUID conversation, UUID assignee, boolean waiting, boolean snoozed, boolean spam) {}
}
