package io.replyloop.training.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.dataset.DecidedImpressions;
import io.replyloop.dataset.ExampleReader;
import io.replyloop.dataset.Split;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelRows;
import io.replyloop.model.ModelRows.Model;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.ranking.OwnScore;
import io.replyloop.suggestion.CandidateReader;
import io.replyloop.training.FlippedCase;
import io.replyloop.training.RunLog;
import io.replyloop.training.RunPhase;
import io.replyloop.training.RunQueue;
import io.replyloop.training.RunQueue.Beat;
import io.replyloop.training.RunQueue.Claim;
import io.replyloop.training.RunQueue.Lease;
import io.replyloop.training.TrainingRunView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/**
 * A worker's connection: what it reads and writes goes through the packages that own the tables, each call a transaction
 * that is tried again while the database is away.
 */
public final class WorkerStore implements AutoCloseable {
    /** A database that restarts is waited for this long; then the run is somebody else's by the rules of the lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 500;

    private static final Map<String, String> OWN =
            Map.of("ApplicationName", "replyloop training worker", "connectTimeout", "5", "socketTimeout", "20");

    static final class DatabaseAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseAway(String message, SQLException cause) {
            super(message, cause);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Change {
        void in(Connection connection) throws SQLException;
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
        return transaction(database -> RunQueue.claim(database, worker, only));
    }

    /** Asks how the lease stands and, if wanted, prolongs it. */
    public Lease lease(Claim claim, boolean prolong) {
        return lease(claim, Optional.of(Beat.PLAIN).filter(beat -> prolong));
    }

    Lease lease(Claim claim, Optional<Beat> beat) {
        return transaction(database -> RunQueue.lease(database, claim, beat));
    }

    /**
     * The attempt goes on after this step: the curve beyond it is drawn again.
     *
     * @return whether an earlier attempt has come to an evaluation before it
     */
    public boolean begin(Claim claim, int step) {
        return transaction(database -> RunQueue.begin(database, claim, step));
    }

    public void phase(Claim claim, RunPhase phase) {
        write(database -> RunQueue.phase(database, claim, phase));
    }

    /** Not tried again: the log of a run is no reason to wait for a database. */
    public synchronized void log(Claim claim, List<String> lines) {
        try {
            Connection open = connection();
            RunLog.append(open, claim.id(), claim.attempt(), lines);
            open.commit();
        } catch (SQLException failure) {
            close();
            throw new DatabaseAway("The database took no line of the log: " + failure.getMessage(), failure);
        }
    }

    /** What to learn from, without personal data. */
    public List<TrainingExample> train(Claim claim) {
        return transaction(database -> ExampleReader.part(database, claim.dataset(), Split.TRAIN)).stream()
                .map(example -> HeldOutReader.example(example.pair()))
                .toList();
    }

    /** What to choose with: when to stop, and how much the network counts. */
    public List<HeldOut> heldOut(Claim claim) {
        return transaction(database -> HeldOutReader.read(database, claim.dataset()));
    }

    /** What to measure with, and nothing else. */
    TestPart test(Claim claim) {
        return transaction(database -> TestPart.read(database, claim.dataset()));
    }

    /** What agents decided on what that model ranked, without what the run measures with. */
    List<List<OwnScore.Candidate>> decidedBefore(Claim claim, Model model) {
        return transaction(database -> DecidedImpressions.by(model.id(), claim.dataset(), database));
    }

    Model model(UUID id) {
        return transaction(database -> ModelRows.find(database, id));
    }

    /** What serves now: a new model is measured against that, not against what it was made from. */
    Optional<UUID> champion() {
        return transaction(ModelRows::champion);
    }

    public void progress(Claim claim, int step, int steps, Double secondsLeft) {
        write(database -> RunQueue.progress(database, claim, step, steps, secondsLeft));
    }

    public void point(Claim claim, TrainingRunView.Point point) {
        write(database -> RunQueue.point(database, claim, point));
    }

    /**
     * Registers the new model and ends the run, both or neither. Asked again after an answer that was lost on the way,
     * it finds its work done.
     */
    public void succeed(
            Claim claim,
            UUID model,
            ModelDirectory.Installed installed,
            JsonNode modelMetrics,
            JsonNode metrics,
            List<FlippedCase> flipped) {
        write(database -> {
            // A customer may have been erased while the run was going on.
            ErasureLock.shared(database);
            if (RunQueue.resultOf(database, claim).filter(model::equals).isEmpty()) {
                ModelRows.addTrained(database, model, claim.baseModel(), installed, modelMetrics);
                RunQueue.succeed(database, claim, model, metrics);
                store(database, claim, flipped);
            }
        });
    }

    /** Ends a run that has only measured. Asked again after an answer that was lost, it finds its work done. */
    public void measured(Claim claim, JsonNode metrics, List<FlippedCase> flipped) {
        write(database -> {
            ErasureLock.shared(database);
            if (!RunQueue.hasSucceeded(database, claim)) {
                RunQueue.succeed(database, claim, null, metrics);
                store(database, claim, flipped);
            }
        });
    }

    private static void store(Connection database, Claim claim, List<FlippedCase> flipped) throws SQLException {
        Set<UUID> existing = CandidateReader.existing(
                database, flipped.stream().map(FlippedCase::impression).toList());
        FlippedCase.store(
                database,
                claim.id(),
                flipped.stream()
                        .map(one -> existing.contains(one.impression()) ? one : one.erased())
                        .toList());
    }

    public void fail(Claim claim, String code, String sentence) {
        write(database -> RunQueue.fail(database, claim, code, sentence));
    }

    void cancelled(Claim claim) {
        write(database -> RunQueue.cancelled(database, claim));
    }

    /** Back into the queue, as if it had never been claimed: this worker has to stop, the run is not to blame. */
    public void handBack(Claim claim) {
        write(database -> RunQueue.handBack(database, claim));
    }

    private void write(Change change) {
        transaction(database -> {
            change.in(database);
            return null;
        });
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
                } catch (SQLException | RuntimeException failure) {
                    close();
                    throw failure;
                }
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
