package io.replyloop.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.history.HistoryStore.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** Which node works on which import, and until when nobody else does. */
@ApplicationScoped
@Transactional
class HistoryLeases {
    /** Of the database, while a node looks for work: the letters of 'history'. */
    private static final long LOCK = 0x686973746f7279L;

    private final Session session;
    private final ObjectMapper json;

    HistoryLeases(Session session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    /**
     * Takes an import that nobody works on, or whose node gives no sign of life; those that were tried least first.
     *
     * @param readable those whose files the node has
     * @param again whether also one that was being read when a node ended
     */
    Optional<Work> claim(UUID worker, Duration lease, List<UUID> readable, boolean again) {
        return session.doReturningWork(database -> {
            try (PreparedStatement inTurn = database.prepareStatement("select pg_advisory_xact_lock(?)");
                    PreparedStatement claim = database.prepareStatement("""
                update history_import set worker = ?, lease_until = now() + ? * interval '1 second',
                    attempts = attempts + 1
                where id = (select id from history_import
                    where (state in ('analysing', 'importing')
                            or state = 'reading' and id = any (?) and (attempts = 0 or ?))
                        and (lease_until is null or lease_until < now())
                        and not exists (select from history_import other
                            where other.lease_until > now()
                                and other.state in ('reading', 'analysing', 'importing'))
                    order by attempts, number limit 1 for update skip locked)
                returning id, state, reading, salt, done, attempts\
                """)) {
                // Two nodes at once would each find that nobody works on anything.
                inTurn.setLong(1, LOCK);
                inTurn.executeQuery();
                claim.setObject(1, worker);
                claim.setLong(2, lease.toSeconds());
                claim.setArray(3, database.createArrayOf("uuid", readable.toArray()));
                claim.setBoolean(4, again);
                ResultSet row = claim.executeQuery();
                return row.next()
                        ? Optional.of(new Work(
                                row.getObject(1, UUID.class),
                                worker,
                                HistoryState.named(row.getString(2)),
                                reading(row.getString(3)),
                                row.getObject(4, UUID.class),
                                row.getLong(5),
                                row.getInt(6)))
                        : Optional.empty();
            }
        });
    }

    /** Which of these imports a node has still to read, and which there are. */
    UploadedFiles.Wanted wanted(List<UUID> imports) {
        return session.doReturningWork(database -> {
            Set<UUID> unread = new HashSet<>();
            Set<UUID> known = new HashSet<>();
            try (PreparedStatement select =
                    database.prepareStatement("select id, state = 'reading' from history_import where id = any (?)")) {
                select.setArray(1, database.createArrayOf("uuid", imports.toArray()));
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    known.add(row.getObject(1, UUID.class));
                    if (row.getBoolean(2)) {
                        unread.add(row.getObject(1, UUID.class));
                    }
                }
            }
            return new UploadedFiles.Wanted(unread, known);
        });
    }

    boolean renew(Work work, Duration lease) {
        return session.createNativeMutationQuery("update history_import set lease_until = now() + :lease * interval"
                                + " '1 second' where id = :id and worker = :worker and state = :state")
                        .setParameter("lease", lease.toSeconds())
                        .setParameter("id", work.id())
                        .setParameter("worker", work.worker())
                        .setParameter("state", work.state().wireName())
                        .executeUpdate()
                == 1;
    }

    void release(UUID id, UUID worker) {
        session.createNativeMutationQuery(
                        "update history_import set worker = null, lease_until = null where id = :id and worker ="
                                + " :worker")
                .setParameter("id", id)
                .setParameter("worker", worker)
                .executeUpdate();
    }

    /** Of a node that stops in the middle: that is no fault of the file, and does not count as a try. */
    void standBack(Work work) {
        session.createNativeMutationQuery("update history_import set worker = null, lease_until = null,"
                        + " attempts = greatest(attempts - 1, 0) where id = :id and worker = :worker")
                .setParameter("id", work.id())
                .setParameter("worker", work.worker())
                .executeUpdate();
    }

    private HistoryReading reading(String text) {
        try {
            return json.readValue(text, HistoryReading.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("A column of an import cannot be read", damaged);
        }
    }
}
