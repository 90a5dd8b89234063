package io.replyloop.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.RepeatedTask;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Starts and stops the live part of this node. One timer runs all of its periodic tasks. */
@Singleton
class LiveNode {
    private static final long PUBLISH_MILLIS = 250;
    private static final long TIMEOUT_CHECK_MILLIS = 1_000;
    private static final int MISSED_HEARTBEATS = 3;

    private final LiveConfig config;
    private final ConnectionLifecycle connections;
    private final ConnectionRegistry registry;
    private final Broadcaster broadcaster;
    private final AccessRevocation revocation;
    private final ClusterListener cluster;
    private final QueueUpdates queue;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("live-timer"));

    LiveNode(
            LiveConfig config,
            ConnectionLifecycle connections,
            ConnectionRegistry registry,
            Broadcaster broadcaster,
            AccessRevocation revocation,
            ClusterListener cluster,
            QueueUpdates queue) {
        this.config = config;
        this.connections = connections;
        this.registry = registry;
        this.broadcaster = broadcaster;
        this.revocation = revocation;
        this.cluster = cluster;
        this.queue = queue;
    }

    void start(@Observes StartupEvent event) {
        Duration nodeTimeout = config.heartbeat().multipliedBy(MISSED_HEARTBEATS);
        cluster.start(nodeTimeout);
        every(PUBLISH_MILLIS, broadcaster::publishChanges);
        every(TIMEOUT_CHECK_MILLIS, () -> {
            connections.closeTimedOut();
            registry.retryFailed();
        });
        every(config.queue().toMillis(), queue::publish);
        every(config.sessionCheck().toMillis(), revocation::check);
        every(config.heartbeat().toMillis(), () -> cluster.heartbeat(nodeTimeout));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        DaemonThreads.end(timer);
        connections.closeAll();
        cluster.stop();
    }

    private void every(long millis, Runnable task) {
        RepeatedTask.every(Duration.ofMillis(millis), timer, task);
    }
}
