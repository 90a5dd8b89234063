package io.replyloop.platform;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that cannot be reached, which passes, from one that refused a statement, which is a defect. */
public final class DatabaseAway {
    private DatabaseAway() {}

    /** Whether this failure, or a cause of it, is a lost or refused connection (SQLSTATE classes 08 and 57P). */
    public static boolean causedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && isConnectionState(sql)) {
                return true;
            }
            if (cause instanceof PersistenceException && messageSaysSo(cause)) {
                return true;
            }
            // A commit that meets a broken connection is told by the transaction manager in this way only.
            for (Throwable suppressed : cause.getSuppressed()) {
                if (causedBy(suppressed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isConnectionState(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
            return true;
        }
        // Agroal reports an exhausted wait for a connection without a state.
        return state == null && messageSaysSo(failure);
    }

    private static boolean messageSaysSo(Throwable failure) {
        String message = failure.getMessage();
        return message != null
                && (message.contains("Acquisition timeout")
                        || message.contains("Unable to acquire JDBC Connection")
                        || message.contains("This connection has been closed"));
    }
}
