package io.replyloop.platform;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Distinguishes a database that is temporarily unavailable for everybody from one that refused a statement, which is a
 * defect. After the former, the same request can be repeated.
 */
public final class DatabaseAway {
    /**
     * SQLSTATE classes and states (appendix A of PostgreSQL's manual): connection; conflicting transactions; disk,
     * memory or connections exhausted; intervention by an operator; trouble with files; read-only; lock not available.
     */
    private static final List<String> STATES = List.of("08", "40", "53", "57", "58", "25006", "55P03");

    private DatabaseAway() {}

    /** Whether this failure, or one of its causes, is temporary and unrelated to the request. */
    public static boolean causedBy(Throwable failure) {
        return reason(failure) != null;
    }

    /**
     * Does what is done again by itself: while the database is away, it is left for the next time.
     *
     * @param meanwhile what this means, for the log
     */
    public static void orLater(Runnable work, Logger log, String meanwhile) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            if (!causedBy(failure)) {
                throw failure;
            }
            log.debugf("The database is away; %s: %s", meanwhile, failure.getMessage());
        }
    }

    /** The failure reported by the database or its driver; null if the database is available. */
    static Throwable reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && passes(sql)
                    || cause instanceof PersistenceException && messageSaysSo(cause)
                    || cause instanceof AssertionError && isOfTheDriver(cause)) {
                return cause;
            }
            // The transaction manager reports a commit on a broken connection only in this way.
            for (Throwable suppressed : cause.getSuppressed()) {
                Throwable reason = reason(suppressed);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return null;
    }

    /** What it asserts when a connection breaks during a batch. */
    private static boolean isOfTheDriver(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith("org.postgresql.");
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        // Agroal reports a timeout while waiting for a connection without a state.
        return state == null ? messageSaysSo(failure) : STATES.stream().anyMatch(state::startsWith);
    }

    private static boolean messageSaysSo(Throwable failure) {
        String message = failure.getMessage();
        return message != null
                && (message.contains("Acquisition timeout")
                        || message.contains("Unable to acquire JDBC Connection")
                        || message.contains("This connection has been closed"));
    }
}
