package io.replyloop.retrieval;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.knowledge.KnowledgeFeed;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** How far this node's index is behind the knowledge base, as operators see it. */
@Startup
@Singleton
class IndexMetrics {
    private static final Logger LOG = Logger.getLogger(IndexMetrics.class);

    private final KnowledgeFeed feed;
    private final KnowledgeFollower follower;
    private volatile long behind;

    IndexMetrics(KnowledgeFeed feed, KnowledgeFollower follower, MeterRegistry metrics) {
        this.feed = feed;
        this.follower = follower;
        Gauge.builder("replyloop.retrieval.revisions.behind", this, index -> index.behind)
                .description("Changes of the knowledge base that this node's index does not have yet")
                .register(metrics);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        KnowledgeFollower.State known = follower.known();
        try {
            long newest = feed.revision();
            behind = Math.max(0, newest - (known == null ? 0 : known.revision()));
        } catch (SQLException away) {
            LOG.debug("The figure stays as it was", away);
        }
    }
}
