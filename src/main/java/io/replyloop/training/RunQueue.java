package io.replyloop.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of runs as a worker sees it, in plain SQL, because a worker starts no application. Every write names the
 * worker and its attempt and does nothing once the run was given to somebody else. Whoever calls commits.
 */
public final class RunQueue {
    private static final String HELD = "id = ? and worker = ? and attempt = ? and " + is(RunState.RUNNING);
    private static final int LONGEST_BEAT_SECONDS = 60;

    private RunQueue() {}

    /**
     * A run that a worker holds.
     *
     * @param measuredModel what a run that trains nothing measures against the base model; null of all others
     * @param spentSeconds by the attempts before this one, without what they have stood back
     */
    public record Claim(
            UUID id,
            long number,
            int attempt,
            UUID baseModel,
            UUID measuredModel,
            UUID dataset,
            JsonNode options,
            String worker,
            RunLimits limits,
            double spentSeconds) {}

    /**
     * What a worker tells when it prolongs its lease.
     *
     * @param standsBack whether it makes way for customers now
     * @param stoodBackSeconds for how long it has done so since it last told
     */
    public record Beat(boolean standsBack, double stoodBackSeconds) {
        public static final Beat PLAIN = new Beat(false, 0);
    }

    public enum Lease {
        HELD,
        CANCEL_REQUESTED,
        /** The quiet hours have begun: what can be taken up again later goes back to the queue. */
        QUIET,
        LOST
    }

    /** The run belongs to somebody else by now; whatever this worker still has is worth nothing. */
    public static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LeaseLost() {
            super("This run was taken from this worker");
        }
    }

    /** Takes the oldest queued run, or the one named; nothing when another worker was quicker, or during quiet hours. */
    public static Optional<Claim> claim(Connection database, String worker, UUID only) throws SQLException {
        if (isQuiet(database)) {
            return Optional.empty();
        }
        String sql = "update training_run set " + becomes(RunState.QUEUED, RunState.RUNNING)
                + ", worker = ?, attempt = attempt + 1,"
                + " heartbeat_at = now(), started_at = coalesce(started_at, now()), phase = ?,"
                + " seconds_left = null, error = null, error_code = null, standing_back = false"
                + " where id = (select id from training_run where " + is(RunState.QUEUED)
                + (only == null ? "" : " and id = ?")
                + " order by created_at limit 1 for update skip locked)"
                + " returning id, number, attempt, base_model_id, measured_model_id, dataset_id, options, maximum_minutes, cores,"
                + " greatest(0, spent_seconds - stood_back_seconds)";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, worker);
            statement.setString(2, RunPhase.PREPARING.wireName());
            if (only != null) {
                statement.setObject(3, only);
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
                    row.getObject(6, UUID.class),
                    Json.stored(row.getString(7)),
                    worker,
                    new RunLimits(row.getObject(8, Integer.class), row.getObject(9, Integer.class)),
                    row.getDouble(10));
            return Optional.of(claim);
        }
    }

    /**
     * Asks how the lease stands and, with a beat, prolongs it, which counts the time since the last time as spent. What lies
     * further apart than workers prolong, the machine has slept through.
     */
    public static Lease lease(Connection database, Claim claim, Optional<Beat> beat) throws SQLException {
        String sql = beat.isPresent()
                ? "update training_run set spent_seconds = spent_seconds"
                        + " + least(extract(epoch from now() - heartbeat_at), " + LONGEST_BEAT_SECONDS + "),"
                        + " heartbeat_at = now(), standing_back = ?, stood_back_seconds = stood_back_seconds + ?"
                        + " where " + HELD + " returning cancel_requested"
                : "select cancel_requested from training_run where " + HELD;
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            if (beat.isPresent()) {
                statement.setBoolean(1, beat.get().standsBack);
                statement.setDouble(2, beat.get().stoodBackSeconds);
            }
            name(claim, statement, beat.isPresent() ? 3 : 1);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return Lease.LOST;
            }
            if (row.getBoolean(1)) {
                return Lease.CANCEL_REQUESTED;
            }
        }
        return isQuiet(database) ? Lease.QUIET : Lease.HELD;
    }

    private static boolean isQuiet(Connection database) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "select quiet_from, quiet_until, time_zone, now() from training_schedule where quiet_from is not null")) {
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return false;
            }
            // The database's clock, which all hosts share.
            Instant now = row.getObject(4, OffsetDateTime.class).toInstant();
            return QuietHours.of(row.getString(1), row.getString(2), row.getString(3))
                    .filter(hours -> hours.holdAt(now))
                    .isPresent();
        }
    }

    /**
     * The attempt goes on after this step, which is 0 where there is nothing to go on from: what an earlier attempt has
     * drawn beyond it is drawn again, and what lies before stays.
     *
     * @return whether an evaluation is among what stays
     */
    public static boolean begin(Connection database, Claim claim, int step) throws SQLException {
        update(database, claim, "phase = ?, step = ?", RunPhase.TRAINING.wireName(), step);
        try (PreparedStatement statement =
                database.prepareStatement("delete from training_point where run_id = ? and step > ?")) {
            statement.setObject(1, claim.id);
            statement.setInt(2, step == 0 ? -1 : step);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = database.prepareStatement(
                "select exists (select 1 from training_point where run_id = ? and dev_metrics is not null)")) {
            statement.setObject(1, claim.id);
            ResultSet row = statement.executeQuery();
            return row.next() && row.getBoolean(1);
        }
    }

    public static void phase(Connection database, Claim claim, RunPhase phase) throws SQLException {
        update(database, claim, "phase = ?", phase.wireName());
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

    /** Whether this attempt has ended well already, which a worker may not have heard. */
    public static boolean hasSucceeded(Connection database, Claim claim) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select 1 from training_run where id = ? and worker = ? and attempt = ? and "
                        + is(RunState.SUCCEEDED))) {
            name(claim, statement, 1);
            return statement.executeQuery().next();
        }
    }

    /** @param model is registered already, in this transaction; null of a run that has only measured */
    public static void succeed(Connection database, Claim claim, UUID model, JsonNode metrics) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.SUCCEEDED)
                        + ", phase = null, result_model_id = ?, metrics = ?::jsonb, seconds_left = 0, finished_at = now()",
                model,
                metrics.toString());
    }

    public static void fail(Connection database, Claim claim, String code, String sentence) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.FAILED)
                        + ", phase = null, error = ?, error_code = ?, seconds_left = null, finished_at = now()",
                sentence,
                code);
    }

    public static void cancelled(Connection database, Claim claim) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.CANCELLED)
                        + ", phase = null, seconds_left = null, finished_at = now()");
    }

    /** Back into the queue, as if it had never been claimed: this worker has to stop, the run is not to blame. */
    public static void handBack(Connection database, Claim claim) throws SQLException {
        update(
                database,
                claim,
                becomes(RunState.RUNNING, RunState.QUEUED)
                        + ", phase = null, worker = null, heartbeat_at = null, seconds_left = null, attempt = attempt - 1");
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
}
