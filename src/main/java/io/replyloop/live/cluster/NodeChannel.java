package io.replyloop.live.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Carries messages between nodes over PostgreSQL's LISTEN and NOTIFY. Listens on a connection of its own, because a
 * pooled one must not be held; publishes through the pool, in batches.
 */
@Singleton
public final class NodeChannel {
    private static final Logger LOG = Logger.getLogger(NodeChannel.class);
    private static final String CHANNEL = "replyloop_live";
    private static final int MAX_MESSAGE_BYTES = 7_900;
    private static final int BATCH = 200;
    private static final int MAX_OUTGOING = 10_000;
    private static final int POLL_MILLIS = 1_000;
    private static final long MIN_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 5_000;
    // No socket timeout: there may be a long time between two notifications.
    private static final Map<String, String> CONNECTION_PROPERTIES = Map.of(
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

    /** Receives messages. Called on the listening thread, so it must not block. */
    public interface Listener {
        void received(String node, NodeMessage message);

        /** Listening has started or resumed; earlier messages may have been missed. */
        void listening();
    }

    private record Envelope(String node, NodeMessage message) {}

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final UnpooledConnections connections;
    private final DataSource pool;
    private final Executor executor;
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MAX_OUTGOING);
    private final LongAdder dropped = new LongAdder();
    private final RareLog droppedLog = new RareLog(Duration.ofMinutes(1));
    private final AtomicBoolean publishing = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile Connection connection;
    private Thread thread;

    public NodeChannel(UnpooledConnections connections, DataSource pool, @VirtualThreads Executor executor) {
        this.connections = connections;
        this.pool = pool;
        this.executor = executor;
    }

    /**
     * @param timeout how long the channel may receive nothing, not even its own messages, before it replaces its
     *     connection
     */
    public void start(Listener listener, Duration timeout) {
        thread = DaemonThreads.start("live-listener", () -> listen(listener, timeout));
    }

    public void stop() {
        stopped = true;
        close(connection);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Sends a message to the other nodes asynchronously. */
    public void publish(NodeMessage message) {
        if (enqueue(message) && publishing.compareAndSet(false, true)) {
            executor.execute(this::publishOutgoing);
        }
    }

    /** Sends a message on this thread; for the last message before shutdown. */
    public void publishNow(NodeMessage message) {
        enqueue(message);
        publishOutgoing();
    }

    private boolean enqueue(NodeMessage message) {
        String text;
        try {
            text = MAPPER.writeValueAsString(new Envelope(node, message));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Cannot write " + message, defect);
        }
        boolean queued = text.getBytes(StandardCharsets.UTF_8).length <= MAX_MESSAGE_BYTES && outgoing.offer(text);
        if (!queued) {
            dropped.increment();
            // A flood must not also fill the log: the other nodes find the changes in the database, in any case.
            droppedLog.say(
                    System.nanoTime(),
                    () -> LOG.warnf(
                            "Messages to the other nodes are dropped, because they are too long or too many are queued: %d so"
                                    + " far, the last a %s",
                            dropped.sum(), message.getClass().getSimpleName()));
        }
        return queued;
    }

    /** How many messages were not sent, because too many were queued or they were too long. */
    public long dropped() {
        return dropped.sum();
    }

    private void publishOutgoing() {
        do {
            try {
                for (List<String> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                    publish(batch);
                }
            } finally {
                publishing.set(false);
            }
            // A message may have been added between the last poll and the end of this run.
        } while (!outgoing.isEmpty() && publishing.compareAndSet(false, true));
    }

    private List<String> nextBatch() {
        List<String> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            String text = outgoing.poll();
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
            // The other nodes find the changes in the database, which they check regularly.
            LOG.warnf("Could not send %d messages to the other nodes: %s", batch.size(), failure.getMessage());
        }
    }

    private void listen(Listener listener, Duration timeout) {
        long backOff = MIN_BACKOFF_MILLIS;
        while (!stopped) {
            try (Connection own = connections.open(CONNECTION_PROPERTIES)) {
                connection = own;
                try (Statement statement = own.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                listener.listening();
                backOff = MIN_BACKOFF_MILLIS;
                receive(own.unwrap(PGConnection.class), listener, timeout);
                LOG.warn("Received nothing from the database for too long; reconnecting the channel between nodes");
            } catch (SQLException failure) {
                if (!stopped) {
                    LOG.warnf("Cannot receive messages of the other nodes at the moment: %s", failure.getMessage());
                    if (!DatabaseAway.causedBy(failure)) {
                        LOG.debug("Unexpected failure while listening", failure);
                    }
                }
            }
            backOff = sleep(backOff);
        }
    }

    private void receive(PGConnection own, Listener listener, Duration timeout) throws SQLException {
        long lastReceivedAt = System.nanoTime();
        while (!stopped && System.nanoTime() - lastReceivedAt < timeout.toNanos()) {
            PGNotification[] notifications = own.getNotifications(POLL_MILLIS);
            if (notifications != null && notifications.length > 0) {
                lastReceivedAt = System.nanoTime();
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
                listener.received(envelope.node(), envelope.message());
            }
        } catch (JsonProcessingException fromAnotherVersion) {
            LOG.debugf(
                    "Ignored a message that this version does not know: %s", fromAnotherVersion.getOriginalMessage());
        } catch (RuntimeException failure) {
            LOG.error("Could not handle a message of another node", failure);
        }
    }

    private long sleep(long backOff) {
        try {
            Thread.sleep(stopped ? 0 : ThreadLocalRandom.current().nextLong(backOff / 2, backOff + 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        return Math.min(backOff * 2, MAX_BACKOFF_MILLIS);
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                LOG.debugf("Could not close cleanly: %s", failure.getMessage());
            }
        }
    }
}
