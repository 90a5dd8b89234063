package io.replyloop.training.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.feedback.DecidedImpressions;
import io.replyloop.model.ModelDirectory;
import io.replyloop.privacy.PersonalData;
import io.replyloop.ranking.OwnScore;
import io.replyloop.training.TrainingRunView;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * The worker's side of the queue, in plain SQL, because a worker starts no application: it claims runs, keeps its lease
 * on one by heartbeats, reads the frozen dataset and the models, and writes progress and the outcome. Every write names
 * the worker and its attempt and does nothing once the run was given to somebody else. It reads {@code
 * dataset_example}, {@code example}, {@code impression_candidate}, {@code reply_version}, {@code model_version} and
 * {@code model_promotion}, which other rooms write, and what was decided through {@link DecidedImpressions}.
 */
public final class WorkerStore implements AutoCloseable {
    /** A database that restarts is waited for this long; then the run is somebody else's by the rules of the lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 500;

    /** Each has dozens of candidates, and each candidate is read by two networks. */
    private static final int MEASURED_IMPRESSIONS = 200;

    private static final Map<String, String> OWN =
            Map.of("ApplicationName", "replyloop training worker", "connectTimeout", "5", "socketTimeout", "20");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A run that this worker holds. */
    public record Claim(
            UUID id, long number, int attempt, UUID baseModel, UUID dataset, JsonNode options, String worker) {}

    record Model(UUID id, long number, String directory, String sha256) {}

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

    static final class DatabaseAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseAway(String message, SQLException cause) {
            super(message, cause);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException, IOException;
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final UnpooledConnections.Access address;
    private final Duration patience;
    private Connection connection;

    public WorkerStore(UnpooledConnections.Access address) {
        this(address, PATIENCE);
    }

    public WorkerStore(UnpooledConnections.Access address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /** Takes the oldest queued run, or the one named; nothing when another worker was quicker. */
    public Optional<Claim> claim(String worker, UUID only) {
        return transaction(database -> {
            String sql = "update training_run set status = 'running', worker = ?, attempt = attempt + 1,"
                    + " heartbeat_at = now(), started_at = coalesce(started_at, now()), step = 0, steps = 0,"
                    + " seconds_left = null, error = null, error_code = null"
                    + " where id = (select id from training_run where status = 'queued'"
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
                        JSON.readTree(row.getString(6)),
                        worker);
                try (PreparedStatement points =
                        database.prepareStatement("delete from training_point where run_id = ?")) {
                    points.setObject(1, claim.id);
                    points.executeUpdate();
                }
                return Optional.of(claim);
            }
        });
    }

    /** Asks how the lease stands and, if wanted, prolongs it. */
    public Lease lease(Claim claim, boolean prolong) {
        return transaction(database -> {
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
        });
    }

    /** What to learn from, as {@code DatasetService.read} hands it over: without personal data. */
    public List<TrainingExample> train(Claim claim) {
        return examples(
                claim,
                "train",
                "select query, reply_text, label, impression_id from part order by id",
                WorkerStore::example);
    }

    /**
     * What to measure with: the examples and, of the newest impressions in which a candidate fits, all the others that there
     * were. Examples hold only the likeliest of those, by the judgment of the model that is measured.
     */
    public List<HeldOut> heldOut(Claim claim) {
        String newest = "select impression_id from part group by 1 order by max(id) desc limit " + MEASURED_IMPRESSIONS;
        String labelled = "select query, reply_text, label, part.impression_id, " + DecidedImpressions.EVIDENCE
                + " from part left join impression_candidate c on c.impression_id = part.impression_id"
                + " and c.reply_id = part.reply_id and c.impression_id in (" + newest + ") order by id";
        String others = "select query, v.text, 0, c.impression_id, " + DecidedImpressions.EVIDENCE
                + " from (select distinct on (impression_id) impression_id, query from part where label >= 0.5"
                + " and reply_id is not null and impression_id in (" + newest + ")) as answered"
                + " join impression_candidate c using (impression_id)"
                + " join reply_version v on v.reply_id = c.reply_id and v.version = c.reply_version"
                + " where c.meaning > 0 and not exists (select from example e where e.impression_id = c.impression_id"
                + " and e.reply_id = c.reply_id) order by c.impression_id, c.position";
        List<HeldOut> heldOut = new ArrayList<>(examples(
                claim, "dev", labelled, row -> new HeldOut(example(row), DecidedImpressions.evidence(row), true)));
        heldOut.addAll(examples(
                claim, "dev", others, row -> new HeldOut(example(row), DecidedImpressions.evidence(row), false)));
        return heldOut;
    }

    /** What agents decided on what that model ranked, without what the run measures with. */
    List<List<OwnScore.Candidate>> decidedBefore(Claim claim, Model model) {
        return transaction(database -> DecidedImpressions.by(model.id(), claim.dataset, database));
    }

    private <T> List<T> examples(Claim claim, String split, String select, Row<T> read) {
        return transaction(database -> {
            String sql = "with part as (select e.* from dataset_example d join example e on e.id = d.example_id"
                    + " where d.dataset_id = ? and d.split = ?) " + select;
            try (PreparedStatement statement = database.prepareStatement(sql)) {
                statement.setObject(1, claim.dataset);
                statement.setString(2, split);
                statement.setFetchSize(1_000);
                ResultSet row = statement.executeQuery();
                List<T> examples = new ArrayList<>();
                while (row.next()) {
                    examples.add(read.of(row));
                }
                return examples;
            }
        });
    }

