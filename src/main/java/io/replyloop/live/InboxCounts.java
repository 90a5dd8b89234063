package io.replyloop.live;

import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.InboxCensus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Counts the inbox of each agent: all conversations once, and from then on only those that change, each by where it
 * stood before. What it was before is known of those that were open at the census and of those that have changed since;
 * any other one was resolved then, or did not exist.
 */
final class InboxCounts {
    /** A conversation bears the time at which its transaction has begun, and is there once that has ended. */
    private static final Duration LONGEST_BIRTH = Duration.ofMinutes(1);

    private static final UUID NOBODY = new UUID(0, 0);

    private record Place(boolean open, UUID holder, boolean waiting) {
        private static final Place RESOLVED = new Place(false, NOBODY, false);

        static Place of(ConversationSummary summary) {
            if (summary.status() == ConversationStatus.RESOLVED) {
                return RESOLVED;
            }
            UUID holder =
                    summary.assignee() == null ? NOBODY : summary.assignee().id();
            return new Place(true, holder, summary.waitingSince() != null);
        }
    }

    private static final class Held {
        private long open;
        private long waiting;
    }

    // Guarded by this.
    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<UUID, Held> held = new HashMap<>();
    private Instant takenAt = Instant.MAX;
    private long open;
    private long resolved;

    synchronized void begin(InboxCensus census) {
        places.clear();
        held.clear();
        takenAt = census.takenAt();
        open = 0;
        resolved = census.resolved();
        for (InboxCensus.Open each : census.open()) {
            Place place = new Place(true, each.assignee() == null ? NOBODY : each.assignee(), each.waiting());
            places.put(each.conversation(), place);
            add(place, 1);
        }
    }

    /**
     * The conversation is now like this; said again, it changes nothing.
     *
     * @return false where nobody can say whether the census has counted it, so that another one has to be taken
     */
    synchronized boolean moved(ConversationSummary summary) {
        Place now = Place.of(summary);
        Place before = places.put(summary.id(), now);
        boolean isSure = true;
        if (before != null) {
            add(before, -1);
        } else if (!summary.createdAt().isAfter(takenAt)) {
            add(Place.RESOLVED, -1);
            isSure = summary.createdAt().isBefore(takenAt.minus(LONGEST_BIRTH));
        }
        add(now, 1);
        return isSure;
    }

    synchronized ConversationCounts of(UUID agent) {
        Held mine = held.getOrDefault(agent, new Held());
        Held nobodys = held.getOrDefault(NOBODY, new Held());
        return new ConversationCounts(mine.open, nobodys.open, open, resolved, mine.waiting + nobodys.waiting);
    }

    private void add(Place place, int one) {
        if (!place.open()) {
            resolved += one;
            return;
        }
        open += one;
        Held holder = held.computeIfAbsent(place.holder(), id -> new Held());
        holder.open += one;
        holder.waiting += place.waiting() ? one : 0;
    }
}
