package io.replyloop.dataset;

import io.replyloop.privacy.ErasureLock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The examples of a moment, each with its part. Conversations without a side get one: that of an earlier conversation
 * whose long question they nearly repeat, or else by {@link ConversationSplit}. What still repeats a question of the test
 * part is left out, since sides never change.
 */
final class Snapshot {
    private static final int FETCH = 1_000;

    /** Of the database, while a snapshot is taken: the letters of 'snapshot'. */
    private static final long LOCK = 0x736e617073686f74L;

    /** Of one example, of all that it says; in SQL, so that it can be checked where the texts lie. */
    private static final String HASH =
            "sha256(convert_to(jsonb_build_array(id, conversation_id, impression_id, reply_id,"
                    + " query, reply_text, label)::text, 'UTF8'))";

    private record One(long id, UUID conversation, String repeat) {
        /** What was said before this installation teaches, and measures nothing. */
        boolean isOfThePast() {
            return AllExamples.isOfHistory(id);
        }
    }

    private final Map<Split, List<Long>> parts;
    private final Map<UUID, Split> fresh;

    private Snapshot(Map<Split, List<Long>> parts, Map<UUID, Split> fresh) {
        this.parts = parts;
        this.fresh = fresh;
    }

    int size() {
        return parts.values().stream().mapToInt(List::size).sum();
    }

    private int size(Split split) {
        return parts.getOrDefault(split, List.of()).size();
    }

    /** Of all examples that are not excluded, nor erased from earlier ones. Read once: what is committed meanwhile belongs to the next one. */
    static Snapshot ofNow(Connection database) throws SQLException {
        ErasureLock.shared(database);
        inTurn(database);
        takeOverOlderSides(database);
        List<One> examples = examples(database);
        Map<UUID, Split> sides = sides(database);
        examples.stream().filter(One::isOfThePast).forEach(one -> sides.put(one.conversation, Split.TRAIN));
        Map<UUID, Split> fresh = freshSides(examples, sides);
        sides.putAll(fresh);

        Set<String> measuring = new HashSet<>();
        examples.stream()
                .filter(one -> one.repeat != null && sides.get(one.conversation) == Split.TEST)
                .forEach(one -> measuring.add(one.repeat));
        Map<Split, List<Long>> parts = new LinkedHashMap<>();
        for (One one : examples) {
            Split side = sides.get(one.conversation);
            Split split = side != Split.TEST && measuring.contains(one.repeat) ? Split.LEFT_OUT : side;
            parts.computeIfAbsent(split, unknown -> new ArrayList<>()).add(one.id);
        }
        return new Snapshot(parts, fresh);
    }

    private static Map<UUID, Split> freshSides(List<One> examples, Map<UUID, Split> sides) {
        Map<String, Split> ofRepeats = new HashMap<>();
        examples.stream()
                .filter(one -> one.repeat != null && !one.isOfThePast() && sides.containsKey(one.conversation))
                .forEach(one -> ofRepeats.merge(one.repeat, sides.get(one.conversation), Snapshot::measuring));
        Set<UUID> fresh = new LinkedHashSet<>();
        Map<UUID, Split> assigned = new HashMap<>();
        for (One one : examples) {
            if (!sides.containsKey(one.conversation)) {
                fresh.add(one.conversation);
                Split repeated = ofRepeats.get(one.repeat);
                if (repeated != null) {
                    assigned.merge(one.conversation, repeated, Snapshot::measuring);
                }
            }
        }
        fresh.removeAll(assigned.keySet());
        Map<UUID, Split> known = new HashMap<>(assigned);
        examples.stream()
                .filter(one -> sides.containsKey(one.conversation))
                .forEach(one -> known.put(one.conversation, sides.get(one.conversation)));
        assigned.putAll(ConversationSplit.assign(known, fresh));
        return assigned;
    }

