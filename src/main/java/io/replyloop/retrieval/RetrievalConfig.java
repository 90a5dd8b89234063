package io.replyloop.retrieval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code replyloop.knowledge.*}: what retrieval looks at. */
@ConfigMapping(prefix = "replyloop.knowledge")
interface RetrievalConfig {
    /** Up to so many published replies, every one is a candidate. */
    @WithDefault("200")
    int rankWholeUpTo();

    /** How many candidates there are in a larger knowledge base, unless the caller names a limit. */
    @WithDefault("50")
    int candidates();

    /**
     * How many answered questions of one reply are looked at, the newest. On STAR, 500 instead of 2,000 costs 3 points
     * of R@1.
     */
    @WithDefault("2000")
    int questionsPerReply();

    /** How often a node looks for changes that other nodes have made. */
    @WithDefault("1s")
    Duration poll();
}
