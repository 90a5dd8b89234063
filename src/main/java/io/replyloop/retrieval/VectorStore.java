package io.replyloop.retrieval;

import io.replyloop.knowledge.QuestionTextListener;
import io.replyloop.knowledge.ReplyReader;
import io.replyloop.knowledge.StoredQuestions;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The vectors that nodes share. What one node has computed, no other computes again; two that do so at the same time
 * store the same result. Vectors go with their text: deleting a reply or a question deletes its vectors. Each call is a
 * transaction of its own, so that a failure does not spoil the one that reads the knowledge base.
 */
@ApplicationScoped
class VectorStore implements QuestionTextListener {
    /** An encoder's vectors are deleted when no node has used them for this long. */
    private static final String UNUSED = "30 days";

    private final DataSource database;

    VectorStore(DataSource database) {
        this.database = database;
    }

    /** The vector of one version of a reply. */
    record OfVersion(int version, float[] vector) {}

    /** Questions that were answered and questions for which a suggestion was rejected; each kind has its own table. */
    enum Kind {
        ANSWERED("question_vector", StoredQuestions.ANSWERED),
        REJECTED("rejected_question_vector", StoredQuestions.REJECTED);

        private final String table;
        private final StoredQuestions questions;

        Kind(String table, StoredQuestions questions) {
            this.table = table;
            this.questions = questions;
        }

        static Kind of(StoredQuestions questions) {
            return questions == StoredQuestions.ANSWERED ? ANSWERED : REJECTED;
        }

        void tell(ReplyIndex index, IndexedQuestion question) {
            if (this == ANSWERED) {
                index.remember(question);
            } else {
                index.reject(question);
            }
        }
    }

    /**
     * Records that an encoder is in use, and deletes the vectors of those that are not. Called at each start and from
     * time to time.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void use(String encoder) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement use = connection.prepareStatement("insert into text_encoder (version) values (?)"
                        + " on conflict (version) do update set used_at = now()");
                PreparedStatement forget = connection.prepareStatement(
                        "delete from text_encoder where used_at < now() - interval '" + UNUSED + "'")) {
            use.setString(1, encoder);
            use.executeUpdate();
            forget.executeUpdate();
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    Map<UUID, OfVersion> replies(String encoder, Collection<UUID> ids) throws SQLException {
        Map<UUID, OfVersion> vectors = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select reply_id, version, vector"
                        + " from reply_vector where encoder = ? and reply_id = any (?)")) {
            select.setString(1, encoder);
            select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    vectors.put(
                            row.getObject(1, UUID.class),
                            new OfVersion(row.getInt(2), PackedVector.unpack(row.getBytes(3))));
                }
            }
        }
        return vectors;
    }

    /**
     * Leaves out questions whose text is unmasked or was masked by older rules: the encoder may have read what is
     * masked now.
     */
    @Transactional(TxType.REQUIRES_NEW)
    Map<Long, float[]> questions(Kind kind, String encoder, Collection<Long> ids) throws SQLException {
        Map<Long, float[]> vectors = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select question_id, vector from " + kind.table
                        + " where encoder = ? and question_id = any (?)")) {
            Set<Long> masked = kind.questions.masked(connection, ids);
            select.setString(1, encoder);
            select.setArray(2, connection.createArrayOf("bigint", masked.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    vectors.put(row.getLong(1), PackedVector.unpack(row.getBytes(2)));
                }
            }
        }
        return vectors;
    }

    /** Those of these questions that still exist. */
    @Transactional(TxType.REQUIRES_NEW)
    List<UnreadQuestion> texts(Kind kind, Collection<Long> ids) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return kind.questions.read(connection, ids).stream()
                    .map(question -> new UnreadQuestion(question.id(), question.reply(), question.text()))
                    .toList();
        }
    }

    /** Registers an encoder before its vectors are stored: it may be new, or may have been removed as unused. */
    private static void register(Connection connection, String encoder) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into text_encoder (version) values (?) on conflict (version) do nothing")) {
            insert.setString(1, encoder);
            insert.executeUpdate();
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    void addReplies(String encoder, Map<UUID, OfVersion> vectors) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into reply_vector (encoder, reply_id, version, vector) values (?, ?, ?, ?)"
                                + " on conflict (encoder, reply_id) do update"
                                + " set version = excluded.version, vector = excluded.vector"
                                + " where reply_vector.version < excluded.version")) {
            register(connection, encoder);
            for (UUID reply : ReplyReader.hold(connection, vectors.keySet())) {
                OfVersion vector = vectors.get(reply);
                insert.setString(1, encoder);
                insert.setObject(2, reply);
                insert.setInt(3, vector.version());
                insert.setBytes(4, PackedVector.pack(vector.vector()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    void addQuestions(Kind kind, String encoder, Map<Long, float[]> vectors) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into " + kind.table
                        + " (encoder, question_id, vector) values (?, ?, ?)"
                        + " on conflict (encoder, question_id) do nothing")) {
            register(connection, encoder);
            // A node of an older version may have encoded text that is masked by now.
            for (long question : kind.questions.hold(connection, vectors.keySet())) {
                insert.setString(1, encoder);
                insert.setLong(2, question);
                insert.setBytes(3, PackedVector.pack(vectors.get(question)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The vector belongs to the old text, so the new text has to be encoded again. */
    @Override
    public void changed(Connection database, StoredQuestions kind, long question) throws SQLException {
        try (PreparedStatement delete =
                database.prepareStatement("delete from " + Kind.of(kind).table + " where question_id = ?")) {
            delete.setLong(1, question);
            delete.executeUpdate();
        }
    }
}
