package io.replyloop.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.PackedVector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What is stored while a node works on an import. Every change asks first whether the import is still this node's, and still
 * in that state: somebody may have cancelled it, and another node may have taken over.
 */
@ApplicationScoped
@Transactional
class HistoryStore {
    private final Session session;
    private final ObjectMapper json;

    HistoryStore(Session session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    /** An import that this node works on. */
    record Work(UUID id, UUID worker, HistoryState state, HistoryReading reading, UUID salt, long done, int attempts) {}

    /** @param externalKey and the other keys are hashes */
    record Conversation(
            UUID id,
            int place,
            String externalKey,
            List<String> customerKeys,
            String contentKey,
            String messages,
            MessageTimes times) {}

    record Stored(UUID id, int place, String messages, MessageTimes times) {}

    /** @param place how typical of the draft */
    record AnswerRow(UUID conversation, int turn, UUID draft, UUID reply, int place) {}

    /**
     * @param conversation whose words the text is
     * @param asked whose words the title is, where it is a question
     */
    record DraftRow(
            UUID id,
            String title,
            String text,
            String language,
            boolean smallTalk,
            int uses,
            UUID conversation,
            UUID asked) {}

    /** Somebody else has the import now, or nobody wants it any more. */
    static final class NotOurs extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void progress(Work work, String step, long done, long total) {
        require(session.createNativeMutationQuery("update history_import set step_since = case when step = :step then"
                        + " step_since else now() end, step = :step, done = :done, total = :total"
                        + " where id = :id and worker = :worker and state = :state")
                .setParameter("step", step)
                .setParameter("done", done)
                .setParameter("total", total)
                .setParameter("id", work.id())
                .setParameter("worker", work.worker())
                .setParameter("state", work.state().wireName())
                .executeUpdate());
    }

    /** Where something was learned from it already, its texts stay: by them it is undone. Nothing where it is not this node's. */
    void fail(Work work, String problem) {
        if (!isOurs(work)) {
            return;
        }
        if (work.state() != HistoryState.IMPORTING) {
            removeTexts(work.id());
        }
        session.createNativeMutationQuery("update history_import set state = 'failed', problem = :problem, worker ="
                        + " null, lease_until = null, finished_at = now() where id = :id")
                .setParameter("problem", problem)
                .setParameter("id", work.id())
                .executeUpdate();
    }

    /** What an attempt that ended early has left. */
    void startReading(Work work) {
        lock(work);
        removeTexts(work.id());
    }

    void removeTexts(UUID id) {
        for (String table : List.of("history_draft", "history_vector", "history_conversation")) {
            session.createNativeMutationQuery("delete from " + table + " where import_id = :id")
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    /** @return whether each was added; not those that are there already */
    List<Boolean> add(Work work, List<Conversation> conversations) {
        lock(work);
        return session.doReturningWork(database -> {
            Set<UUID> added = new HashSet<>();
            try (PreparedStatement insert = database.prepareStatement("insert into history_conversation (id,"
                    + " import_id, place, external_key, customer_keys, content_key, messages, started_at, masked_by, said_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (content_key) do nothing")) {
                for (Conversation one : conversations) {
                    insert.setObject(1, one.id());
                    insert.setObject(2, work.id());
                    insert.setInt(3, one.place());
                    insert.setString(4, one.externalKey());
                    insert.setArray(
                            5, database.createArrayOf("text", one.customerKeys().toArray()));
                    insert.setString(6, one.contentKey());
                    insert.setString(7, one.messages());
                    Instant began = one.times().began();
                    insert.setTimestamp(8, began == null ? null : Timestamp.from(began));
                    insert.setInt(9, PersonalData.RULES);
                    insert.setArray(10, one.times().array(database));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            // The driver puts the statements of a batch together, and does not count for each.
            try (PreparedStatement select =
                    database.prepareStatement("select id from history_conversation where id = any (?)")) {
                select.setArray(
                        1,
                        database.createArrayOf(
                                "uuid",
                                conversations.stream().map(Conversation::id).toArray()));
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    added.add(row.getObject(1, UUID.class));
                }
            }
            return conversations.stream().map(one -> added.contains(one.id())).toList();
        });
    }

    /** To the next state, where the work goes on or somebody has to decide. */
    void advance(Work work, HistoryState next, HistoryReport report) {
        require(session.createNativeMutationQuery("update history_import set state = :next, report = case when"
                        + " cast(:report as text) is null then report else cast(:report as jsonb) end, step = :step,"
                        + " done = 0, total = 0, attempts = 0, step_since = now(), worker = null, lease_until = null, finished_at ="
                        + " case when :next = 'imported' then now() end"
                        + " where id = :id and worker = :worker and state = :state")
                .setParameter("next", next.wireName())
                .setParameter("report", report == null ? null : write(report))
                .setParameter("step", next.wireName())
                .setParameter("id", work.id())
                .setParameter("worker", work.worker())
                .setParameter("state", work.state().wireName())
                .executeUpdate());
    }

    HistoryReport report(UUID id) {
        return read(
                session.createNativeQuery(
                                "select cast(report as text) from history_import where id = :id", String.class)
                        .setParameter("id", id)
                        .getSingleResult(),
                HistoryReport.class);
    }

    /** Some of them, after that place. */
    List<Stored> conversations(UUID id, int after, int most) {
        return session.doReturningWork(database -> {
            List<Stored> found = new ArrayList<>();
            try (PreparedStatement select = database.prepareStatement("select id, place, messages,"
                    + " started_at, said_at from history_conversation where import_id = ? and place > ? order by"
                    + " place limit ?")) {
                select.setObject(1, id);
                select.setInt(2, after);
                select.setInt(3, most);
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    found.add(new Stored(
                            row.getObject(1, UUID.class), row.getInt(2), row.getString(3), MessageTimes.of(row)));
                }
            }
            return found;
        });
    }

    Map<String, float[]> vectors(UUID id, String encoder) {
        return session.doReturningWork(database -> {
            Map<String, float[]> found = new HashMap<>();
            try (PreparedStatement select = database.prepareStatement(
                    "select wording, vector from history_vector where import_id = ? and encoder = ?")) {
                select.setFetchSize(1_000);
                select.setObject(1, id);
                select.setString(2, encoder);
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    found.put(row.getString(1), PackedVector.unpack(row.getBytes(2)));
                }
            }
            return found;
        });
    }

    void addVectors(Work work, String encoder, Map<String, float[]> vectors) {
        lock(work);
        gotOn(work);
        session.doWork(database -> {
            try (PreparedStatement insert = database.prepareStatement(
                    "insert into history_vector (import_id, wording, encoder, vector) values (?, ?, ?, ?)"
                            + " on conflict (import_id, wording) do update set encoder = excluded.encoder,"
                            + " vector = excluded.vector")) {
                for (Map.Entry<String, float[]> one : vectors.entrySet()) {
                    insert.setObject(1, work.id());
                    insert.setString(2, one.getKey());
                    insert.setString(3, encoder);
                    insert.setBytes(4, PackedVector.pack(one.getValue()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** All at once, in place of what an attempt before has left. */
    void addFound(Work work, List<DraftRow> drafts, List<AnswerRow> answers, HistoryReport report) {
        lock(work);
        session.createNativeMutationQuery("delete from history_answer where conversation_id in"
                        + " (select id from history_conversation where import_id = :id)")
                .setParameter("id", work.id())
                .executeUpdate();
        session.createNativeMutationQuery("delete from history_draft where import_id = :id")
                .setParameter("id", work.id())
                .executeUpdate();
        session.createNativeMutationQuery("delete from history_vector where import_id = :id")
                .setParameter("id", work.id())
                .executeUpdate();
        session.doWork(database -> {
            insertDrafts(database, work.id(), drafts);
            insertAnswers(database, answers);
        });
        advance(work, HistoryState.READY, report);
    }

    private static void insertDrafts(Connection database, UUID id, List<DraftRow> drafts) throws SQLException {
        try (PreparedStatement insert =
                database.prepareStatement("insert into history_draft (id, import_id, place, title,"
                        + " text, language, small_talk, uses, state, conversation_id, asked_in,"
                        + " masked_by) values (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)")) {
            for (int place = 0; place < drafts.size(); place++) {
                DraftRow draft = drafts.get(place);
                insert.setObject(1, draft.id());
                insert.setObject(2, id);
                insert.setInt(3, place);
                insert.setString(4, draft.title());
                insert.setString(5, draft.text());
                insert.setString(6, draft.language());
                insert.setBoolean(7, draft.smallTalk());
                insert.setInt(8, draft.uses());
                insert.setObject(9, draft.conversation());
                insert.setObject(10, draft.asked());
                insert.setInt(11, PersonalData.RULES);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertAnswers(Connection database, List<AnswerRow> answers) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement(
                "insert into history_answer (conversation_id, turn, draft_id, reply_id, place) values (?, ?, ?, ?,"
                        + " ?)")) {
            int waiting = 0;
            for (AnswerRow answer : answers) {
                insert.setObject(1, answer.conversation());
                insert.setInt(2, answer.turn());
                insert.setObject(3, answer.draft());
                insert.setObject(4, answer.reply());
                insert.setInt(5, answer.place());
                insert.addBatch();
                if (++waiting % 1_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** What agents wrote in these conversations that says what a reply says: conversation, turn and reply. */
    List<AnswerRow> matched(List<UUID> conversations) {
        return session.doReturningWork(database -> {
            List<AnswerRow> found = new ArrayList<>();
            try (PreparedStatement select = database.prepareStatement("select conversation_id, turn, reply_id from"
                    + " history_answer where conversation_id = any (?) and reply_id is not null order by 1, 2")) {
                select.setArray(1, database.createArrayOf("uuid", conversations.toArray()));
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    found.add(new AnswerRow(
                            row.getObject(1, UUID.class), row.getInt(2), null, row.getObject(3, UUID.class), 0));
                }
            }
            return found;
        });
    }

    void lock(Work work) {
        if (!isOurs(work)) {
            throw new NotOurs();
        }
    }

    /** Before something is learned for good; an erasure waits for it, or it for the erasure. */
    void lockToLearn(Work work) {
        session.doWork(ErasureLock::shared);
        lock(work);
        gotOn(work);
    }

    private boolean isOurs(Work work) {
        return !session.createNativeQuery(
                        "select 1 from history_import where id = :id and worker = :worker and state = :state for"
                                + " update",
                        Integer.class)
                .setParameter("id", work.id())
                .setParameter("worker", work.worker())
                .setParameter("state", work.state().wireName())
                .getResultList()
                .isEmpty();
    }

    /** Something is done for good, so whoever comes next begins anew to count how often this is tried. */
    private void gotOn(Work work) {
        session.createNativeMutationQuery("update history_import set attempts = 1 where id = :id")
                .setParameter("id", work.id())
                .executeUpdate();
    }

    private static void require(int rows) {
        if (rows == 0) {
            throw new NotOurs();
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("A column of an import cannot be read", damaged);
        }
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
