package io.replyloop.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Not ready while the database could not store a message: it is unreachable, has no connection or disk space left, or
 * is read-only. The check really writes, on a new connection as required under load, but at most every two seconds,
 * because anybody may request readiness. It leaves nothing behind, neither rows nor dead tuples: the transaction is
 * assigned an id, which a standby refuses, and an intermediate result of half a megabyte is spilled to disk.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);
    private static final Duration LASTS = Duration.ofSeconds(2);

    /** Consecutive successes before it is ready again, so that a nearly full disk does not make it flap. */
    private static final int GOOD_ANSWERS = 2;

    private static final Map<String, String> OWN = Map.of(
            "ApplicationName", "replyloop-readiness", "connectTimeout", "3", "loginTimeout", "3", "socketTimeout", "3");

    private static final String READ_ONLY = "25006";
    private static final String LIMIT_SET_BY_THE_ADMINISTRATOR = "53400";

    private final AgroalDataSource pool;
    private final UnpooledConnections connections;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last = new Answer(null, 0, System.nanoTime() - LASTS.toNanos());

    /** @param trouble null for none @param missing successes that are still missing */
    private record Answer(String trouble, int missing, long at) {
        boolean isOld() {
            return System.nanoTime() - at >= LASTS.toNanos();
        }
    }

    DatabaseReadiness(AgroalDataSource pool, UnpooledConnections connections) {
        this.pool = pool;
        this.connections = connections;
    }

    @Override
    public HealthCheckResponse call() {
        // If another thread is checking, use the previous answer instead of blocking a second thread.
        if (last.isOld() && asking.tryLock()) {
            try {
                last = follow(last, ask());
            } finally {
                asking.unlock();
            }
        }
        Answer answer = last;
        var response = HealthCheckResponse.named("database").status(answer.trouble == null);
        if (answer.trouble != null) {
            response.withData("problem", answer.trouble);
        }
        return response.build();
    }

    private Answer follow(Answer before, SQLException failure) {
        long now = System.nanoTime();
        if (failure != null) {
            if (before.trouble == null) {
                LOG.warnf(
                        "Not ready, the database cannot store messages (SQLSTATE %s): %s",
                        failure.getSQLState(), failure);
            }
            return new Answer(inWords(failure.getSQLState()), GOOD_ANSWERS, now);
        }
        if (before.missing > 1) {
            return new Answer(before.trouble, before.missing - 1, now);
        }
        if (before.trouble != null) {
            LOG.info("Ready again, the database can store messages");
            // Connections opened in the meantime may be read-only for the rest of their lives.
            pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
        }
        return new Answer(null, 0, now);
    }

    /** @return the failure; null if there is none */
    private SQLException ask() {
        try (Connection connection = connections.open(OWN);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local work_mem = '64kB'; set local temp_tablespaces = ''");
            try (ResultSet row = statement.executeQuery("select current_setting('transaction_read_only')")) {
                row.next();
                if (row.getString(1).equals("on")) {
                    return new SQLException("the database is read-only", READ_ONLY);
                }
            }
            statement.execute("select pg_current_xact_id(), (select count(*) from generate_series(1, 20000))");
            connection.commit();
            return null;
        } catch (SQLException failure) {
            // A failure because the administrator has forbidden temporary files is not about the disk.
            return LIMIT_SET_BY_THE_ADMINISTRATOR.equals(failure.getSQLState()) ? null : failure;
        }
    }

    /** Anybody may read this, so it does not contain messages of the server. */
    private static String inWords(String state) {
        return switch (state == null ? "" : state) {
            case "53100" -> "the disk is full";
            case "53300" -> "no connection is left";
            case READ_ONLY -> "it is read-only";
            default -> "it cannot be reached" + (state == null ? "" : " (SQLSTATE " + state + ")");
        };
    }
}
