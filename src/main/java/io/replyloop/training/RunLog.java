package io.replyloop.training;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The newest lines of each run's log, for its page, in plain SQL, because a worker starts no application. Bounded, since a
 * run of days writes a line a second; the whole is in the worker's log file. Whoever calls commits.
 */
public final class RunLog {
    static final int LINES = 500;
    static final int LENGTH = 500;

    private RunLog() {}

    /** @param lines without personal data */
    public static void append(Connection database, UUID run, int attempt, List<String> lines) throws SQLException {
        String insert = "insert into training_log (run_id, number, attempt, text)"
                + " select ?, coalesce(max(number), 0) + 1, ?, ? from training_log where run_id = ?"
                + " having exists (select 1 from training_run where id = ?)"
                + " on conflict do nothing";
        try (PreparedStatement statement = database.prepareStatement(insert)) {
            for (String line : lines) {
                statement.setObject(1, run);
                statement.setInt(2, attempt);
                statement.setString(3, kept(line));
                statement.setObject(4, run);
                statement.setObject(5, run);
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = database.prepareStatement("delete from training_log where run_id = ?"
                + " and number <= (select max(number) from training_log where run_id = ?) - " + LINES)) {
            statement.setObject(1, run);
            statement.setObject(2, run);
            statement.executeUpdate();
        }
    }

    private static String kept(String line) {
        String text = line.length() > LENGTH ? line.substring(0, LENGTH - 2) + " …" : line;
        // A half of a character, which the cut may leave, and U+0000 cannot be stored.
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace((char) 0, (char) 32);
    }
}
