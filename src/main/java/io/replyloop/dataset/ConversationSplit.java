package io.replyloop.dataset;

import io.replyloop.platform.Sha256;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Divides conversations into those to train on, those to choose with and those that measure. A hash of the id decides, once:
 * who has a side keeps it, so that no model is ever measured on what it, or one that it was made from, has learned.
 *
 * <p>As long as there are so few that a side would be empty, one of the new conversations takes it: first to train on, then
 * to choose with, then to measure.
 */
final class ConversationSplit {
    static final double TEST = 0.2;
    static final double DEV = 0.1;

    private static final List<Split> SIDES = List.of(Split.TRAIN, Split.DEV, Split.TEST);

    private ConversationSplit() {}

    /**
     * @param known the sides of the others that there are
     * @param fresh those without a side
     * @return the sides of the fresh ones
     */
    static Map<UUID, Split> assign(Map<UUID, Split> known, Collection<UUID> fresh) {
        Map<UUID, Split> assigned = new HashMap<>();
        fresh.forEach(id -> assigned.put(id, byPlace(id)));
        for (Split side : SIDES) {
            if (!known.containsValue(side) && !assigned.containsValue(side)) {
                mover(known, assigned, side).ifPresent(id -> assigned.put(id, side));
            }
        }
        return assigned;
    }

    private static Split byPlace(UUID conversation) {
        double place = place(conversation);
        if (place < TEST) {
            return Split.TEST;
        }
        return place < TEST + DEV ? Split.DEV : Split.TRAIN;
    }

    /** The one nearest to that side of those whose own side has others, or matters less. */
    private static Optional<UUID> mover(Map<UUID, Split> known, Map<UUID, Split> assigned, Split side) {
        Comparator<UUID> byPlace = Comparator.comparingDouble(ConversationSplit::place);
        return assigned.keySet().stream()
                .filter(id -> assigned.get(id).compareTo(side) > 0
                        || count(known, assigned.get(id)) + count(assigned, assigned.get(id)) > 1)
                .min(side == Split.TRAIN ? byPlace.reversed() : byPlace);
    }

    private static long count(Map<UUID, Split> sides, Split side) {
        return sides.values().stream().filter(side::equals).count();
    }

    /** From 0 to 1, evenly, and the same on every machine. */
    static double place(UUID conversation) {
        byte[] digest = Sha256.of(conversation.toString());
        return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) / 0x1p32;
    }
}