    private static TrainingExample example(ResultSet row) throws SQLException {
        return new TrainingExample(
                PersonalData.masked(row.getString(1)),
                PersonalData.masked(row.getString(2)),
                row.getDouble(3),
                row.getString(4));
    }

    Model model(UUID id) {
        return transaction(database -> {
            try (PreparedStatement statement =
                    database.prepareStatement("select id, number, directory, sha256 from model_version where id = ?")) {
                statement.setObject(1, id);
                ResultSet row = statement.executeQuery();
                if (!row.next()) {
                    throw new IllegalStateException("Model " + id + " is no longer known");
                }
                return new Model(row.getObject(1, UUID.class), row.getLong(2), row.getString(3), row.getString(4));
            }
        });
    }

    /** What serves now: a new model is measured against that, not against what it was made from. */
    Optional<UUID> champion() {
        return transaction(database -> {
            try (PreparedStatement statement =
                    database.prepareStatement("select model_id from model_promotion order by id desc limit 1")) {
                ResultSet row = statement.executeQuery();
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }

    public void progress(Claim claim, int step, int steps, Double secondsLeft) {
        fenced(claim, "step = ?, steps = ?, seconds_left = ?", step, steps, secondsLeft);
    }

    public void point(Claim claim, TrainingRunView.Point point) {
        transaction(database -> {
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
                        5,
                        point.devMetrics() == null ? null : point.devMetrics().toString());
                name(claim, statement, 6);
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Registers the new model and ends the run, both or neither. Asked again after an answer that was lost on the way,
     * it finds its work done.
     */
    public void succeed(
            Claim claim, UUID model, ModelDirectory.Installed installed, JsonNode modelMetrics, JsonNode metrics) {
        transaction(database -> {
            if (resultOf(database, claim).filter(model::equals).isPresent()) {
                return null;
            }
            try (PreparedStatement statement = database.prepareStatement(
                    "insert into model_version (id, parent_id, origin, directory, sha256, metrics)"
                            + " values (?, ?, 'training', ?, ?, ?::jsonb)")) {
                statement.setObject(1, model);
                statement.setObject(2, claim.baseModel);
                statement.setString(3, installed.name());
                statement.setString(4, installed.sha256());
                statement.setString(5, modelMetrics.toString());
                statement.executeUpdate();
            }
            update(
                    database,
                    claim,
                    "status = 'succeeded', result_model_id = ?, metrics = ?::jsonb, seconds_left = 0,"
                            + " finished_at = now()",
                    model,
                    metrics.toString());
            return null;
        });
    }

    public void fail(Claim claim, String code, String sentence) {
        fenced(
                claim,
                "status = 'failed', error = ?, error_code = ?, seconds_left = null, finished_at = now()",
                sentence,
                code);
    }

    void cancelled(Claim claim) {
        fenced(claim, "status = 'cancelled', seconds_left = null, finished_at = now()");
    }

    /** Back into the queue, as if it had never been claimed: this worker has to stop, the run is not to blame. */
    public void handBack(Claim claim) {
        fenced(
                claim,
                "status = 'queued', worker = null, heartbeat_at = null, seconds_left = null, attempt = attempt - 1");
    }

    private static final String HELD = "id = ? and worker = ? and attempt = ? and status = 'running'";

    private void fenced(Claim claim, String assignments, Object... values) {
        transaction(database -> {
            update(database, claim, assignments, values);
            return null;
        });
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

    private static Optional<UUID> resultOf(Connection database, Claim claim) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select result_model_id from training_run where id = ?")) {
            statement.setObject(1, claim.id);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.ofNullable(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    private static void name(Claim claim, PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, claim.id);
        statement.setString(from + 1, claim.worker);
        statement.setInt(from + 2, claim.attempt);
    }

    /** Tried again on a fresh connection while the database is away: everything here may be done twice. */
    private synchronized <T> T transaction(Work<T> work) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            try {
                Connection open = connection();
                try {
                    T result = work.in(open);
                    open.commit();
                    return result;
                } catch (SQLException | IOException | RuntimeException failure) {
                    close();
                    throw failure;
                }
            } catch (IOException malformed) {
                throw new IllegalStateException("The options of the run are not JSON", malformed);
            } catch (SQLException failure) {
                if (!passes(failure)) {
                    throw new IllegalStateException("The database refused: " + failure.getMessage(), failure);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new DatabaseAway("The database cannot be reached: " + failure.getMessage(), failure);
                }
                pause();
            }
        }
    }

    /** A connection that breaks on the way may be told without a state. */
    private static boolean passes(SQLException failure) {
        return failure.getSQLState() == null
                || failure instanceof SQLTransientException
                || io.replyloop.platform.DatabaseAway.causedBy(failure);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Properties account = new Properties();
            if (address.user() != null) {
                account.setProperty("user", address.user());
            }
            if (address.password() != null) {
                account.setProperty("password", address.password());
            }
            connection = UnpooledConnections.open(address.url(), account, OWN);
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DatabaseAway("Interrupted while the database was away", null);
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // The server ends the transaction when the connection is lost, which is all that is wanted here.
            }
            connection = null;
        }
    }
}
