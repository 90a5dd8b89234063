package io.replyloop.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of runs as a worker sees it, in plain SQL, because a worker starts no application. Every write names the
 * worker and its attempt and does nothing once the run was given to somebody else. Whoever calls commits.
 */
public final class RunQueue {
    private static final String HELD = "id = ? and worker = ? and attempt = ? and " + is(RunState.RUNNING);

    private RunQueue() {}

    /** A run that a worker holds. */
    public record Claim(
            UUID id, long number, int attempt, UUID baseModel, UUID dataset, JsonNode options, String worker) {}

    public enum Lease {
        HELD,
        CANCEL_REQUESTED,
        LOST
    }

    /** The run belongs to somebody else by now; whatever this worker still has is worth nothing. */
    public static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LeaseLost() {
            super("This run was taken from this worker");
        }
    }

    /** Takes the oldest queued run, or the one named; nothing when another worker was quicker. */
    public static Optional<Claim> claim(Connection database, String worker, UUID only) throws SQLException {
        String sql = "update training_run set " + becomes(RunState.QUEUED, RunState.RUNNING)
                + ", worker = ?, attempt = attempt + 1,"
                + " heartbeat_at = now(), started_at = coalesce(started_at, now()), step = 0, steps = 0,"
                + " seconds_left = null, error = null, error_code = null"
                + " where id = (select id from training_run where " + is(RunState.QUEUED)
                + (only == null ? "" : " and id = ?")
                + " order by created_at limit 1 for update skip locked)"
                + " returning id, number, attempt, base_model_id, dataset_id, options";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, worker);
            if (only != null) {
                statement.setObject(2, only);
            }
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            Claim claim = new Claim(
                    row.getObject(1, UUID.class),
                    row.getLong(2),
                    row.getInt(3),
                    row.getObject(4, UUID.class),
                    row.getObject(5, UUID.class),
                    options(row.getString(6)),
                    worker);
            try (PreparedStatement points = database.prepareStatement("delete from training_point where run_id = ?")) {
                points.setObject(1, claim.id);
                points.executeUpdate();
            }
            return Optional.of(claim);
        }
    }

    /** Asks how the lease stands and, if wanted, prolongs it. */
    public static Lease lease(Connection database, Claim claim, boolean prolong) throws SQLException {
        String sql = prolong
                ? "update training_run set heartbeat_at = now() where " + HELD + " returning cancel_requested"
                : "select cancel_requested from training_run where " + HELD;
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            name(claim, statement, 1);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return Lease.LOST;
            }
            return row.getBoolean(1) ? Lease.CANCEL_REQUESTED : Lease.HELD;
        }
    }

    public static void progress(Connection database, Claim claim, int step, int steps, Double secondsLeft)
            throws SQLException {
        update(database, claim, "step = ?, steps = ?, seconds_left = ?", step, steps, secondsLeft);
    }

    /** Adds to the curve, unless the run is somebody else's by now. */
    public static void point(Connection database, Claim claim, TrainingRunView.Point point) throws SQLException {
        String sql = "insert into training_point (run_id, step, loss, learning_rate, pairs_per_second, dev_metrics)"
                + " select id, ?, ?, ?, ?, ?::jsonb from training_run where " + HELD
                + " on conflict (run_id, step) do update set"
                + " dev_metrics = coalesce(excluded.dev_metrics, training_point.dev_metrics)";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setInt(1, point.step());
            statement.setDouble(2, point.loss());
            statement.setDouble(3, point.learningRate());
            statement.setDouble(4, point.pairsPerSecond());
            statement.setString(
                    5, point.devMetrics() == null ? null : point.devMetrics().toString());
            name(claim, statement, 6);
            statement.executeUpdate();
        }
    }

    /** The model that the run has ended with, whoever ended it. */
    public static Optional<UUID> resultOf(Connection database, Claim claim) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select result_model_id from training_run where id = ?")) {
            statement.setObject(1, claim.id);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.ofNullable(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** @param model is registered already, in this transaction */
    public static void succeed(Connection database, Claim claim, UUID model, JsonNode metrics) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.SUCCEEDED)
                        + ", result_model_id = ?, metrics = ?::jsonb, seconds_left = 0, finished_at = now()",
                model,
                metrics.toString());
    }

    public static void fail(Connection database, Claim claim, String code, String sentence) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.FAILED)
                        + ", error = ?, error_code = ?, seconds_left = null, finished_at = now()",
                sentence,
                code);
    }

    public static void cancelled(Connection database, Claim claim) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.CANCELLED) + ", seconds_left = null, finished_at = now()");
    }

    /** Back into the queue, as if it had never been claimed: this worker has to stop, the run is not to blame. */
    public static void handBack(Connection database, Claim claim) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.QUEUED)
                        + ", worker = null, heartbeat_at = null, seconds_left = null, attempt = attempt - 1");
    }

    private static String is(RunState state) {
        return "status = '" + state.wireName() + "'";
    }

    private static String becomes(RunState state, RunState next) {
        return is(state.to(next));
    }

    private static void update(Connection database, Claim claim, String assignments, Object... values)
            throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("update training_run set " + assignments + " where " + HELD)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            name(claim, statement, values.length + 1);
            if (statement.executeUpdate() == 0) {
                throw new LeaseLost();
            }
        }
    }

    private static void name(Claim claim, PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, claim.id);
        statement.setString(from + 1, claim.worker);
        statement.setInt(from + 2, claim.attempt);
    }

    private static JsonNode options(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("The options of the run are not JSON", malformed);
        }
    }
}
