package io.replyloop.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A question of the test part that two models answer differently, to be read side by side.
 *
 * @param better whether the new model is the one that helps more
 * @param question without personal data; null, as {@code content}, when the customer has been erased
 * @param content what was right and what each of the two would have shown, as in the REST interface
 */
public record FlippedCase(UUID conversation, UUID impression, boolean better, String question, JsonNode content) {
    /** Without its texts. */
    public FlippedCase erased() {
        return new FlippedCase(conversation, impression, better, null, null);
    }

    /** In plain SQL, because a worker starts no application. Whoever calls commits. */
    public static void store(Connection database, UUID run, List<FlippedCase> cases) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "insert into flipped_case (run_id, position, conversation_id, impression_id, better, question, content,"
                        + " erased_at) values (?, ?, ?, ?, ?, ?, ?::jsonb, case when ?::text is null then now() end)")) {
            for (int position = 0; position < cases.size(); position++) {
                FlippedCase one = cases.get(position);
                statement.setObject(1, run);
                statement.setInt(2, position + 1);
                statement.setObject(3, one.conversation);
                statement.setObject(4, one.impression);
                statement.setBoolean(5, one.better);
                statement.setString(6, one.question);
                statement.setString(
                        7,
                        one.content == null
                                ? null
                                : Json.MAPPER.valueToTree(one.content).toString());
                statement.setString(8, one.question);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
