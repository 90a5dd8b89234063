package io.replyloop.model;

import java.util.Set;
import java.util.UUID;

/** Models whose files somebody reads, besides the one that serves. Implemented by the packages that read them. */
public interface ModelsInUse {
    Set<UUID> models();

    /** Runs that are not over: what one of them has half made waits for its next attempt. */
    default Set<UUID> runs() {
        return Set.of();
    }
}
