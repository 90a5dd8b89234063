package io.replyloop.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.replyloop.live.cluster.NodeChannel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What operators see of the sockets of this node. */
@Startup
@Singleton
class LiveMetrics {
    private final Timer ofCustomers;
    private final Timer ofAgents;

    LiveMetrics(ConnectionRegistry registry, NodeChannel channel, MeterRegistry metrics) {
        sockets("customer", registry, ConnectionRegistry::customerCount, metrics);
        sockets("agent", registry, ConnectionRegistry::agentCount, metrics);
        FunctionCounter.builder("replyloop.live.notifications.dropped", channel, NodeChannel::dropped)
                .description("Messages to other nodes that were not sent; they find the changes a little later")
                .register(metrics);
        ofCustomers = acknowledgement("customer", metrics);
        ofAgents = acknowledgement("agent", metrics);
    }

    private static void sockets(
            String side,
            ConnectionRegistry registry,
            ToDoubleFunction<ConnectionRegistry> count,
            MeterRegistry metrics) {
        Gauge.builder("replyloop.live.sockets", registry, count)
                .description("Open sockets of this node")
                .tag("side", side)
                .register(metrics);
    }

    private static Timer acknowledgement(String side, MeterRegistry metrics) {
        return Timer.builder("replyloop.live.acknowledgement")
                .description("From a message received to its acknowledgement, after the commit")
                .tag("side", side)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(metrics);
    }

    void acknowledgedCustomer(long nanos) {
        ofCustomers.record(nanos, TimeUnit.NANOSECONDS);
    }

    void acknowledgedAgent(long nanos) {
        ofAgents.record(nanos, TimeUnit.NANOSECONDS);
    }
}
