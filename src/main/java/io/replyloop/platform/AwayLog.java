package io.replyloop.platform;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Logs one line per minute for each state of an unavailable database: while a disk is full, every request fails in the
 * same way, and a line for each would fill the rest of it. All failures within the minute get the reference of that
 * line, and another line later says how many they were. A failure of a single statement, such as a deadlock, has its
 * own line.
 */
final class AwayLog {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /**
     * States that affect all requests: connection, full disk, shutdown of the server, trouble with files, read-only.
     */
    private static final List<String> OF_ALL = List.of("08", "53", "57P", "58", "25006");

    private final Duration every;
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        final String reference = ProblemMappers.newReference();
        final long at = System.nanoTime();
        int more;

        /** Says once how many more there were. */
        String counted() {
            int counted = more;
            more = 0;
            return counted == 0 ? "" : counted + " more after [" + reference + "] were not logged";
        }
    }

    AwayLog(Duration every) {
        this.every = every;
    }

    /** Logs or counts the failure, and returns the reference of the line. */
    synchronized String logged(Throwable reason) {
        String state = reason instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "none";
        Line line = new Line();
        String counted = "";
        if (state.equals("none") || OF_ALL.stream().anyMatch(state::startsWith)) {
            lines.values().removeIf(old -> old.more == 0 && line.at - old.at >= every.toNanos());
            // Failures of the driver and the pool have no state, so they are told apart by their messages.
            String key = state.equals("none") ? reason.getMessage() : state;
            Line before = lines.get(key);
            if (before != null && line.at - before.at < every.toNanos()) {
                if (before.more++ == 0) {
                    long left = every.toNanos() - (line.at - before.at);
                    CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS)
                            .execute(() -> tell(before));
                }
                return before.reference;
            }
            counted = before == null ? "" : before.counted();
            lines.put(key, line);
        }
        // Only PostgreSQL's message: Hibernate adds the statement to its own.
        LOG.warnf(
                "[%s] the database is unavailable: SQLSTATE %s, %s%s",
                line.reference, state, reason.getMessage(), counted.isEmpty() ? "" : " (" + counted + ")");
        return line.reference;
    }

    /** In case no further failure triggers the line. */
    private synchronized void tell(Line line) {
        String counted = line.counted();
        if (!counted.isEmpty()) {
            LOG.warn("The database was unavailable: " + counted);
        }
    }

    synchronized void forget() {
        lines.clear();
    }
}
