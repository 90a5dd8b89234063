package io.replyloop.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Notifies this node when a different model serves, whichever node promoted it. The promoting node checks immediately;
 * the others poll for the newest promotion every two seconds, which costs one index lookup and cannot be missed.
 */
@ApplicationScoped
class ChampionWatch {
    private static final Logger LOG = Logger.getLogger(ChampionWatch.class);

    private final Event<ChampionChanged> announcements;
    private UUID announced;
    private boolean databaseAway;

    ChampionWatch(Event<ChampionChanged> announcements) {
        this.announcements = announcements;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAgain() {
        try {
            look();
            databaseAway = false;
        } catch (RuntimeException failure) {
            if (!databaseAway && DatabaseAway.causedBy(failure)) {
                LOG.warnf("Cannot determine which model serves; retrying every two seconds: %s", failure.getMessage());
            } else if (!databaseAway) {
                LOG.error("Cannot determine which model serves; retrying every two seconds", failure);
            }
            databaseAway = true;
        }
    }

    /** Records the current champion as known; components that start later ask for it themselves. */
    synchronized void remember() {
        ModelPromotion newest = QuarkusTransaction.requiringNew().call(ModelPromotion::newest);
        announced = newest == null ? null : newest.modelId;
    }

    synchronized void look() {
        ModelPromotion newest = QuarkusTransaction.requiringNew().call(ModelPromotion::newest);
        if (newest == null || newest.modelId.equals(announced)) {
            return;
        }
        announced = newest.modelId;
        try {
            announcements.fire(new ChampionChanged(newest.modelId));
        } catch (RuntimeException failure) {
            // The promotion is committed; a listener that fails keeps its old model, which is logged here.
            LOG.error("A listener could not follow the promotion of model " + newest.modelId, failure);
        }
    }
}
