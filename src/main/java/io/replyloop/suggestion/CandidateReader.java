package io.replyloop.suggestion;

import io.replyloop.retrieval.Evidence;
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

/** What was ranked, and what spoke for it, in plain SQL, for workers, too. */
public final class CandidateReader {
    private static final int FETCH = 1_000;

    private CandidateReader() {}

    /**
     * A reply of an impression.
     *
     * @param logit of the cross-encoder; null when it was not asked
     */
    public record Candidate(UUID impression, UUID reply, int version, Evidence evidence, Double logit) {}

    /** Of these impressions, those that the model has ranked. */
    public static Set<UUID> rankedBy(Connection database, UUID model, Collection<UUID> impressions)
            throws SQLException {
        Set<UUID> ranked = new HashSet<>();
        try (PreparedStatement statement =
                database.prepareStatement("select id from impression where id = any (?) and model_id = ?")) {
            statement.setArray(1, database.createArrayOf("uuid", impressions.toArray()));
            statement.setObject(2, model);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                ranked.add(row.getObject(1, UUID.class));
            }
        }
        return ranked;
    }

    /** Those of these impressions that there still are. */
    public static Set<UUID> existing(Connection database, Collection<UUID> impressions) throws SQLException {
        Set<UUID> existing = new HashSet<>();
        try (PreparedStatement statement = database.prepareStatement("select id from impression where id = any (?)")) {
            statement.setArray(1, database.createArrayOf("uuid", impressions.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                existing.add(row.getObject(1, UUID.class));
            }
        }
        return existing;
    }

    /** Those of these impressions with something that was found by meaning, and not by words alone. */
    public static Set<UUID> foundByMeaning(Connection database, Collection<UUID> impressions) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement statement = database.prepareStatement("select distinct impression_id"
                + " from impression_candidate where impression_id = any (?) and meaning > 0")) {
            statement.setArray(1, database.createArrayOf("uuid", impressions.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                found.add(row.getObject(1, UUID.class));
            }
        }
        return found;
    }

    /** The first so many of each of these impressions, in the order of their positions. */
    public static List<Candidate> of(Connection database, Collection<UUID> impressions, int mostOfEach)
            throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement("select impression_id, reply_id, reply_version,"
                + " first_stage, meaning, memory, known, share, unfamiliar, model_logit"
                + " from impression_candidate where impression_id = any (?) and position <= ?"
                + " order by impression_id, position")) {
            statement.setArray(1, database.createArrayOf("uuid", impressions.toArray()));
            statement.setInt(2, mostOfEach);
            statement.setFetchSize(FETCH);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                candidates.add(new Candidate(
                        row.getObject("impression_id", UUID.class),
                        row.getObject("reply_id", UUID.class),
                        row.getInt("reply_version"),
                        new Evidence(
                                row.getDouble("first_stage"),
                                row.getDouble("meaning"),
                                row.getDouble("memory"),
                                row.getDouble("known"),
                                row.getDouble("share"),
                                row.getDouble("unfamiliar")),
                        row.getObject("model_logit", Double.class)));
            }
        }
        return candidates;
    }
}
