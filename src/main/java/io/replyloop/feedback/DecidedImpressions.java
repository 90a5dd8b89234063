package io.replyloop.feedback;

import io.replyloop.ranking.OwnScore;
import io.replyloop.retrieval.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads what spoke for which candidate when agents decided, for {@link OwnScore}; in plain SQL, for workers, too. */
public final class DecidedImpressions {
    /** Of all models: soon after another one has been promoted, few of the newest are by the one that serves. */
    private static final int LOOKED_AT = 2 * OwnScore.NEWEST;

    private DecidedImpressions() {}

    /** The newest decisions on what that model ranked, oldest first. */
    public static List<List<OwnScore.Candidate>> by(UUID model, Connection database) throws SQLException {
        String sql = "with newest as (select impression_id, reply_id, created_at from decision"
                + " where outcome <> 'rejected' order by created_at desc limit ?),"
                + " of_model as (select newest.* from newest join impression i on i.id = newest.impression_id"
                + " where i.model_id = ? order by newest.created_at desc limit ?)"
                + " select c.impression_id, c.first_stage, c.meaning, c.memory, c.known, c.share, c.unfamiliar,"
                + " c.model_logit, coalesce(c.reply_id = of_model.reply_id, false) as fits"
                + " from of_model join impression_candidate c using (impression_id)"
                + " where c.position <= ? or c.reply_id = of_model.reply_id"
                + " order by of_model.created_at, c.impression_id, c.position";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setInt(1, LOOKED_AT);
            statement.setObject(2, model);
            statement.setInt(3, OwnScore.NEWEST);
            statement.setInt(4, OwnScore.CANDIDATES);
            ResultSet row = statement.executeQuery();
            List<List<OwnScore.Candidate>> decisions = new ArrayList<>();
            UUID last = null;
            while (row.next()) {
                UUID impression = row.getObject("impression_id", UUID.class);
                if (!Objects.equals(impression, last)) {
                    decisions.add(new ArrayList<>());
                    last = impression;
                }
                decisions
                        .get(decisions.size() - 1)
                        .add(new OwnScore.Candidate(
                                row.getObject("model_logit", Double.class), evidence(row), row.getBoolean("fits")));
            }
            return decisions;
        }
    }

    private static Evidence evidence(ResultSet row) throws SQLException {
        return new Evidence(
                row.getDouble("first_stage"),
                row.getDouble("meaning"),
                row.getDouble("memory"),
                row.getDouble("known"),
                row.getDouble("share"),
                row.getDouble("unfamiliar"));
    }
}
