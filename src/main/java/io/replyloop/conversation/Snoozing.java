package io.replyloop.conversation;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings snoozed conversations back when their time has come. What is due stands in the database, so a node that was off
 * catches up after its start, and of several nodes any may be the first.
 */
@Singleton
class Snoozing {
    private static final Logger LOG = Logger.getLogger(Snoozing.class);
    private static final int BATCH = 100;

    private final InboxActs acts;

    /** Those that could not be woken the last time. */
    private final Set<UUID> failing = ConcurrentHashMap.newKeySet();

    Snoozing(InboxActs acts) {
        this.acts = acts;
    }

    @Scheduled(every = "${replyloop.inbox.wake-check:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(this::wakeDue, LOG, "snoozed conversations come back when it does");
    }

    /**
     * Each in a transaction of its own, so that one that cannot be woken keeps no other one asleep. It is tried again each time,
     * and told once.
     */
    void wakeDue() {
        List<UUID> due = acts.due(BATCH + failing.size());
        failing.retainAll(due);
        for (UUID conversation : due) {
            try {
                acts.wake(conversation);
                failing.remove(conversation);
            } catch (RuntimeException failure) {
                if (DatabaseAway.causedBy(failure)) {
                    throw failure;
                }
                boolean isErased = failure instanceof Problem gone && gone.code() == ProblemCode.NOT_FOUND;
                if (!isErased && failing.add(conversation)) {
                    LOG.errorf(failure, "Conversation %s could not be brought back; it is tried again", conversation);
                }
            }
        }
    }
}
