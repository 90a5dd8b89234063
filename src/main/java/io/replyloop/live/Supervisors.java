package io.replyloop.live;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.Role;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.routing.Supervision;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows the team to admins who look at it: read once for all of them on this node, every few seconds as long as there are
 * any, and sent to each only when it has changed. The cost depends neither on how many look nor on how much happens.
 */
@Singleton
class Supervisors {
    private static final String NOTHING = "";

    private final Supervision supervision;
    private final FrameCodec codec;

    /** Who looks, and what they have seen last. */
    private final Map<AgentConnection, String> watching = new ConcurrentHashMap<>();

    Supervisors(Supervision supervision, FrameCodec codec) {
        this.supervision = supervision;
        this.codec = codec;
    }

    void watch(AgentConnection connection, boolean active) {
        if (!active) {
            watching.remove(connection);
            return;
        }
        if (connection.agent().role() != Role.ADMIN) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Only an admin sees what the whole team is doing.");
        }
        if (watching.putIfAbsent(connection, NOTHING) == null) {
            publish();
        }
        if (connection.isClosed()) {
            watching.remove(connection);
        }
    }

    @Scheduled(every = "${replyloop.routing.supervision:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        watching.keySet().removeIf(Connection::isClosed);
        try {
            publish();
        } catch (RuntimeException failure) {
            // The next look tries again.
            if (!DatabaseAway.causedBy(failure)) {
                ProblemMappers.logged(failure);
            }
        }
    }

    private void publish() {
        if (watching.isEmpty()) {
            return;
        }
        String text = codec.write(AgentFrame.Supervision.of(supervision.now()));
        watching.forEach((connection, seen) -> {
            if (!seen.equals(text) && watching.replace(connection, seen, text)) {
                connection.send(text);
            }
        });
    }
}
