package io.replyloop.reports;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Ranks each answered question once more, as on the first day, long after the agent has seen the suggestions: it delays
 * none, works in one thread of low priority, and rests after each question for several times as long as that took.
 */
@Singleton
class FirstDayFollower {
    private static final Logger LOG = Logger.getLogger(FirstDayFollower.class);
    private static final int SECONDS_BETWEEN_LOOKS = 20;
    private static final int AT_ONCE = 50;

    /** Older answers are not compared any more. */
    private static final Duration OLDEST = Duration.ofDays(366);
    /** Once all have been looked at, only new ones can be missing, and those that another transaction held back. */
    private static final Duration NEWEST = Duration.ofHours(1);

    private static final Duration ALL_AGAIN = Duration.ofDays(1);
    /** The model stays open for the next answers: opening it takes longer than to ask it. */
    private static final Duration OPEN_WITHOUT_WORK = Duration.ofMinutes(10);

    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    /** So many, and it is not the questions. */
    private static final int FAILURES_IN_A_ROW = 3;

    private final FirstDayStore store;
    private final FirstDayRanker ranker;
    private final ReportsConfig config;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.inTheBackground("first-day"));

    /** Questions that could not be compared, and since when: those after them have their turn. */
    private final Map<UUID, Instant> setAside = new HashMap<>();

    private int failuresInARow;
    private Instant allLookedAt = Instant.EPOCH;
    private Instant lastAtWork = Instant.EPOCH;
    private Instant restsUntil = Instant.EPOCH;

    FirstDayFollower(FirstDayStore store, FirstDayRanker ranker, ReportsConfig config) {
        this.store = store;
        this.ranker = ranker;
        this.config = config;
    }

    void atStart(@Observes StartupEvent event) {
        if (config.firstDay()) {
            RepeatedTask.every(Duration.ofSeconds(SECONDS_BETWEEN_LOOKS), thread, this::follow);
        }
    }

    void atEnd(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
        ranker.close();
    }

    private void follow() {
        Instant now = Instant.now();
        if (now.isBefore(restsUntil)) {
            return;
        }
        setAside.values().removeIf(since -> since.isBefore(now.minus(ALL_AGAIN)));
        try {
            boolean all = now.isAfter(allLookedAt.plus(ALL_AGAIN));
            while (compare(now.minus(all ? OLDEST : NEWEST), config.rest())) {
                lastAtWork = Instant.now();
            }
            allLookedAt = all ? now : allLookedAt;
            if (now.isAfter(lastAtWork.plus(OPEN_WITHOUT_WORK))) {
                ranker.close();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            if (DatabaseAway.causedBy(failure)) {
                LOG.debugf("Questions are compared with the first day later: %s", failure.getMessage());
            } else {
                LOG.errorf(
                        failure, "Questions cannot be compared with the first day; tried again in %s", AFTER_FAILURE);
                restsUntil = now.plus(AFTER_FAILURE);
            }
        }
    }

    /**
     * Compares some answers since then.
     *
     * @param rest how long to pause after each, as a multiple of what it took
     * @return whether there were any
     */
    boolean compare(Instant since, int rest) throws InterruptedException {
        List<FirstDayStore.Waiting> waiting = store.waiting(since, AT_ONCE, setAside.keySet());
        for (FirstDayStore.Waiting one : waiting) {
            long started = System.nanoTime();
            try {
                compare(one);
                failuresInARow = 0;
            } catch (RuntimeException | Error failure) {
                if (!isOfTheQuestion(one, failure)) {
                    throw failure;
                }
                LOG.errorf(failure, "A question cannot be compared with the first day; the others are");
            }
            TimeUnit.NANOSECONDS.sleep(rest * (System.nanoTime() - started));
        }
        return !waiting.isEmpty();
    }

    private void compare(FirstDayStore.Waiting one) {
        Optional<FirstDayStore.Question> question = store.question(one.impression());
        if (question.isPresent()) {
            FirstDayRanker.Seen seen = ranker.look(question.get(), one.right());
            store.keep(one.impression(), seen.place(), seen.shown());
        }
    }

    /** Otherwise the next one would fail, too. Whichever it is, this question is not the first again after the pause. */
    private boolean isOfTheQuestion(FirstDayStore.Waiting one, Throwable failure) {
        if (DatabaseAway.causedBy(failure)) {
            return false;
        }
        setAside.put(one.impression(), Instant.now());
        failuresInARow = (failuresInARow + 1) % FAILURES_IN_A_ROW;
        return failuresInARow > 0 && failure instanceof RuntimeException;
    }
}
