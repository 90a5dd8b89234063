package io.replyloop.search;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Makes messages searchable after they are stored, so that nobody's message waits for it, several in one transaction.
 * What a node could not add, because it ended or the database was away, is added by the look at the last minutes.
 */
@Singleton
class MessageFollower {
    private static final Logger LOG = Logger.getLogger(MessageFollower.class);
    private static final int WAITING = 10_000;
    private static final int AT_ONCE = 500;
    private static final long BETWEEN_MILLIS = 300;
    private static final long BETWEEN_LOOKS_SECONDS = 300;
    private static final long FIRST_LOOK_SECONDS = 1;

    private final MessageIndex index;
    private final BlockingQueue<ConversationEventView> stored = new ArrayBlockingQueue<>(WAITING);
    /** Being added, in one thread. */
    private final List<ConversationEventView> taken = new ArrayList<>();

    /** One, so that what is new and what is looked up again never wait for each other's rows. */
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.inTheBackground("message-search"));

    MessageFollower(MessageIndex index) {
        this.index = index;
    }

    void atStart(@Observes StartupEvent event) {
        RepeatedTask.every(Duration.ofMillis(BETWEEN_MILLIS), thread, this::addStored);
        thread.schedule(this::catchUp, FIRST_LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void atEnd(@Observes ShutdownEvent event) {
        DaemonThreads.end(thread);
    }

    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        if (Source.isSearchable(advanced.event())) {
            // When there are more than that, the next look adds the others.
            stored.offer(advanced.event());
        }
    }

    private void addStored() {
        do {
            stored.drainTo(taken, AT_ONCE - taken.size());
            try {
                index.add(taken);
            } catch (RuntimeException failure) {
                if (DatabaseAway.causedBy(failure)) {
                    LOG.debugf("Messages become searchable later: %s", failure.getMessage());
                    return;
                }
                LOG.error("Messages could not be made searchable; the next look tries them again", failure);
            }
            taken.clear();
        } while (!stored.isEmpty());
    }

    /** Step by step, so that what is new is added in between. */
    private void catchUp() {
        boolean isMore = false;
        try {
            isMore = index.catchUp();
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                LOG.debugf("Messages are looked at later: %s", failure.getMessage());
            } else {
                LOG.errorf(
                        failure,
                        "Messages that may be missing in the search could not be looked at; tried again in %d s",
                        BETWEEN_LOOKS_SECONDS);
            }
        }
        if (!thread.isShutdown()) {
            thread.schedule(this::catchUp, isMore ? 0 : BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
