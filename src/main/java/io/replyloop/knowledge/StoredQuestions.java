package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Questions that were answered and questions for which a suggestion was rejected, each kind in its own table; for
 * packages that keep data about each question, in the caller's transaction.
 */
public enum StoredQuestions {
    ANSWERED("answered_question"),
    REJECTED("rejected_question");

    private final String table;

    StoredQuestions(String table) {
        this.table = table;
    }

    public record Question(long id, UUID reply, AnsweredQuestion text) {}

    /** Reads those of these questions that still exist. */
    public List<Question> read(Connection database, Collection<Long> ids) throws SQLException {
        List<Question> questions = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement(
                "select id, reply_id, question, context from " + table + " where id = any (?)")) {
            select.setArray(1, database.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    questions.add(new Question(
                            row.getLong(1),
                            row.getObject(2, UUID.class),
                            AnsweredQuestion.masking(row.getString(3), row.getString(4))));
                }
            }
        }
        return questions;
    }

    /** Those of these questions that were masked by the current rules or newer ones. */
    public Set<Long> masked(Connection database, Collection<Long> ids) throws SQLException {
        return ids(database, "select id from " + table + " where id = any (?) and masked_by >= ?", ids);
    }

    /**
     * Prevents these questions from being deleted or masked until the transaction ends, and returns those that exist
     * and were not masked by newer rules.
     */
    public Set<Long> hold(Connection database, Collection<Long> ids) throws SQLException {
        return ids(database, "select id from " + table + " where id = any (?) and masked_by <= ? for share", ids);
    }

    private static Set<Long> ids(Connection database, String sql, Collection<Long> ids) throws SQLException {
        Set<Long> found = new HashSet<>();
        try (PreparedStatement select = database.prepareStatement(sql)) {
            select.setArray(1, database.createArrayOf("bigint", ids.toArray()));
            select.setInt(2, PersonalData.RULES);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
        }
        return found;
    }
}
