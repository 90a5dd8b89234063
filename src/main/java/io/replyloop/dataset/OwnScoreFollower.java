package io.replyloop.dataset;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Outcome;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.OwnScore;
import io.replyloop.ranking.Ranker;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Keeps the ranker on the score that this team's decisions speak for ({@link OwnScore}): looked at anew when another model
 * serves, after some decisions on this node, and now and then for those on others.
 */
@Singleton
class OwnScoreFollower {
    private static final Logger LOG = Logger.getLogger(OwnScoreFollower.class);
    private static final int SECONDS_BETWEEN_LOOKS = 1;

    private static final long LONGEST_BETWEEN_FITS = TimeUnit.MINUTES.toNanos(10);

    private final Ranker ranker;
    private final ExampleService examples;
    private final AtomicInteger decisions = new AtomicInteger();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.inTheBackground("own-score"));

    private UUID fittedFor;
    private int fittedTo;
    private long fittedAt;

    OwnScoreFollower(Ranker ranker, ExampleService examples) {
        this.ranker = ranker;
        this.examples = examples;
    }

    void atStart(@Observes StartupEvent event) {
        RepeatedTask.every(Duration.ofSeconds(SECONDS_BETWEEN_LOOKS), thread, this::look);
    }

    void decided(@Observes(during = TransactionPhase.AFTER_SUCCESS) DecisionMade decision) {
        if (decision.outcome() != Outcome.REJECTED) {
            decisions.incrementAndGet();
        }
    }

    void atEnd(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
    }

    private void look() {
        try {
            ranker.serving().filter(this::isDue).ifPresent(this::follow);
        } catch (RuntimeException | Error failure) {
            if (DatabaseAway.causedBy(failure)) {
                LOG.debugf("The team's own score is looked at later: %s", failure.getMessage());
                fittedFor = null;
            } else {
                LOG.error("The team's own score cannot be fitted; what was used is used on", failure);
            }
        }
    }

    private boolean isDue(Ranker.Serving serving) {
        return !serving.model().equals(fittedFor)
                || OwnScore.isDue(fittedTo, decisions.get())
                || System.nanoTime() - fittedAt > LONGEST_BETWEEN_FITS;
    }

    /** Where it fails it is not tried again at once. */
    private void follow(Ranker.Serving serving) {
        decisions.set(0);
        fittedFor = serving.model();
        fittedAt = System.nanoTime();
        List<List<OwnScore.Candidate>> decided = examples.decided(serving.model());
        fittedTo = decided.size();
        FinalScore own = OwnScore.of(serving.score(), decided);
        ranker.use(new Ranker.Serving(serving.model(), own));
        LOG.debugf("Own score of %d decisions: %s", decided.size(), own);
    }
}
