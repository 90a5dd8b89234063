package io.replyloop.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;

/**
 * Supports {@code create index concurrently}, which runs outside a transaction so that the chat is not interrupted:
 * removes its time limit, and retries it at the next start if it fails. See src/docs/migrations.md.
 */
public class UntransactedMigrations extends BaseCallback {
    private static final Logger LOG = Logger.getLogger(UntransactedMigrations.class);

    private int timeout;

    @Override
    public boolean supports(Event event, Context context) {
        return switch (event) {
            case BEFORE_VALIDATE, BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE -> true;
            default -> false;
        };
    }

    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try {
            switch (event) {
                case BEFORE_VALIDATE -> forgetFailures(connection);
                case BEFORE_EACH_MIGRATE -> {
                    // The pool aborts statements after half a minute.
                    timeout = connection.getNetworkTimeout();
                    connection.setNetworkTimeout(Runnable::run, 0);
                }
                default -> connection.setNetworkTimeout(Runnable::run, timeout);
            }
        } catch (SQLException failure) {
            throw new FlywayException("The migrations cannot be prepared: " + failure.getMessage(), failure);
        }
    }

    /** Only migrations without a transaction can fail and leave a trace, and those are written to be repeatable. */
    private static void forgetFailures(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("select to_regclass('flyway_schema_history') is not null")) {
                table.next();
                if (!table.getBoolean(1)) {
                    return;
                }
            }
            int failed = statement.executeUpdate("delete from flyway_schema_history where not success");
            if (failed > 0) {
                LOG.infof("Retrying %d migrations that failed at an earlier start", failed);
            }
        }
    }

    /** With its default lock, Flyway would wait for its own transaction to end. */
    @Singleton
    static class SessionLock implements FlywayConfigurationCustomizer {
        @Override
        public void customize(FluentConfiguration configuration) {
            configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        }
    }
}
