package io.replyloop.platform;

import java.sql.SQLException;

/** Distinguishes a value that the database cannot store, which is the caller's mistake, from a failure of ours. */
public final class RefusedValue {
    public static final String DETAIL = "A value in this request cannot be stored: it is too large, or it is not text.";

    private RefusedValue() {}

    /** Whether this failure, or one of its causes, is SQLSTATE class 22, data exception. */
    public static boolean causedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("22")) {
                return true;
            }
        }
        return false;
    }
}
