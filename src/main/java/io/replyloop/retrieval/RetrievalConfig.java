package io.replyloop.retrieval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code replyloop.knowledge.*}: settings of retrieval. */
@ConfigMapping(prefix = "replyloop.knowledge")
interface RetrievalConfig {
    /** Every published reply is a candidate, if there are at most this many. */
    @WithDefault("200")
    int rankWholeUpTo();

    /** Number of candidates from a larger knowledge base, unless the caller sets a limit. */
    @WithDefault("50")
    int candidates();

    /**
     * How many answered questions per reply are used; the newest are kept. On STAR, 500 instead of 2,000 costs 3 points
     * of R@1.
     */
    @WithDefault("2000")
    int questionsPerReply();

    /** How often a node checks for changes made by other nodes. */
    @WithDefault("1s")
    Duration poll();
}
