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
 * The vectors that nodes share. What one node has computed no other computes again; two that do so at the same time store
 * the same. Goes with the text: whoever deletes a reply or a question deletes its vectors. Each call is a transaction of its
 * own, so that one that fails spoils none that reads the knowledge base.
 */
@ApplicationScoped
class VectorStore implements QuestionTextListener {
    /** After so long without a node that uses it, an encoder's vectors are deleted. */
    private static final String UNUSED = "30 days";

    private final DataSource database;

    VectorStore(DataSource database) {
        this.database = database;
    }

    /** Of a reply as it was at this version. */
    record OfVersion(int version, float[] vector) {}

    /** Questions that were answered, or for which a suggestion was rejected, each kind in a table of its own. */
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

    /** To be told at each start and now and then: what nobody uses goes. */
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

    /** Without those whose text older rules have masked, or none: an encoder may have read what is masked now. */
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

    /** Of these questions, those that there still are. */
    @Transactional(TxType.REQUIRES_NEW)
    List<UnreadQuestion> texts(Kind kind, Collection<Long> ids) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return kind.questions.read(connection, ids).stream()
                    .map(question -> new UnreadQuestion(question.id(), question.reply(), question.text()))
                    .toList();
        }
    }

    /** One whose vectors come may not be in use yet, or be held for unused. */
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
            // A node of a version before may have read what is masked by now.
            for (long question : kind.questions.hold(connection, vectors.keySet())) {
                insert.setString(1, encoder);
                insert.setLong(2, question);
                insert.setBytes(3, PackedVector.pack(vectors.get(question)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** A vector is that of the text which was read; another one has to be read anew. */
    @Override
    public void changed(Connection database, StoredQuestions kind, long question) throws SQLException {
        try (PreparedStatement delete =
                database.prepareStatement("delete from " + Kind.of(kind).table + " where question_id = ?")) {
            delete.setLong(1, question);
            delete.executeUpdate();
        }
    }
}
