package io.replyloop.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * Writes events beside the change that they tell of, in its transaction. Who wants one is asked of the database each time:
 * any memory of that on this node could be older than a webhook that was made on another one, and would lose its first
 * events. Plain JDBC, because this is on the way of every message and a query of Hibernate's would flush before it looks.
 */
@ApplicationScoped
class Outbox {
    private static final String WHO =
            "select id, texts, kinds from webhook where enabled and deleted_at is null" + " and kinds && ? order by id";

    /** Locks the order of the conversation until the commit: numbers have no gaps, and are those of the commits. */
    private static final String NUMBER = "insert into webhook_stream (webhook_id, stream, last_sequence, next_at)"
            + " values (?, ?, 1, now()) on conflict (webhook_id, stream) do update set"
            + " last_sequence = webhook_stream.last_sequence + 1,"
            + " next_at = coalesce(webhook_stream.next_at, excluded.next_at) returning last_sequence";

    private static final String WRITE = "insert into webhook_delivery (id, webhook_id, stream, sequence, kind, body,"
            + " state) values (?, ?, ?, ?, ?, ?, 'waiting')";

    private final Session session;
    private final Event<DeliveriesWritten> written;

    Outbox(Session session, Event<DeliveriesWritten> written) {
        this.session = session;
        this.written = written;
    }

    /** A webhook that wants some of what is announced. */
    record Receiver(UUID webhook, Texts texts, Set<EventType> types) {
        boolean wants(EventType type) {
            return types.contains(type);
        }
    }

    /** In the order of their ids, in which every transaction has to write. */
    List<Receiver> receivers(Collection<EventType> types) {
        return session.doReturningWork(database -> receivers(database, types));
    }

    private static List<Receiver> receivers(Connection database, Collection<EventType> types) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(WHO)) {
            statement.setArray(
                    1,
                    database.createArrayOf(
                            "text", types.stream().map(EventType::wireName).toArray()));
            ResultSet row = statement.executeQuery();
            List<Receiver> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Receiver(row.getObject(1, UUID.class), Texts.named(row.getString(2)), types((String[])
                        row.getArray(3).getArray())));
            }
            return found;
        }
    }

    private static Set<EventType> types(String[] names) {
        return Set.copyOf(List.of(names).stream().map(EventType::stored).toList());
    }

    /** @param data what a receiver is told, by how much of the texts it may have */
    void write(List<Receiver> receivers, UUID stream, EventType type, Instant at, Function<Texts, ObjectNode> data) {
        List<Receiver> wanting =
                receivers.stream().filter(one -> one.wants(type)).toList();
        if (wanting.isEmpty()) {
            return;
        }
        session.doWork(database -> {
            for (Receiver receiver : wanting) {
                write(database, receiver.webhook(), stream, type, at, data.apply(receiver.texts()));
            }
        });
        written.fire(new DeliveriesWritten());
    }

    private static void write(
            Connection database, UUID webhook, UUID stream, EventType type, Instant at, ObjectNode data)
            throws SQLException {
        long sequence;
        try (PreparedStatement statement = database.prepareStatement(NUMBER)) {
            statement.setObject(1, webhook);
            statement.setObject(2, stream);
            ResultSet row = statement.executeQuery();
            row.next();
            sequence = row.getLong(1);
        }
        try (PreparedStatement statement = database.prepareStatement(WRITE)) {
            statement.setObject(1, UUID.randomUUID());
            statement.setObject(2, webhook);
            statement.setObject(3, stream);
            statement.setLong(4, sequence);
            statement.setString(5, type.wireName());
            statement.setString(6, WebhookBodies.envelope(type, at, sequence, data));
            statement.executeUpdate();
        }
    }
}
