package io.replyloop.site;

import java.util.List;

/** Who of the team is there. Known where conversations are given out. */
public interface TeamPresence {
    /** Whole names, without repetition. */
    List<String> names();
}
