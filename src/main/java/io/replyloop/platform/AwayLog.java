package io.replyloop.platform;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * One line for each state of a database that is away, and minute: while a disk is full, every request fails in the same
 * way, and a line for each would fill what is left of it. All that fail in that minute have the line's reference.
 */
final class AwayLog {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final Duration every;
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        final String reference = ProblemMappers.newReference();
        final long at = System.nanoTime();
        int more;
    }

    AwayLog(Duration every) {
        this.every = every;
    }

    /** Logs it, or counts it; the reference under which it can be found. */
    synchronized String logged(Throwable reason) {
        // PostgreSQL's words only: Hibernate adds the statement to its own.
        String state = reason instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "none";
        Line before = lines.get(state);
        if (before != null && System.nanoTime() - before.at < every.toNanos()) {
            before.more++;
            return before.reference;
        }
        Line line = new Line();
        lines.put(state, line);
        String counted = before == null || before.more == 0
                ? ""
                : " (" + before.more + " more after [" + before.reference + "] were not logged)";
        LOG.warnf(
                "[%s] the database is away or can do nothing now: SQLSTATE %s, %s%s",
                line.reference, state, reason.getMessage(), counted);
        return line.reference;
    }

    synchronized void forget() {
        lines.clear();
    }
}
