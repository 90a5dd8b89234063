package io.replyloop.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sends what waits in the outbox: at once when this node has written it, and every few seconds what others have. */
@Singleton
class MailWorker {
    private static final Logger LOG = Logger.getLogger(MailWorker.class);
    private static final long STOP_SECONDS = 5;

    private final Outbox outbox;
    private final MailSender sender;
    private final MailConfig config;
    private final MeterRegistry meters;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mail"));

    /** While the server cannot be reached, not every mail asks it. */
    private Instant pausedUntil = Instant.EPOCH;

    private boolean failing;
    private volatile boolean stopped;

    MailWorker(Outbox outbox, MailSender sender, MailConfig config, MeterRegistry meters) {
        this.outbox = outbox;
        this.sender = sender;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (sender.isOn()) {
            RepeatedTask.every(config.look(), thread, this::look);
        }
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) MailQueued mail) {
        try {
            thread.execute(new RepeatedTask(this::look));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The server is stopping; what was written is mailed after the next start", stopping);
        }
    }

    private void wakeAfter(Duration pause) {
        if (!stopped) {
            thread.schedule(new RepeatedTask(this::look), pause.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private void look() {
        DatabaseAway.orLater(this::work, LOG, "mails are sent later");
    }

    private void work() {
        while (!stopped && !Instant.now().isBefore(pausedUntil)) {
            Optional<Outbox.Taken> taken;
            try {
                taken = outbox.take();
            } catch (RuntimeException failure) {
                if (DatabaseAway.causedBy(failure)) {
                    throw failure;
                }
                LOG.error("A mail cannot be read, and is tried again later", failure);
                outbox.putOffFirst();
                continue;
            }
            if (taken.isEmpty()) {
                return;
            }
            send(taken.get());
        }
    }

    private void send(Outbox.Taken mail) {
        Optional<MailFailure> failure = sender.send(mail.id(), mail.recipient(), mail.contents());
        if (failure.isEmpty()) {
            outbox.sent(mail);
            count(mail, "sent");
            if (failing) {
                LOG.info("Mails are sent again");
            }
            failing = false;
            return;
        }
        boolean givenUp = outbox.failed(mail, failure.get());
        count(mail, givenUp ? "failed" : "tried");
        if (givenUp) {
            // Without its id: that is in the Message-ID, by which a reply is taken for the customer's.
            LOG.warnf(
                    "A mail (%s) was given up: %s",
                    mail.kind().wireName(), failure.get().words());
        } else if (!failing) {
            LOG.warnf(
                    "A mail could not be sent, and will be tried again: %s",
                    failure.get().words());
        }
        if (failure.get().reach()) {
            failing = true;
            pausedUntil = Instant.now().plus(config.retryAfter());
            wakeAfter(config.retryAfter());
        }
    }

    private void count(Outbox.Taken mail, String outcome) {
        meters.counter("replyloop.mail.tries", "kind", mail.kind().wireName(), "outcome", outcome)
                .increment();
    }
}
