package io.replyloop.correspondence;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for answers that nobody has seen, and into the mailbox; the latter may take long, so each has a thread. */
@Singleton
class CorrespondenceWork {
    private static final Logger LOG = Logger.getLogger(CorrespondenceWork.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 5;

    private final UnreadAnswers answers;
    private final Mailbox mailbox;
    private final CorrespondenceConfig config;
    private final ScheduledExecutorService sending =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("unread-answers"));
    private final ScheduledExecutorService reading =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mailbox"));
    private volatile boolean stopped;

    CorrespondenceWork(UnreadAnswers answers, Mailbox mailbox, CorrespondenceConfig config) {
        this.answers = answers;
        this.mailbox = mailbox;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (answers.areMailed()) {
            RepeatedTask.every(LOOK, sending, this::mailAnswers);
        }
        if (mailbox.isRead()) {
            RepeatedTask.every(config.imap().every(), reading, this::readMailbox);
        }
    }

    void mailAnswers() {
        DatabaseAway.orLater(
                () -> {
                    while (!stopped && mailOne()) {
                        LOG.debug("Unread answers were looked at");
                    }
                },
                LOG,
                "unread answers are mailed later");
    }

    /** One that cannot be mailed keeps no other from it. */
    private boolean mailOne() {
        try {
            return answers.mailOne();
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.error("Unread answers of a conversation cannot be mailed, and are tried again later", failure);
            answers.putOffFirst();
            return true;
        }
    }

    void readMailbox() {
        DatabaseAway.orLater(mailbox::read, LOG, "the mailbox is read later");
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        for (ScheduledExecutorService thread : List.of(sending, reading)) {
            thread.shutdown();
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        }
    }
}
