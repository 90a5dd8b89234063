package io.replyloop.site;

import java.util.List;
import java.util.UUID;

/** Who of the team is there. Known where conversations are given out. */
public interface TeamPresence {
    /** Whole names, without repetition, of those who serve this site. */
    List<String> names(UUID site);
}
