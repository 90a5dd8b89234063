package io.replyloop.live;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.frames.AgentFrame;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.routing.Availability;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Reports which agents have a console connected to this node, and tells their consoles what is known of them: one that is
 * connected to another node learns with its next report that its agent is away.
 */
@Singleton
class AgentsThere {
    private final ConnectionRegistry registry;
    private final Availability availability;
    private final Executor executor;

    AgentsThere(ConnectionRegistry registry, Availability availability, @VirtualThreads Executor executor) {
        this.registry = registry;
        this.availability = availability;
        this.executor = executor;
    }

    void connected(AgentConnection connection) {
        executor.execute(() -> report(List.of(connection)));
    }

    @Scheduled(every = "${replyloop.routing.report:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void report() {
        report(registry.agents());
    }

    /** What an agent says of themselves, in one of their consoles. */
    void say(SignedInAgent agent, boolean away) {
        availability.say(agent.id(), away);
        registry.agents().stream()
                .filter(connection -> connection.agent().id().equals(agent.id()))
                .forEach(connection -> tell(connection, away));
    }

    private void report(Collection<AgentConnection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        Set<UUID> agents = new HashSet<>();
        connections.forEach(connection -> agents.add(connection.agent().id()));
        try {
            List<UUID> away = availability.seen(agents);
            connections.forEach(connection ->
                    tell(connection, away.contains(connection.agent().id())));
        } catch (RuntimeException failure) {
            // The next report says it again.
            if (!DatabaseAway.causedBy(failure)) {
                ProblemMappers.logged(failure);
            }
        }
    }

    private static void tell(AgentConnection connection, boolean away) {
        if (connection.updateAway(away)) {
            connection.send(new AgentFrame.Availability(away));
        }
    }
}
