package io.replyloop.privacy;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Which models have learned from snapshots. Implemented by the package of the training runs. */
public interface LearnedFromSnapshots {
    /** Their numbers, as of now: of a run that is under way, the model comes later. */
    List<Long> models(Collection<UUID> snapshots);
}
