package io.replyloop.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When the messages of an imported conversation were written, as far as its file tells.
 *
 * @param began null where the file tells no time
 * @param times of the messages, in their order, null for some; empty for conversations that an older version has imported
 */
record MessageTimes(Instant began, List<Instant> times) {
    static MessageTimes of(List<Said> said) {
        List<Instant> times = new ArrayList<>();
        said.forEach(one -> times.add(one.at()));
        return new MessageTimes(said.isEmpty() ? null : said.get(0).at(), times);
    }

    /** Of the columns {@code started_at} and {@code said_at}. */
    static MessageTimes of(ResultSet row) throws SQLException {
        List<Instant> times = new ArrayList<>();
        Array stored = row.getArray("said_at");
        if (stored != null) {
            for (Timestamp time : (Timestamp[]) stored.getArray()) {
                times.add(time == null ? null : time.toInstant());
            }
        }
        Timestamp began = row.getTimestamp("started_at");
        return new MessageTimes(began == null ? null : began.toInstant(), times);
    }

    /** Null where nothing is known. */
    Array array(Connection database) throws SQLException {
        // As texts: the driver would write a time of its own in the server's time zone.
        return times.stream().allMatch(time -> time == null)
                ? null
                : database.createArrayOf(
                        "timestamptz",
                        times.stream()
                                .map(time -> time == null ? null : time.toString())
                                .toArray());
    }

    /** When the message was written; when the conversation began, where no more is known; null where nothing is. */
    Instant at(int turn) {
        Instant time = turn < times.size() ? times.get(turn) : null;
        return time == null ? began : time;
    }
}
