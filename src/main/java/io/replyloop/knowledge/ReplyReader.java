package io.replyloop.knowledge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads replies by plain SQL, also in workers, and for packages that keep data about each reply. */
public final class ReplyReader {
    private ReplyReader() {}

    /** A reply at one of its versions. */
    public record Version(UUID reply, int number) {}

    /** @param category the first of its categories; null if it has none */
    public record Words(String title, String text, String category) {}

    /** The words of these versions; missing versions are left out. */
    public static Map<Version, Words> words(Connection database, Collection<Version> versions) throws SQLException {
        List<Version> each = versions.stream().distinct().toList();
        Map<Version, Words> words = new HashMap<>();
        try (PreparedStatement statement =
                database.prepareStatement("select v.reply_id, v.version, v.title, v.text, v.categories[1]"
                        + " from reply_version v join unnest(?, ?) as wanted (reply, version)"
                        + " on v.reply_id = wanted.reply and v.version = wanted.version")) {
            statement.setArray(
                    1,
                    database.createArrayOf(
                            "uuid", each.stream().map(Version::reply).toArray()));
            statement.setArray(
                    2,
                    database.createArrayOf(
                            "integer", each.stream().map(Version::number).toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                words.put(
                        new Version(row.getObject(1, UUID.class), row.getInt(2)),
                        new Words(row.getString(3), row.getString(4), row.getString(5)));
            }
        }
        return words;
    }

    /** Prevents these replies from being deleted until the transaction ends, and returns those that exist. */
    public static Set<UUID> hold(Connection database, Collection<UUID> replies) throws SQLException {
        Set<UUID> held = new HashSet<>();
        try (PreparedStatement statement =
                database.prepareStatement("select id from reply where id = any (?) for key share")) {
            statement.setArray(1, database.createArrayOf("uuid", replies.toArray()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                held.add(row.getObject(1, UUID.class));
            }
        }
        return held;
    }
}
