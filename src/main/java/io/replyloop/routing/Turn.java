package io.replyloop.routing;

import io.replyloop.conversation.ConversationSummary.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who can be given a conversation.
 *
 * @param held how many open ones they hold
 * @param lastOffer when they were last given one; null for never
 */
record Turn(Person agent, int capacity, long held, Instant lastOffer) {
    private static final Comparator<Turn> ORDER = Comparator.comparingLong(Turn::free)
            .reversed()
            .thenComparing(Turn::lastOffer, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(turn -> turn.agent().id());

    long free() {
        return capacity - held;
    }

    /** Whoever has most room; of those with as much, the one who has been without a new one for longest. */
    static Optional<Turn> next(Collection<Turn> turns, Set<UUID> except) {
        return turns.stream()
                .filter(turn -> turn.free() > 0 && !except.contains(turn.agent().id()))
                .min(ORDER);
    }
}
