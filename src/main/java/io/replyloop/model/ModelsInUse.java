package io.replyloop.model;

import java.util.Set;
import java.util.UUID;

/** Models whose files somebody reads, besides the one that serves. Implemented by the packages that read them. */
public interface ModelsInUse {
    Set<UUID> models();
}
