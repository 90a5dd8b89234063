package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The vectors that nodes share. What one node has computed no other computes again; two that do so at the same time store
 * the same. Goes with the text: whoever deletes a reply or a question deletes its vectors. Each call is a transaction of its
 * own, so that one that fails spoils none that reads the knowledge base.
 */
@ApplicationScoped
class VectorStore {
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
        ANSWERED("question_vector", "answered_question"),
        REJECTED("rejected_question_vector", "rejected_question");

        private final String table;
        private final String texts;

        Kind(String table, String texts) {
            this.table = table;
            this.texts = texts;
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
                        + " join " + kind.texts + " q on q.id = question_id"
                        + " where encoder = ? and question_id = any (?) and q.masked_by >= ?")) {
            select.setString(1, encoder);
            select.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            select.setInt(3, PersonalData.RULES);
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
        List<UnreadQuestion> texts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, reply_id, question, context from " + kind.texts + " where id = any (?)")) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    texts.add(new UnreadQuestion(
                            row.getLong(1),
                            row.getObject(2, UUID.class),
                            AnsweredQuestion.masking(row.getString(3), row.getString(4))));
                }
            }
        }
        return texts;
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
                        "insert into reply_vector (encoder, reply_id, version, vector) select ?, id, ?, ? from reply"
                                + " where id = ? on conflict (encoder, reply_id) do update"
                                + " set version = excluded.version, vector = excluded.vector"
                                + " where reply_vector.version < excluded.version")) {
            register(connection, encoder);
            for (Map.Entry<UUID, OfVersion> entry : vectors.entrySet()) {
                insert.setString(1, encoder);
                insert.setInt(2, entry.getValue().version());
                insert.setBytes(3, PackedVector.pack(entry.getValue().vector()));
                insert.setObject(4, entry.getKey());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    void addQuestions(Kind kind, String encoder, Map<Long, float[]> vectors) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into " + kind.table
                        + " (encoder, question_id, vector) select ?, id, ? from " + kind.texts
                        // A node of a version before may have read what is masked by now.
                        + " where id = ? and masked_by <= ? on conflict (encoder, question_id) do nothing")) {
            register(connection, encoder);
            for (Map.Entry<Long, float[]> entry : vectors.entrySet()) {
                insert.setString(1, encoder);
                insert.setBytes(2, PackedVector.pack(entry.getValue()));
                insert.setLong(3, entry.getKey());
                insert.setInt(4, PersonalData.RULES);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
