package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The table of answered questions. */
@ApplicationScoped
class AnsweredQuestions {
    private static final int BATCH = 500;
    /** Per reply. */
    private static final int REJECTIONS_KEPT = 50;

    private final EntityManager entities;

    AnsweredQuestions(EntityManager entities) {
        this.entities = entities;
    }

    /** A question to be stored; nothing is added if its source and id exist already. */
    record Row(UUID reply, AnsweredQuestion question, String source, String sourceId, long revision) {}

    /** The id by which an import recognises that a question of this reply exists already. */
    static String sourceId(UUID reply, AnsweredQuestion question) {
        return reply + ":" + ReplyText.key(question.text() + "\n" + question.context());
    }

    void add(List<Row> rows) {
        entities.unwrap(Session.class).doWork(connection -> {
            try (var insert = connection.prepareStatement("insert into answered_question"
                    + " (reply_id, question, context, earlier, source, source_id, revision, masked, masked_by)"
                    + " values (?, ?, ?, ?, ?, ?, ?, true, ?)"
                    + " on conflict (source, source_id) do nothing")) {
                int waiting = 0;
                for (Row row : rows) {
                    insert.setObject(1, row.reply());
                    insert.setString(2, row.question().text());
                    insert.setString(3, row.question().context());
                    insert.setString(4, row.question().earlier());
                    insert.setString(5, row.source());
                    insert.setString(6, row.sourceId());
                    insert.setLong(7, row.revision());
                    insert.setInt(8, PersonalData.RULES);
                    insert.addBatch();
                    if (++waiting % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
        });
    }

    /**
     * Adds the question of a decision and takes the next revision for it, in one statement. Every agent's answer takes
     * the lock of the revision, so only the commit should follow.
     *
     * @return the revision; empty if the decision's question exists already
     */
    OptionalLong addAnswer(UUID reply, AnsweredQuestion question, UUID decision) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var insert = connection.prepareStatement("with step as (update knowledge_revision set revision ="
                    + " revision + 1 returning revision) insert into answered_question (reply_id, question, context,"
                    + " earlier, source, source_id, revision, masked, masked_by) select ?, ?, ?, ?, 'decision', ?,"
                    + " revision, true, ? from step on conflict (source, source_id) do nothing returning revision")) {
                insert.setObject(1, reply);
                insert.setString(2, question.text());
                insert.setString(3, question.context());
                insert.setString(4, question.earlier());
                insert.setString(5, decision.toString());
                insert.setInt(6, PersonalData.RULES);
                try (var row = insert.executeQuery()) {
                    return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    /**
     * @param questions answered ones
     * @param revision the knowledge revision afterwards; 0 if there was nothing that an index could hold
     */
    record Erased(int questions, long revision) {}

    /** Deletes what these decisions and drafts from that conversation have taught. */
    Erased erase(List<UUID> decisions, UUID conversation) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var answered = connection.prepareStatement(
                            "delete from answered_question where source = 'decision' and source_id = any (?)"
                                    + " or source = 'import' and source_id like ?");
                    var rejected =
                            connection.prepareStatement("delete from rejected_question where decision = any (?)");
                    var step = connection.prepareStatement(
                            "update knowledge_revision set revision = revision + 1, erasures = erasures + 1"
                                    + " returning revision")) {
                answered.setArray(
                        1,
                        connection.createArrayOf(
                                "text", decisions.stream().map(UUID::toString).toArray()));
                answered.setString(2, AskedQuestion.SOURCE + conversation + ":%");
                rejected.setArray(1, connection.createArrayOf("uuid", decisions.toArray()));
                int questions = answered.executeUpdate();
                if (questions + rejected.executeUpdate() == 0) {
                    return new Erased(0, 0);
                }
                try (var row = step.executeQuery()) {
                    row.next();
                    return new Erased(questions, row.getLong(1));
                }
            }
        });
    }

