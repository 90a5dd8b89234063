package io.replyloop.webhooks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.webhooks.DeliveryQueue.Backlog;
import io.replyloop.webhooks.DeliveryQueue.Due;
import io.replyloop.webhooks.DeliveryQueue.Ready;
import io.replyloop.webhooks.DeliveryQueue.Settled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends what waits in the outbox. Every node has one. It is woken when something was written on its own node, and looks by
 * itself for what others have left. Each webhook has a few threads at most, which no other one can take up: a receiver that
 * hangs holds up itself alone.
 */
@ApplicationScoped
class DeliveryWorker {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    /** At a time, to a receiver that has taken nothing for a while: one may hang without keeping the other from noticing. */
    private static final int WHILE_DOWN = 2;

    /** Of one conversation before others have their turn. */
    private static final int IN_A_ROW = 20;

    private static final long COUNTED_EVERY = Duration.ofSeconds(15).toNanos();
    private static final long GRACE_MILLIS = 5_000;

    private final DeliveryQueue queue;
    private final WebhookClient client;
    private final MeterRegistry metrics;
    private final int atATime;
    private final long lookMillis;
    private final Semaphore woken = new Semaphore(0);
    private final Map<UUID, Integer> busy = new ConcurrentHashMap<>();
    private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders = Executors.newCachedThreadPool(DaemonThreads.named("webhook-sender"));
    private volatile boolean stopped;
    private volatile Backlog backlog = new Backlog(0, 0);
    private long counted = System.nanoTime() - COUNTED_EVERY;
    private Thread thread;

    DeliveryWorker(DeliveryQueue queue, WebhookClient client, WebhooksConfig config, MeterRegistry metrics) {
        this.queue = queue;
        this.client = client;
        this.metrics = metrics;
        atATime = config.atATime();
        lookMillis = config.look().toMillis();
        Gauge.builder("replyloop.webhooks.waiting", this, worker -> worker.backlog.waiting())
                .description("Events in the outbox that no receiver has taken yet")
                .register(metrics);
        Gauge.builder("replyloop.webhooks.oldest", this, worker -> worker.backlog.oldestSeconds())
                .description("Age of the oldest event in the outbox")
                .baseUnit("seconds")
                .register(metrics);
    }

    void atStart(@Observes StartupEvent start) {
        start();
    }

    void atEnd(@Observes ShutdownEvent end) throws InterruptedException {
        stop();
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeliveriesWritten written) {
        wake();
    }

    void start() {
        thread = DaemonThreads.start("webhook-deliveries", this::work);
    }

    /** What is being sent comes to its end, and is stored; whatever does not within a moment is sent again by another node. */
    void stop() throws InterruptedException {
        stopped = true;
        wake();
        if (thread != null) {
            thread.join(GRACE_MILLIS);
        }
        senders.shutdown();
        senders.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void wake() {
        woken.release();
    }

    private void work() {
        while (!stopped) {
            try {
                if (woken.tryAcquire(lookMillis, TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
                if (!stopped) {
                    look();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | AssertionError failure) {
                survived(failure, "Cannot look for what is to be sent to webhooks");
            }
        }
    }

    private void look() {
        for (Ready ready : queue.ready()) {
            int most = ready.down() ? Math.min(WHILE_DOWN, atATime) : atATime;
            int free = most - busy.getOrDefault(ready.webhook(), 0);
            if (free > 0) {
                claim(ready.webhook(), free);
            }
        }
        if (System.nanoTime() - counted >= COUNTED_EVERY) {
            backlog = queue.backlog();
            counted = System.nanoTime();
        }
    }

    /** One that cannot be read, because the key of its secret is missing for instance, keeps no other from being sent to. */
    private void claim(UUID webhook, int free) {
        try {
            queue.claim(webhook, free).forEach(this::begin);
            unreadable.remove(webhook);
        } catch (RuntimeException failure) {
            if (DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            if (unreadable.add(webhook)) {
                LOG.errorf(failure, "Nothing can be sent to webhook %s, which is tried again and again", webhook);
            }
        }
    }

    private void begin(Due due) {
        busy.merge(due.webhook(), 1, Integer::sum);
        senders.execute(() -> {
            try {
                sendAll(due);
            } catch (RuntimeException | AssertionError failure) {
                // The claim runs out, and it is sent again.
                survived(failure, "What came of a delivery cannot be stored");
            } finally {
                busy.computeIfPresent(due.webhook(), (webhook, sending) -> sending == 1 ? null : sending - 1);
                wake();
            }
        });
    }

    private void sendAll(Due first) {
        Due due = first;
        for (int sent = 1; due != null; sent++) {
            Answer answer = client.send(due.sending());
            Settled settled = queue.settle(due, answer, sent < IN_A_ROW && !stopped);
            count(answer, settled);
            if (settled.recovered()) {
                queue.resume(due.webhook());
            }
            due = settled.next().orElse(null);
        }
    }

    private void count(Answer answer, Settled settled) {
        String outcome = answer.delivered() ? "delivered" : settled.state() == DeliveryState.DEAD ? "dead" : "failed";
        metrics.timer("replyloop.webhooks.deliveries", Tags.of("outcome", outcome))
                .record(answer.millis(), TimeUnit.MILLISECONDS);
    }

    private static void survived(Throwable failure, String what) {
        if (DatabaseAway.causedBy(failure)) {
            LOG.debugf("%s while the database is away: %s", what, failure.getMessage());
        } else {
            LOG.errorf(failure, "%s; it will be tried again", what);
        }
    }
}
