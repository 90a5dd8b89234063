package io.replyloop.site;

import java.util.Optional;
import java.util.UUID;

/** How long the customers of a site usually wait for an answer. Known where conversations are kept. */
public interface UsualReplies {
    /** Within so many seconds, rounded up to what people say; empty where too few have been answered. */
    Optional<Integer> withinSeconds(UUID site);
}
