package io.replyloop.signin;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditObject;
import io.replyloop.audit.AuditRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The last way in, for somebody at the server: where no admin is left who could make a link for another. */
public final class AccountRecovery {
    public static final Duration LIFETIME = Duration.ofHours(1);

    private AccountRecovery() {}

    /**
     * Makes a link by which the owner of this account sets a new password.
     *
     * @param withoutSecondFactor also switches the second step off, and ends all sessions
     * @return the link without the server's address
     * @throws IllegalArgumentException if there is no active account of this address
     */
    public static String link(Connection database, String email, boolean withoutSecondFactor) throws SQLException {
        database.setAutoCommit(false);
        AuditObject owner = owner(database, email);
        UUID account = UUID.fromString(owner.id());
        SecretToken token = SecretToken.random();
        Instant now = Instant.now();
        try (PreparedStatement insert = database.prepareStatement("insert into account_link"
                + " (id, token_hash, account_id, created_at, expires_at) values (?, ?, ?, ?, ?)"
                + " on conflict (account_id) where account_id is not null do update set"
                + " token_hash = excluded.token_hash, created_by = null,"
                + " created_at = excluded.created_at, expires_at = excluded.expires_at")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setBytes(2, token.hash());
            insert.setObject(3, account);
            insert.setTimestamp(4, Timestamp.from(now));
            insert.setTimestamp(5, Timestamp.from(now.plus(LIFETIME)));
            insert.executeUpdate();
        }
        AuditRows.record(database, AuditAction.ACCOUNT_PASSWORD_LINK_MADE, owner);
        if (withoutSecondFactor) {
            count(database, account);
            if (delete(database, "delete from second_factor where account_id = ?", account) > 0) {
                AuditRows.record(database, AuditAction.ACCOUNT_SECOND_FACTOR_REMOVED, owner);
            }
            if (delete(database, "delete from agent_session where account_id = ?", account) > 0) {
                AuditRows.record(database, AuditAction.SESSION_ENDED, owner);
            }
        }
        database.commit();
        return AccountLinks.path(token);
    }

    private static AuditObject owner(Connection database, String email) throws SQLException {
        try (PreparedStatement select = database.prepareStatement(
                "select id, name from agent_account where lower(email) = lower(?) and active")) {
            select.setString(1, email.strip());
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    throw new IllegalArgumentException("There is no active account with the address " + email + ".");
                }
                return AuditObject.of(
                        AuditObject.Kind.ACCOUNT, found.getObject("id", UUID.class), found.getString("name"));
            }
        }
    }

    /** As {@link SessionEnds#count}. */
    private static void count(Connection database, UUID account) throws SQLException {
        try (PreparedStatement count = database.prepareStatement("insert into session_end (account_id, times)"
                + " values (?, 1) on conflict (account_id) do update set times = session_end.times + 1")) {
            count.setObject(1, account);
            count.executeUpdate();
        }
    }

    private static int delete(Connection database, String sql, UUID account) throws SQLException {
        try (PreparedStatement delete = database.prepareStatement(sql)) {
            delete.setObject(1, account);
            return delete.executeUpdate();
        }
    }
}
