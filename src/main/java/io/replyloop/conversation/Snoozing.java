package io.replyloop.conversation;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
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

    Snoozing(InboxActs acts) {
        this.acts = acts;
    }

    @Scheduled(every = "${replyloop.inbox.wake-check:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            wakeDue();
        } catch (RuntimeException failure) {
            if (!DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.debugf("The database is away; snoozed conversations come back when it does: %s", failure.getMessage());
        }
    }

    /** Each in a transaction of its own, so that one that cannot be woken keeps no other one asleep. */
    void wakeDue() {
        List<UUID> due = acts.due(BATCH);
        for (UUID conversation : due) {
            try {
                acts.wake(conversation);
            } catch (Problem gone) {
                // Erased since.
                if (gone.code() != ProblemCode.NOT_FOUND) {
                    throw gone;
                }
            }
        }
    }
}
