package io.replyloop.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Model versions for processes without the application, in plain SQL. The caller commits. */
public final class ModelRows {
    private ModelRows() {}

    public record Model(UUID id, long number, String directory, String sha256) {}

    public static Model find(Connection database, UUID id) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select id, number, directory, sha256 from model_version where id = ?")) {
            statement.setObject(1, id);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                throw new IllegalStateException("Model " + id + " is no longer known");
            }
            return new Model(row.getObject(1, UUID.class), row.getLong(2), row.getString(3), row.getString(4));
        }
    }

    /** The serving version. */
    public static Optional<UUID> champion(Connection database) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select model_id from model_promotion order by id desc limit 1")) {
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** Registers the result of a training run on another model. */
    public static void addTrained(
            Connection database, UUID id, UUID parent, ModelDirectory.Installed installed, JsonNode metrics)
            throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "insert into model_version (id, parent_id, origin, directory, sha256, metrics)"
                        + " values (?, ?, 'training', ?, ?, ?::jsonb)")) {
            statement.setObject(1, id);
            statement.setObject(2, parent);
            statement.setString(3, installed.name());
            statement.setString(4, installed.sha256());
            statement.setString(5, metrics.toString());
            statement.executeUpdate();
        }
    }
}
