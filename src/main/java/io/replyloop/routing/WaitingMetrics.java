package io.replyloop.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * How many customers wait, and how long. Looked at now and then rather than when somebody asks: an answer to whoever reads
 * the metrics must not wait for the database.
 */
@Startup
@Singleton
class WaitingMetrics {
    private static final Logger LOG = Logger.getLogger(WaitingMetrics.class);

    private final Supervision supervision;
    private volatile List<SupervisionView.Queue> queues = List.of();

    WaitingMetrics(Supervision supervision, MeterRegistry metrics) {
        this.supervision = supervision;
        Gauge.builder("replyloop.routing.waiting", this, WaitingMetrics::waiting)
                .description("Conversations in which a customer waits for the team, the same on each node")
                .register(metrics);
        Gauge.builder("replyloop.routing.unassigned", this, WaitingMetrics::unassigned)
                .description("Open conversations that nobody has, the same on each node")
                .register(metrics);
        Gauge.builder("replyloop.routing.longest.wait", this, WaitingMetrics::longestWait)
                .description("For how long the customer has waited who has waited longest; 0 when nobody waits")
                .baseUnit("seconds")
                .register(metrics);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(() -> queues = supervision.queues(), LOG, "the figures stay as they were");
    }

    private double waiting() {
        return queues.stream().mapToLong(SupervisionView.Queue::waiting).sum();
    }

    private double unassigned() {
        return queues.stream().mapToLong(SupervisionView.Queue::unassigned).sum();
    }

    private double longestWait() {
        return queues.stream()
                .map(SupervisionView.Queue::longest)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(since -> Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1_000.0))
                .orElse(0.0);
    }
}
