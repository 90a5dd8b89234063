package io.replyloop.feedback;

import io.replyloop.ranking.OwnScore;
import io.replyloop.retrieval.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads what spoke for which candidate when agents decided, for {@link OwnScore}; in plain SQL, for workers, too. */
public final class DecidedImpressions {
    /** Of all models: soon after another one has been promoted, few of the newest are by the one that serves. */
    private static final int LOOKED_AT = 2 * OwnScore.NEWEST;

    /** The columns of {@code impression_candidate c} that {@link #evidence} reads. */
    public static final String EVIDENCE = "c.first_stage, c.meaning, c.memory, c.known, c.share, c.unfamiliar";

    private DecidedImpressions() {}

    /**
     * The newest decisions on what that model ranked, oldest first. Those count that became an example: a suggestion that
     * was edited beyond recognition was neither right nor wrong, and what an admin has excluded is taken back here, too.
     *
     * @param but the dataset whose held-out part is left out; null for none
     */
    public static List<List<OwnScore.Candidate>> by(UUID model, UUID but, Connection database) throws SQLException {
        String sql = "with newest as (select id, impression_id, reply_id, created_at from decision"
                + " where outcome <> 'rejected' order by created_at desc limit ?),"
                + " counted as (select newest.* from newest join impression i on i.id = newest.impression_id"
                + " where i.model_id = ? and exists (select from example e where e.decision_id = newest.id"
                + " and e.reply_id is not distinct from newest.reply_id and e.label >= 0.5 and not e.excluded)"
                + " and not exists (select from dataset_example d join example e on e.id = d.example_id"
                + " where d.dataset_id = ? and d.split = 'dev' and e.impression_id = newest.impression_id)"
                + " order by newest.created_at desc limit ?)"
                + " select c.impression_id, " + EVIDENCE
                + ", c.model_logit, coalesce(c.reply_id = counted.reply_id, false) as fits"
                + " from counted join impression_candidate c using (impression_id) where c.position <= ?"
                + " order by counted.created_at, c.impression_id, c.position";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setInt(1, LOOKED_AT);
            statement.setObject(2, model);
            statement.setObject(3, but, Types.OTHER);
            statement.setInt(4, OwnScore.NEWEST);
            statement.setInt(5, OwnScore.CANDIDATES);
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

    /** Null where the row has no candidate. */
    public static Evidence evidence(ResultSet row) throws SQLException {
        Evidence evidence = new Evidence(
                row.getDouble("first_stage"),
                row.getDouble("meaning"),
                row.getDouble("memory"),
                row.getDouble("known"),
                row.getDouble("share"),
                row.getDouble("unfamiliar"));
        return row.wasNull() ? null : evidence;
    }
}
