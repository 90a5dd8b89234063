package io.replyloop.dataset;

import io.replyloop.privacy.PersonalData;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads examples in plain SQL, for workers, too. */
public final class ExampleReader {
    private static final int FETCH = 1_000;

    /** A snapshot has its own texts, without those that were erased; that of an older release has the examples'. */
    private static final String OF_A_PART =
            "select s.example_id, s.query, s.reply_text, s.label, s.conversation_id, s.impression_id, s.reply_id"
                    + " from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id"
                    + " where p.dataset_id = ? and p.split = any (?) and s.erased_at is null"
                    + " union all select e.id, e.query, e.reply_text, e.label, e.conversation_id, e.impression_id, e.reply_id"
                    + " from dataset_example d join example e on e.id = d.example_id"
                    + " join dataset_version v on v.id = d.dataset_id"
                    + " where d.dataset_id = ? and d.split = any (?) and v.content_hash is null";

    private ExampleReader() {}

    /** @param reply null for an agent's own words */
    public record Frozen(LabelledPair pair, UUID conversation, UUID impression, UUID reply) {}

    /** One part of a frozen dataset, in the order in which the examples were made, without personal data. */
    public static List<Frozen> part(Connection database, UUID dataset, Split split) throws SQLException {
        List<Frozen> examples = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement("select query, reply_text, label, conversation_id, impression_id, reply_id"
                        + " from (" + OF_A_PART + ") as part order by example_id")) {
            name(database, statement, dataset, split);
            statement.setFetchSize(FETCH);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                UUID impression = row.getObject(5, UUID.class);
                // Examples of older versions are masked in the background, which may not have come to these yet.
                LabelledPair pair = new LabelledPair(
                        PersonalData.masked(row.getString(1)),
                        PersonalData.masked(row.getString(2)),
                        row.getDouble(3),
                        impression.toString());
                examples.add(new Frozen(pair, row.getObject(4, UUID.class), impression, row.getObject(6, UUID.class)));
            }
        }
        return examples;
    }

    /** For each of these impressions, the replies of which there is an example, in whichever dataset or in none. */
    public static Map<UUID, Set<UUID>> labelledReplies(Connection database, Collection<UUID> impressions)
            throws SQLException {
        return replies(
                database,
                "select impression_id, reply_id from example where impression_id = any (?) and reply_id is not null",
                impressions);
    }

    /** For each of these decisions, the replies that it says to fit, null for own words; without what is excluded. */
    static Map<UUID, Set<UUID>> fitting(Connection database, Collection<UUID> decisions) throws SQLException {
        return replies(
                database,
                "select decision_id, reply_id from example where decision_id = any (?) and label >= 0.5 and not excluded",
                decisions);
    }

    /** @param sql selects an id and a reply, for ids that are its one parameter */
    private static Map<UUID, Set<UUID>> replies(Connection database, String sql, Collection<UUID> ids)
            throws SQLException {
        Map<UUID, Set<UUID>> replies = new HashMap<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setArray(1, database.createArrayOf("uuid", ids.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                replies.computeIfAbsent(row.getObject(1, UUID.class), unknown -> new HashSet<>())
                        .add(row.getObject(2, UUID.class));
            }
        }
        return replies;
    }

    /** The impressions from which a snapshot learns nothing. */
    static Set<UUID> heldOut(Connection database, UUID dataset) throws SQLException {
        Set<UUID> impressions = new HashSet<>();
        try (PreparedStatement statement =
                database.prepareStatement("select distinct impression_id from (" + OF_A_PART + ") as part")) {
            name(database, statement, dataset, Split.DEV, Split.TEST, Split.LEFT_OUT);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                impressions.add(row.getObject(1, UUID.class));
            }
        }
        return impressions;
    }

    private static void name(Connection database, PreparedStatement statement, UUID dataset, Split... splits)
            throws SQLException {
        Array names = database.createArrayOf(
                "text", Stream.of(splits).map(Split::wireName).toArray());
        statement.setObject(1, dataset);
        statement.setArray(2, names);
        statement.setObject(3, dataset);
        statement.setArray(4, names);
    }
}
