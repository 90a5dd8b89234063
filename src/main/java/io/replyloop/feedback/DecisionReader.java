package io.replyloop.feedback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads agents' decisions in plain SQL, for workers as well. */
public final class DecisionReader {
    private DecisionReader() {}

    /** @param reply that turned out to be right; null if the agent wrote the text */
    public record Answered(UUID decision, UUID impression, UUID reply) {}

    /** All decisions in a conversation. */
    public static List<UUID> ofConversation(Connection database, UUID conversation) throws SQLException {
        List<UUID> decisions = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement("select id from decision where conversation_id = ?")) {
            statement.setObject(1, conversation);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                decisions.add(row.getObject(1, UUID.class));
            }
        }
        return decisions;
    }

    /** The newest answers, newest first; an impression has at most one. */
    public static List<Answered> newest(Connection database, int most) throws SQLException {
        List<Answered> answers = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement("select id, impression_id, reply_id from decision"
                + " where outcome <> 'rejected' order by created_at desc limit ?")) {
            statement.setInt(1, most);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                answers.add(new Answered(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)));
            }
        }
        return answers;
    }
}
