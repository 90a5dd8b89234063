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
 * One line for each state of a database that is away, and minute: while a disk is full, every request fails in the same
 * way, and a line for each would fill what is left of it. All that fail in that minute have the line's reference, and
 * after it a line says how many they were. What has befallen one statement, such as a deadlock, has a line of its own.
 */
final class AwayLog {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** The connection, a full disk, the server as a whole, trouble with files, read-only. */
    private static final List<String> OF_ALL = List.of("08", "53", "57P", "58", "25006");

    private final Duration every;
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        final String reference = ProblemMappers.newReference();
        final long at = System.nanoTime();
        int more;

        /** The words that tell how many there were more, once. */
        String counted() {
            int counted = more;
            more = 0;
            return counted == 0 ? "" : counted + " more after [" + reference + "] were not logged";
        }
    }

    AwayLog(Duration every) {
        this.every = every;
    }

    /** Logs it, or counts it; the reference under which it can be found. */
    synchronized String logged(Throwable reason) {
        String state = reason instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "none";
        Line line = new Line();
        String counted = "";
        if (state.equals("none") || OF_ALL.stream().anyMatch(state::startsWith)) {
            lines.values().removeIf(old -> old.more == 0 && line.at - old.at >= every.toNanos());
            // What the driver and the pool say has no state, and is told apart by its words.
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
        // PostgreSQL's words only: Hibernate adds the statement to its own.
        LOG.warnf(
                "[%s] the database is away or can do nothing now: SQLSTATE %s, %s%s",
                line.reference, state, reason.getMessage(), counted.isEmpty() ? "" : " (" + counted + ")");
        return line.reference;
    }

    /** Nothing more may come that could tell it. */
    private synchronized void tell(Line line) {
        String counted = line.counted();
        if (!counted.isEmpty()) {
            LOG.warn("The database was away or could do nothing: " + counted);
        }
    }

    synchronized void forget() {
        lines.clear();
    }
}
