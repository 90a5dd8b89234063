package io.replyloop.dataset;

import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Stores examples from files. One is known already if there is one of the same decision with the same reply, from a
 * decision of this installation, from its imported history or from an earlier file.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ImportedExamples {
    private static final String INSERT = """
            insert into imported_example (import_id, decision_id, impression_id, conversation_id, query, reply_id,
                reply_text, label, original_label, excluded, created_at, masked_by, source_id, agent_id, outcome,
                position, shown, model_number, reply_version)
            select cast(? as uuid), cast(? as uuid), cast(? as uuid), cast(? as uuid), cast(? as text), cast(? as uuid),
                given.reply, cast(? as float8), cast(? as float8), cast(? as boolean), cast(? as timestamptz),
                cast(? as smallint), cast(? as text), cast(? as uuid), cast(? as text), cast(? as int),
                cast(? as boolean), cast(? as bigint), cast(? as int)
            from (values (cast(? as text), cast(? as uuid))) as given (reply, decision)
            where not exists (select from example e
                where e.decision_id = given.decision and md5(e.reply_text) = md5(given.reply))
                and not exists (select from past_example p
                where p.impression_id = given.decision and md5(p.reply_text) = md5(given.reply))
            on conflict do nothing""";

    private static final String SIDE = "insert into imported_conversation (id, side) values (?, ?)"
            + " on conflict (id) do update set side = coalesce(imported_conversation.side, excluded.side)";

    private final Session session;
    private final DatasetService snapshots;

    ImportedExamples(Session session, DatasetService snapshots) {
        this.session = session;
        this.snapshots = snapshots;
    }

    /**
     * An example of a file.
     *
     * @param impression examples of one question have the same
     * @param query and the reply's text are masked already: while they are stored, others wait
     * @param side train, dev or test; null for none yet
     * @param sourceId its id where it comes from
     */
    public record Line(
            String sourceId,
            UUID conversation,
            UUID decision,
            UUID impression,
            String query,
            UUID reply,
            String replyText,
            Integer replyVersion,
            double label,
            Double originalLabel,
            boolean excluded,
            Instant createdAt,
            UUID agent,
            String outcome,
            Integer position,
            Boolean shown,
            Long model,
            String side) {}

    /** Before its examples. */
    public void begin(UUID id, String fileName, UUID by) {
        session.createNativeMutationQuery("insert into dataset_import (id, file_name, examples, imported_by)"
                        + " values (:id, :name, 0, :by)")
                .setParameter("id", id)
                .setParameter("name", fileName)
                .setParameter("by", by)
                .executeUpdate();
    }

    /** @return how many of them are new */
    public int add(UUID id, List<Line> lines) {
        return session.doReturningWork(database -> {
            sides(database, lines);
            return examples(database, id, lines);
        });
    }

    public void end(UUID id, int examples) {
        session.createNativeMutationQuery("update dataset_import set examples = :examples where id = :id")
                .setParameter("examples", examples)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Those of these conversations that were erased, or of which something was taken: nothing of them comes back. */
    public Set<UUID> erased(Set<UUID> conversations) {
        return new HashSet<>(session.createNativeQuery(
                        "select conversation_id from snapshot_example where erased_at is not null"
                                + " and conversation_id = any(:ids)"
                                + " union select id from erased_conversation where id = any(:ids)",
                        UUID.class)
                .setParameter("ids", conversations.toArray(UUID[]::new))
                .getResultList());
    }

    /** The ids of what a file has added, for whoever keeps something about them. */
    public List<Long> of(UUID id) {
        return session.createNativeQuery("select id from imported_example where import_id = :id", Long.class)
                .setParameter("id", id)
                .getResultList();
    }

    /** Takes the texts of what a file has added out of every snapshot for good, as an erasure does. Before it is undone. */
    public void erase(UUID id) {
        snapshots.eraseExamples(of(id));
    }

    /**
     * Takes back what a file has added; snapshots stay as they are.
     *
     * @return false if there is no such import, or it is taken back already
     */
    public boolean undo(UUID id, UUID by) {
        int undone = session.createNativeMutationQuery("update dataset_import set undone_by = :by,"
                        + " undone_at = clock_timestamp() where id = :id and undone_at is null")
                .setParameter("by", by)
                .setParameter("id", id)
                .executeUpdate();
        session.createNativeMutationQuery("delete from imported_example where import_id = :id")
                .setParameter("id", id)
                .executeUpdate();
        session.createNativeMutationQuery("delete from imported_conversation c where not exists ("
                        + "select from imported_example e where e.conversation_id = c.id)")
                .executeUpdate();
        return undone > 0;
    }

    /** A file that was imported. */
    public record File(UUID id, String name, int examples, UUID by, Instant at, Instant undoneAt) {}

    /** Newest first. */
    public List<File> files(int most) {
        List<Tuple> rows = session.createNativeQuery(
                        "select id, file_name, examples, imported_by, imported_at,"
                                + " undone_at from dataset_import order by imported_at desc limit :most",
                        Tuple.class)
                .setParameter("most", most)
                .getResultList();
        return rows.stream()
                .map(row -> new File(
                        row.get("id", UUID.class),
                        row.get("file_name", String.class),
                        row.get("examples", Integer.class),
                        row.get("imported_by", UUID.class),
                        row.get("imported_at", Instant.class),
                        row.get("undone_at", Instant.class)))
                .toList();
    }

    private static void sides(Connection database, List<Line> lines) throws SQLException {
        Set<UUID> known = new HashSet<>();
        // Always in the same order, so that two imports at a time wait for each other and no more.
        List<Line> sorted = new ArrayList<>(lines);
        sorted.sort((one, other) -> one.conversation().compareTo(other.conversation()));
        try (PreparedStatement side = database.prepareStatement(SIDE)) {
            for (Line line : sorted) {
                if (known.add(line.conversation())) {
                    side.setObject(1, line.conversation());
                    side.setString(2, line.side());
                    side.addBatch();
                }
            }
            side.executeBatch();
        }
    }

    private static int examples(Connection database, UUID id, List<Line> lines) throws SQLException {
        int added = 0;
        try (PreparedStatement insert = database.prepareStatement(INSERT)) {
            for (Line line : lines) {
                Object[] values = {
                    id,
                    line.decision(),
                    line.impression(),
                    line.conversation(),
                    line.query(),
                    line.reply(),
                    line.label(),
                    line.originalLabel(),
                    line.excluded(),
                    Timestamp.from(line.createdAt()),
                    PersonalData.RULES,
                    line.sourceId(),
                    line.agent(),
                    line.outcome(),
                    line.position(),
                    line.shown(),
                    line.model(),
                    line.replyVersion(),
                    line.replyText(),
                    line.decision()
                };
                for (int i = 0; i < values.length; i++) {
                    set(insert, i + 1, values[i]);
                }
                insert.addBatch();
            }
            for (int count : insert.executeBatch()) {
                added += Math.max(0, count);
            }
        }
        return added;
    }

    private static void set(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else {
            statement.setObject(at, value);
        }
    }
}
