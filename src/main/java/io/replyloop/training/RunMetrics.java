package io.replyloop.training;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.WireNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Runs by their state, as operators see it: the same on each node. */
@Startup
@ApplicationScoped
class RunMetrics {
    private static final Logger LOG = Logger.getLogger(RunMetrics.class);

    private final EntityManager entities;
    /** Null until they are known: none would look as if all had been deleted, and had come back with the next look. */
    private volatile Map<RunState, Long> runs;

    RunMetrics(EntityManager entities, MeterRegistry metrics) {
        this.entities = entities;
        Arrays.stream(RunState.values())
                .forEach(state -> Gauge.builder("replyloop.training.runs", this, all -> all.number(state))
                        .description("Training runs by state")
                        .tag("state", WireNames.of(state))
                        .register(metrics));
    }

    private double number(RunState state) {
        return runs == null ? Double.NaN : runs.getOrDefault(state, 0L);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void look() {
        DatabaseAway.orLater(this::count, LOG, "the figures stay as they were");
    }

    private void count() {
        Map<RunState, Long> found = new HashMap<>();
        entities.createQuery("select state, count(*) from TrainingRun group by state", Object[].class)
                .getResultList()
                .forEach(row -> found.put((RunState) row[0], (Long) row[1]));
        runs = Map.copyOf(found);
    }
}
