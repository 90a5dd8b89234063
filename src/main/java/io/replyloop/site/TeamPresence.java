package io.replyloop.site;

import java.util.List;

/** Who of the team is online. Known where the connections are. */
public interface TeamPresence {
    /** Whole names, without repetition. */
    List<String> names();
}
