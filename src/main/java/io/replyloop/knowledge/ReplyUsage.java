package io.replyloop.knowledge;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** How often replies were shown and sent. Implemented by the package that stores impressions and decisions. */
public interface ReplyUsage {
    record Count(long shown, long sent) {}

    /** The counts for these replies; those never shown may be left out. */
    Map<UUID, Count> of(Collection<UUID> replies);
}
