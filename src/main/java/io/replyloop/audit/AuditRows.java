package io.replyloop.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Entries of acts that a command carries out beside the application, in its own transaction. */
public final class AuditRows {
    private AuditRows() {}

    public static void record(Connection database, AuditAction action, AuditObject object) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("insert into audit_entry"
                + " (actor_kind, action, object_kind, object_id, label) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, Actor.COMMAND_LINE.kind().wireName());
            insert.setString(2, action.wireName());
            insert.setString(3, object.kind().wireName());
            insert.setString(4, object.id());
            insert.setString(5, object.label());
            insert.executeUpdate();
        }
    }
}