    /** Of two sides that measure less and more, the one that measures more: from there nothing may be learned. */
    private static Split measuring(Split one, Split other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void store(Connection database, UUID dataset) throws SQLException {
        storeSides(database);
        try (PreparedStatement version = database.prepareStatement(
                "insert into dataset_version (id, train_size, dev_size, test_size, left_out) values (?, ?, ?, ?, ?)")) {
            version.setObject(1, dataset);
            version.setInt(2, size(Split.TRAIN));
            version.setInt(3, size(Split.DEV));
            version.setInt(4, size(Split.TEST));
            version.setInt(5, size(Split.LEFT_OUT));
            version.executeUpdate();
        }
        for (Map.Entry<Split, List<Long>> part : parts.entrySet()) {
            storePart(database, dataset, part.getKey(), part.getValue());
        }
        try (PreparedStatement hash = database.prepareStatement("update dataset_version set content_hash = ("
                + "select encode(sha256(string_agg(s.content_hash || convert_to(p.split, 'UTF8'), ''::bytea order by s.id)),"
                + " 'hex') from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id"
                + " where p.dataset_id = dataset_version.id) where id = ?")) {
            hash.setObject(1, dataset);
            hash.executeUpdate();
        }
    }

    private static void storePart(Connection database, UUID dataset, Split split, List<Long> examples)
            throws SQLException {
        Array ids = database.createArrayOf("bigint", examples.toArray());
        run(
                database,
                "insert into snapshot_example (example_id, conversation_id, impression_id, reply_id, query, reply_text,"
                        + " label, masked_by, content_hash)"
                        + " select id, conversation_id, impression_id, reply_id, query, reply_text, label, masked_by, "
                        + HASH + " " + AllExamples.FROM + "example where id = any (?)"
                        + " on conflict (example_id, content_hash) do nothing",
                ids);
        run(
                database,
                "insert into dataset_part (dataset_id, snapshot_example_id, split)"
                        + " select ?, s.id, ? from snapshot_example s join (select id, " + HASH
                        + " as hash " + AllExamples.FROM
                        + "example where id = any (?)) e on s.example_id = e.id and s.content_hash = e.hash",
                dataset,
                split.wireName(),
                ids);
        if (split == Split.TRAIN || split == Split.DEV) {
            // For a worker of the version before, while both run on one database.
            run(
                    database,
                    "insert into dataset_example (dataset_id, example_id, split) select ?, id, ?"
                            + " from example where id = any (?)",
                    dataset,
                    split.wireName(),
                    ids);
        }
    }

    private void storeSides(Connection database) throws SQLException {
        for (Split side : new HashSet<>(fresh.values())) {
            Array conversations = database.createArrayOf("uuid", with(side).toArray());
            run(
                    database,
                    "insert into dataset_side (conversation_id, side) select id, ? from unnest(?) as fresh (id)"
                            + " where id in (select conversation_id from example)",
                    side.wireName(),
                    conversations);
            run(
                    database,
                    "update imported_conversation set side = ? where side is null and id = any (?)",
                    side.wireName(),
                    conversations);
        }
    }

    private Stream<UUID> with(Split side) {
        return fresh.keySet().stream().filter(id -> fresh.get(id) == side);
    }

    /**
     * Before the examples of a conversation go: that snapshots of older releases, which have no texts of their own, have
     * taught them.
     */
    static void rememberOlder(Connection database, UUID conversation) throws SQLException {
        String older = " from dataset_version v join dataset_example d on d.dataset_id = v.id"
                + " join example e on e.id = d.example_id where v.content_hash is null and e.conversation_id = ?";
        run(
                database,
                "insert into snapshot_example (example_id, conversation_id, impression_id, reply_id, label, masked_by,"
                        + " content_hash, erased_at)"
                        + " select distinct id, conversation_id, impression_id, reply_id, label, masked_by, " + HASH
                        + ", now() from example where id in (select e.id" + older + ") on conflict do nothing",
                conversation);
        run(
                database,
                "insert into dataset_part (dataset_id, snapshot_example_id, split)"
                        + " select v.id, s.id, d.split from dataset_version v join dataset_example d on d.dataset_id = v.id"
                        + " join snapshot_example s on s.example_id = d.example_id"
                        + " where v.content_hash is null and s.conversation_id = ? on conflict do nothing",
                conversation);
    }

    /** Two at once would each give a side to the same conversations. */
    private static void inTurn(Connection database) throws SQLException {
        try (PreparedStatement lock = database.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.executeQuery();
        }
    }

    /** What versions of older releases have taught is learned, and what they measured with has chosen. */
    private static void takeOverOlderSides(Connection database) throws SQLException {
        run(
                database,
                "insert into dataset_side (conversation_id, side)"
                        + " select e.conversation_id, case when bool_or(d.split = 'train') then 'train' else 'dev' end"
                        + " from dataset_version v join dataset_example d on d.dataset_id = v.id"
                        + " join example e on e.id = d.example_id where v.content_hash is null"
                        + " group by e.conversation_id on conflict (conversation_id) do update set side = excluded.side"
                        // Frozen by a node of the version before, which knows no sides: it measures no more.
                        + " where dataset_side.side = 'test' and excluded.side <> 'test'");
    }

    private static List<One> examples(Connection database) throws SQLException {
        List<One> examples = new ArrayList<>();
        String last = null;
        String repeat = null;
        try (PreparedStatement statement = database.prepareStatement(
                "select id, conversation_id, query " + AllExamples.FROM + "example where not excluded and not exists ("
                        + "select from snapshot_example s where s.example_id = example.id and s.erased_at is not null)"
                        + " order by id")) {
            statement.setFetchSize(FETCH);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                String query = row.getString(3);
                // The examples of a question lie together.
                if (!query.equals(last)) {
                    last = query;
                    repeat = NearRepeats.key(query).orElse(null);
                }
                examples.add(new One(row.getLong(1), row.getObject(2, UUID.class), repeat));
            }
        }
        return examples;
    }

    private static Map<UUID, Split> sides(Connection database) throws SQLException {
        Map<UUID, Split> sides = new HashMap<>();
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(FETCH);
            ResultSet row = statement.executeQuery("select id, side from imported_conversation where side is not null"
                    + " union all select conversation_id, side from dataset_side");
            while (row.next()) {
                sides.put(row.getObject(1, UUID.class), Split.named(row.getString(2)));
            }
        }
        return sides;
    }

    private static void run(Connection database, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
