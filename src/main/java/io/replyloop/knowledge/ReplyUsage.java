package io.replyloop.knowledge;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** How often replies were shown and sent. Implemented by the package that stores impressions and decisions. */
public interface ReplyUsage {
    /** @param lastSent when an agent sent it last; null for never */
    record Count(long shown, long sent, long edited, Instant lastSent) {
        public static final Count NONE = new Count(0, 0, 0, null);
    }

    /** The counts for these replies; those never shown may be left out. */
    Map<UUID, Count> of(Collection<UUID> replies);
}
