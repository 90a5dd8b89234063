package io.replyloop.live.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.platform.DatabaseAway;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Carries messages between nodes by PostgreSQL's LISTEN and NOTIFY. Listens on a plain connection of its own, because a
 * pooled one must not be kept; says things through the pool, several at a time.
 */
public final class NodeChannel {
    private static final Logger LOG = Logger.getLogger(NodeChannel.class);
    private static final String CHANNEL = "replyloop_live";
    private static final int LONGEST_MESSAGE = 7_900;
    private static final int BATCH = 200;
    private static final int MOST_WAITING = 10_000;
    private static final int POLL_MILLIS = 1_000;
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    // Between two notifications nothing is read for a long time, and that is no trouble.
    private static final Map<String, String> OWN = Map.of(
            "ApplicationName",
            "replyloop-live",
            "tcpKeepAlive",
            "true",
            "connectTimeout",
            "5",
            "loginTimeout",
            "5",
            "socketTimeout",
            "0");
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** What happens with what is heard; called on the listening thread, so it may not wait. */
    public interface Listener {
        void heard(String node, NodeMessage message);

        /** Listening has begun, or begun again: whatever was said before may have been missed. */
        void listening();
    }

    private record Envelope(String node, NodeMessage message) {}

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final UnpooledConnections connections;
    private final DataSource pool;
    private final Executor executor;
    private final Duration silence;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean publishing = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile Connection connection;
    private Thread thread;

    /** @param silence after so long without hearing even itself, the channel takes its connection for dead */
    public NodeChannel(UnpooledConnections connections, DataSource pool, Executor executor, Duration silence) {
        this.connections = connections;
        this.pool = pool;
        this.executor = executor;
        this.silence = silence;
    }

    String node() {
        return node;
    }

    public void start(Listener listener) {
        thread = new Thread(() -> listen(listener), "live-listen");
        thread.setDaemon(true);
        thread.start();
    }

    public void stop() {
        stopped = true;
        close(connection);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Says something to the other nodes, soon. */
    public void publish(NodeMessage message) {
        if (enqueue(message) && publishing.compareAndSet(false, true)) {
            executor.execute(this::publishWaiting);
        }
    }

    /** Says something now, on this thread; for the last word before the end. */
    public void publishNow(NodeMessage message) {
        enqueue(message);
        publishWaiting();
    }

    private boolean enqueue(NodeMessage message) {
        String text;
        try {
            text = MAPPER.writeValueAsString(new Envelope(node, message));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Cannot write " + message, defect);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE || waiting.size() >= MOST_WAITING) {
            LOG.warnf("Not told to the other nodes, too long or too many waiting: %s", message.getClass());
            return false;
        }
        return waiting.add(text);
    }

    private void publishWaiting() {
        do {
            try {
                for (List<String> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                    publish(batch);
                }
            } finally {
                publishing.set(false);
            }
            // Something may have come between the last look and the end of this turn.
        } while (!waiting.isEmpty() && publishing.compareAndSet(false, true));
    }

    private List<String> nextBatch() {
        List<String> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            String text = waiting.poll();
            if (text == null) {
                break;
            }
            batch.add(text);
        }
        return batch;
    }

    private void publish(List<String> batch) {
        try (Connection pooled = pool.getConnection();
                PreparedStatement statement =
                        pooled.prepareStatement("select pg_notify(?, message) from unnest(?) as message")) {
            statement.setString(1, CHANNEL);
            statement.setArray(2, pooled.createArrayOf("text", batch.toArray()));
            statement.execute();
        } catch (SQLException failure) {
            // The others find out when they look into the database, which they do from time to time.
            LOG.warnf("%d messages not told to the other nodes: %s", batch.size(), failure.getMessage());
        }
    }

    private void listen(Listener listener) {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!stopped) {
            try (Connection own = connections.open(OWN)) {
                connection = own;
                try (Statement statement = own.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                listener.listening();
                pause = SHORTEST_PAUSE_MILLIS;
                hear(own.unwrap(PGConnection.class), listener);
                LOG.warn("Nothing heard from the database for too long; listening anew");
            } catch (SQLException failure) {
                if (!stopped) {
                    LOG.warnf("Not listening to the other nodes for the moment: %s", failure.getMessage());
                    if (!DatabaseAway.causedBy(failure)) {
                        LOG.debug("Unexpected while listening", failure);
                    }
                }
            }
            pause = rest(pause);
        }
    }

    private void hear(PGConnection own, Listener listener) throws SQLException {
        long heardAt = System.nanoTime();
        while (!stopped && System.nanoTime() - heardAt < silence.toNanos()) {
            PGNotification[] notifications = own.getNotifications(POLL_MILLIS);
            if (notifications != null && notifications.length > 0) {
                heardAt = System.nanoTime();
                for (PGNotification notification : notifications) {
                    dispatch(notification.getParameter(), listener);
                }
            }
        }
    }

    private void dispatch(String text, Listener listener) {
        try {
            Envelope envelope = MAPPER.readValue(text, Envelope.class);
            if (!node.equals(envelope.node())) {
                listener.heard(envelope.node(), envelope.message());
            }
        } catch (JsonProcessingException fromAnotherVersion) {
            LOG.debugf("A message that this version does not know: %s", fromAnotherVersion.getOriginalMessage());
        } catch (RuntimeException failure) {
            LOG.error("A message of another node could not be handled", failure);
        }
    }

    private long rest(long pause) {
        try {
            Thread.sleep(stopped ? 0 : ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
        } catch (InterruptedException woken) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        return Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                LOG.debugf("Not closed cleanly: %s", failure.getMessage());
            }
        }
    }
}
