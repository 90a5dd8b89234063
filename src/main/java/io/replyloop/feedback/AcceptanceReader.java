package io.replyloop.feedback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How often agents accepted a model's suggestions. */
public final class AcceptanceReader {
    private AcceptanceReader() {}

    /** @param first whether the answer was the first suggestion, edited lightly or not at all */
    public record Answer(UUID conversation, boolean first) {}

    /**
     * The newest answers to impressions ranked by the model in this period, including own words: who types has stopped
     * using suggestions.
     *
     * @param until exclusive
     */
    public static List<Answer> newest(Connection database, UUID model, Instant since, Instant until, int most)
            throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(
                "select d.conversation_id, d.outcome in ('sent', 'edited') and d.accepted is distinct from false"
                        + " and coalesce(d.position = 1, false)"
                        + " from decision d join impression i on i.id = d.impression_id"
                        // What nobody has seen or the models have not put in order says nothing about them.
                        + " where i.model_id = ? and d.outcome <> 'rejected' and not i.shuffled"
                        + " and d.on_screen is distinct from false"
                        + " and i.created_at >= ? and i.created_at < ? order by d.created_at desc limit ?")) {
            statement.setObject(1, model);
            statement.setTimestamp(2, Timestamp.from(since));
            statement.setTimestamp(3, Timestamp.from(until));
            statement.setInt(4, most);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                answers.add(new Answer(row.getObject(1, UUID.class), row.getBoolean(2)));
            }
        }
        return answers;
    }
}
