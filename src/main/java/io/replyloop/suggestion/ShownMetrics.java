package io.replyloop.suggestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/** How many replies are suggested for a question, as operators see it: none when the models are unsure. */
@Startup
@Singleton
class ShownMetrics {
    private static final int MOST = 3;

    private final List<Counter> counters;

    ShownMetrics(MeterRegistry metrics) {
        counters = IntStream.rangeClosed(0, MOST)
                .mapToObj(number -> Counter.builder("replyloop.suggestion.shown")
                        .description("Questions by how many replies were suggested; none means silence")
                        .tag("replies", Integer.toString(number))
                        .register(metrics))
                .toList();
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuggestionsReady ready) {
        counters.get(Math.min(MOST, ready.suggestions().items().size())).increment();
    }
}
