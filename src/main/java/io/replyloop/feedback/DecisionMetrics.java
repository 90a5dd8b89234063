package io.replyloop.feedback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.replyloop.platform.WireNames;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** What agents do with suggestions, as operators see it. */
@Startup
@Singleton
class DecisionMetrics {
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    DecisionMetrics(MeterRegistry metrics) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("replyloop.feedback.decisions")
                            .description("What agents of this node did with suggestions")
                            .tag("outcome", WireNames.of(outcome))
                            .register(metrics));
        }
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) DecisionMade decision) {
        counters.get(decision.outcome()).increment();
    }
}