    RememberedDecision ofDecision(UUID decision) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var select = connection.prepareStatement("select (select reply_id from answered_question"
                    + " where source = 'decision' and source_id = ?), reply_id, reply_version"
                    + " from (values (1)) as one (row) left join rejected_question on decision = ?")) {
                select.setString(1, decision.toString());
                select.setObject(2, decision);
                try (var row = select.executeQuery()) {
                    row.next();
                    return new RememberedDecision(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getObject(3, Integer.class));
                }
            }
        });
    }

    /** Takes the next revision; only the commit should follow soon, because every agent's answer waits for it. */
    long step(boolean corrects) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var step = connection.prepareStatement("update knowledge_revision set revision = revision + 1,"
                    + " corrections = corrections + ? returning revision")) {
                step.setInt(1, corrects ? 1 : 0);
                try (var row = step.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    void forgetAnswers(List<UUID> decisions) {
        delete(
                "delete from answered_question where source = 'decision' and source_id = any (?)",
                "text",
                decisions.stream().map(UUID::toString).toArray());
    }

    void forgetRejections(List<UUID> decisions) {
        delete("delete from rejected_question where decision = any (?)", "uuid", decisions.toArray());
    }

    private void delete(String statement, String type, Object[] decisions) {
        entities.unwrap(Session.class).doWork(connection -> {
            try (var delete = connection.prepareStatement(statement)) {
                delete.setArray(1, connection.createArrayOf(type, decisions));
                delete.executeUpdate();
            }
        });
    }

    /** Deletes what drafts from these conversations have taught. */
    Erased forget(Collection<UUID> conversations) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var first = connection.prepareStatement("select from knowledge_revision for update");
                    var delete = connection.prepareStatement("delete from answered_question where source = 'import'"
                            + " and source_id like ? and split_part(source_id, ':', 2) = any (?)");
                    var step = connection.prepareStatement("update knowledge_revision set revision = revision + 1,"
                            + " erasures = erasures + 1 returning revision")) {
                // Who publishes a reply has the revision before its questions; in another order, both could wait for
                // ever.
                first.execute();
                delete.setString(1, AskedQuestion.SOURCE + "%");
                delete.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                conversations.stream().map(UUID::toString).toArray()));
                int gone = delete.executeUpdate();
                if (gone == 0) {
                    return new Erased(0, 0);
                }
                try (var row = step.executeQuery()) {
                    row.next();
                    return new Erased(gone, row.getLong(1));
                }
            }
        });
    }

    /**
     * Deletes rejections of a question that has since been answered with the reply.
     *
     * @param except decisions whose rejections stay
     * @return what was deleted
     */
    List<ForgottenRejection> forgetRejections(UUID reply, AnsweredQuestion question, Set<UUID> except) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            List<ForgottenRejection> forgotten = new ArrayList<>();
            try (var select = connection.prepareStatement(
                            "select id, question, context, decision, reply_version from rejected_question where reply_id = ?");
                    var forget = connection.prepareStatement("delete from rejected_question where id = ?")) {
                select.setObject(1, reply);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        UUID decision = row.getObject(4, UUID.class);
                        if (!except.contains(decision) && question.saysTheSame(row.getString(2), row.getString(3))) {
                            forget.setLong(1, row.getLong(1));
                            forget.addBatch();
                            forgotten.add(new ForgottenRejection(decision, reply, row.getInt(5)));
                        }
                    }
                }
                forget.executeBatch();
            }
            return forgotten;
        });
    }

    /** Like {@link #addAnswer}, but for a reply that agents have rejected; only the newest of each reply are kept. */
    OptionalLong addRejection(UUID reply, int version, AnsweredQuestion question, UUID decision) {
        return addRejection(
                "with step as (update knowledge_revision set revision = revision + 1 returning revision) ",
                "revision from step",
                new Rejection(reply, version, question, decision));
    }

    /** That the decision's question was not answered by that version of the reply. */
    record Rejection(UUID reply, int version, AnsweredQuestion question, UUID decision) {}

    void addRejection(Rejection rejection, long revision) {
        addRejection("", Long.toString(revision), rejection);
    }

    private OptionalLong addRejection(String before, String revisionOf, Rejection rejection) {
        UUID reply = rejection.reply();
        AnsweredQuestion question = rejection.question();
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (var insert = connection.prepareStatement(before + "insert into rejected_question (reply_id, question,"
                            + " context, decision, masked_by, reply_version, revision) select ?, ?, ?, ?, ?, ?, "
                            + revisionOf + " on conflict (decision) do nothing returning revision");
                    var forget = connection.prepareStatement("delete from rejected_question where reply_id = ?"
                            + " and id <= (select id from rejected_question where reply_id = ?"
                            + " order by id desc offset ? limit 1)")) {
                insert.setObject(1, reply);
                insert.setString(2, question.text());
                insert.setString(3, question.context());
                insert.setObject(4, rejection.decision());
                insert.setInt(5, PersonalData.RULES);
                insert.setInt(6, rejection.version());
                forget.setObject(1, reply);
                forget.setObject(2, reply);
                forget.setInt(3, REJECTIONS_KEPT);
                try (var row = insert.executeQuery()) {
                    if (!row.next()) {
                        return OptionalLong.empty();
                    }
                    OptionalLong revision = OptionalLong.of(row.getLong(1));
                    forget.executeUpdate();
                    return revision;
                }
            }
        });
    }

    Map<UUID, Long> count(Collection<UUID> replies) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Map<UUID, Long> counts = new HashMap<>();
            try (var select = connection.prepareStatement(
                    "select reply_id, count(*) from answered_question where reply_id = any (?) group by reply_id")) {
                select.setArray(1, connection.createArrayOf("uuid", replies.toArray()));
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        counts.put(row.getObject(1, UUID.class), row.getLong(2));
                    }
                }
            }
            return counts;
        });
    }

    /** The distinct questions of every reply, in the order in which they were stored. */
    Map<UUID, List<AnsweredQuestion>> all() {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Map<UUID, List<AnsweredQuestion>> questions = new HashMap<>();
            try (var select = connection.prepareStatement(
                            "select reply_id, question, context, earlier, max(masked_by) from answered_question group"
                                    + " by reply_id, question, context, earlier order by min(id)");
                    var row = select.executeQuery()) {
                while (row.next()) {
                    questions
                            .computeIfAbsent(row.getObject(1, UUID.class), reply -> new ArrayList<>())
                            .add(AnsweredQuestion.stored(
                                    row.getString(2), row.getString(3), row.getString(4), row.getInt(5)));
                }
            }
            return questions;
        });
    }
}
