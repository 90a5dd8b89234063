package io.replyloop.platform;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

/**
 * Tells a database that cannot be reached or can do nothing for anybody now, which passes, from one that refused a
 * statement, which is a defect. After the first the same thing may be sent again.
 */
public final class DatabaseAway {
    /**
     * SQLSTATE classes and states (PostgreSQL's appendix A): the connection; transactions in each other's way; a full
     * disk, memory or table of connections; an operator at work; trouble with files; read-only; a lock not waited for.
     */
    private static final List<String> STATES = List.of("08", "40", "53", "57", "58", "25006", "55P03");

    private DatabaseAway() {}

    /** Whether this failure, or a cause of it, has nothing to do with what was asked, and passes. */
    public static boolean causedBy(Throwable failure) {
        return reason(failure) != null;
    }

    /** What the database or its driver has said; null when it is not away. */
    static Throwable reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && passes(sql)
                    || cause instanceof PersistenceException && messageSaysSo(cause)) {
                return cause;
            }
            // A commit that meets a broken connection is told by the transaction manager in this way only.
            for (Throwable suppressed : cause.getSuppressed()) {
                Throwable reason = reason(suppressed);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return null;
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        // Agroal reports an exhausted wait for a connection without a state.
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
