package io.replyloop.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Keeps an erasure and whoever copies texts of conversations apart: a copy that is not committed yet would be invisible to
 * the erasure, and stay. Held until the end of the transaction, and taken before any lock on rows.
 */
public final class ErasureLock {
    /** The letters of 'erasure'. */
    private static final long KEY = 0x65726173757265L;

    private ErasureLock() {}

    /** For an erasure: waits until all copies under way are committed. */
    public static void exclusive(Connection database) throws SQLException {
        take(database, "select pg_advisory_xact_lock(?)");
    }

    /** For a copy: any number at once. */
    public static void shared(Connection database) throws SQLException {
        take(database, "select pg_advisory_xact_lock_shared(?)");
    }

    private static void take(Connection database, String sql) throws SQLException {
        try (PreparedStatement lock = database.prepareStatement(sql)) {
            lock.setLong(1, KEY);
            lock.executeQuery();
        }
    }
}
