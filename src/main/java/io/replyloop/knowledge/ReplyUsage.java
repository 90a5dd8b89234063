package io.replyloop.knowledge;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** How often replies were shown and sent. Offered by the package that keeps impressions and decisions. */
public interface ReplyUsage {
    record Count(long shown, long sent) {}

    /** The counts of these replies; one that was never shown may be left out. */
    Map<UUID, Count> of(Collection<UUID> replies);
}
