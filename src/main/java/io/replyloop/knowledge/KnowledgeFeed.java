package io.replyloop.knowledge;

import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Delivers changes of the knowledge base to an index. */
@ApplicationScoped
public class KnowledgeFeed {
    private static final int FETCH = 1000;

    private final DataSource database;

    protected KnowledgeFeed(DataSource database) {
        this.database = database;
    }

    /** Receives the changes: a published reply comes before its questions, and questions come oldest first. */
    public interface Reader {
        void published(UUID reply, int version, String title, String text, String language, String category);

        void withdrawn(UUID reply);

        void answered(long id, UUID reply, AnsweredQuestion question);

        /** Agents have rejected the reply for this question. */
        void rejected(long id, UUID reply, AnsweredQuestion question);
    }

    /** The newest revision; a cheap query. */
    @Transactional
    public long revision() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return revision(connection);
        }
    }

    /**
     * Identifies the database, because others have the same revision numbers, and the erasures so far: an index of another
     * database, or from before an erasure, must not be used.
     */
    @Transactional
    public String installation() throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("select installation, erasures from knowledge_revision");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1) + (row.getLong(2) == 0 ? "" : " " + row.getLong(2));
        }
    }

    /** How often something was forgotten because it was wrong: an index from before it is outdated, but may be used. */
    @Transactional
    public long corrections() throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("select corrections from knowledge_revision");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Reads everything that has changed after a revision, and returns the revision it leads to; -1 reads everything. A
     * published reply that has changed comes with its newest questions again.
     *
     * @param after the revision after which replies have changed
     * @param answersAfter the revision after which questions are new, for callers that have kept older ones
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    @TransactionConfiguration(timeout = 3600)
    public long read(long after, long answersAfter, int questionsPerReply, Reader reader) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // Writers hold the revision until they commit, so everything up to the visible revision is visible as well.
            long upTo = revision(connection);
            replies(connection, after, upTo, reader);
            questionsOfChangedReplies(connection, answersAfter, upTo, questionsPerReply, reader);
            if (answersAfter >= 0) {
                newQuestions(connection, answersAfter, upTo, reader);
            }
            rejections(connection, after, upTo, reader);
            return upTo;
        }
    }

    /** Those of these answered questions that exist; callers drop the others. */
    @Transactional
    public Set<Long> existing(Collection<Long> answers) throws SQLException {
        Set<Long> existing = new HashSet<>();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("select id from answered_question where id = any (?)")) {
            select.setArray(1, connection.createArrayOf("bigint", answers.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    existing.add(row.getLong(1));
                }
            }
        }
        return existing;
    }

    private static long revision(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select revision from knowledge_revision");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void replies(Connection connection, long after, long upTo, Reader reader) throws SQLException {
        try (var select =
                connection.prepareStatement("select id, version, title, text, language, categories[1], state from reply"
                        + " where revision > ? and revision <= ? order by created_at, id")) {
            select.setFetchSize(FETCH);
            select.setLong(1, after);
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    if (row.getString(7).equals(ReplyState.PUBLISHED.wireName())) {
                        reader.published(
                                id,
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6));
                    } else {
                        reader.withdrawn(id);
                    }
                }
            }
        }
    }

    /** The newest questions of published replies that have changed; they have to be learned again for the new reply. */
    private static void questionsOfChangedReplies(
            Connection connection, long after, long upTo, int perReply, Reader reader) throws SQLException {
        try (var select =
                connection.prepareStatement("select id, reply_id, question, context, earlier, masked_by from ("
                        + " select q.*, row_number() over (partition by q.reply_id order by q.id desc) as age"
                        + " from answered_question q where q.revision <= ? and q.reply_id in ("
                        + "  select id from reply where revision > ? and revision <= ? and state = 'published')"
                        + ") newest where age <= ? order by id")) {
            select.setFetchSize(FETCH);
            select.setLong(1, upTo);
            select.setLong(2, after);
            select.setLong(3, upTo);
            select.setInt(4, perReply);
            tell(select, reader::answered);
        }
    }

    private static void newQuestions(Connection connection, long after, long upTo, Reader reader) throws SQLException {
        try (var select =
                connection.prepareStatement("select q.id, q.reply_id, q.question, q.context, q.earlier, q.masked_by"
                        + " from answered_question q join reply r on r.id = q.reply_id"
                        + " where r.state = 'published' and q.revision > ? and q.revision <= ? order by q.id")) {
            select.setFetchSize(FETCH);
            select.setLong(1, after);
            select.setLong(2, upTo);
            tell(select, reader::answered);
        }
    }

    /** Rejections of the current texts of the replies. */
    private static void rejections(Connection connection, long after, long upTo, Reader reader) throws SQLException {
        // Two queries, each of which uses an index; a single one with 'or' would read the whole table every time.
        String some = "select q.id, q.reply_id, q.question, q.context, '', q.masked_by"
                + " from rejected_question q join reply r on r.id = q.reply_id where r.state = 'published'"
                + " and not exists (select 1 from reply_version v"
                + " where v.reply_id = q.reply_id and v.version = q.reply_version and v.text <> r.text) and ";
        try (var select = connection.prepareStatement(some + "q.revision > ? and q.revision <= ? union " + some
                + "r.revision > ? and q.revision <= ? order by 1")) {
            select.setFetchSize(FETCH);
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setLong(3, after);
            select.setLong(4, upTo);
            tell(select, reader::rejected);
        }
    }

    private interface Teller {
        void tell(long id, UUID reply, AnsweredQuestion question);
    }

    private static void tell(PreparedStatement select, Teller teller) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                teller.tell(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        AnsweredQuestion.stored(row.getString(3), row.getString(4), row.getString(5), row.getInt(6)));
            }
        }
    }
}
