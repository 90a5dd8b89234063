package io.replyloop.training.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.training.Diverged;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.Suspended;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingResult;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelRows;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.OwnScore;
import io.replyloop.training.RunPhase;
import io.replyloop.training.RunQueue;
import io.replyloop.training.TrainingOptions;
import io.replyloop.training.WaitingSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * One try at a claimed run. It ends as a registered model, as a measurement, as a failure with a reason, as cancelled, or
 * as nothing at all (the lease was lost, the process has to stop); in every case what it has half-written is under a name that nobody
 * reads. Runs on the worker's main thread; a second thread keeps the lease and watches for a cancellation.
 */
public final class TrainingAttempt {
    enum Outcome {
        SUCCEEDED,
        FAILED,
        CANCELLED,
        LEASE_LOST
    }

    /** The base model does not lie on this host: the model folder is not the one that the server uses. */
    static final class ModelNotHere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ModelNotHere(Path directory) {
            super("The model " + directory + " is not on this host. Give the worker the model folder that the server"
                    + " uses (--models, or REPLYLOOP_MODEL_DIRECTORY); hosts share it over the network.");
        }
    }

    @FunctionalInterface
    public interface Trainer {
        public TrainingResult run(
                Path base,
                List<TrainingExample> train,
                List<TrainingExample> dev,
                Path out,
                FineTuningOptions options,
                TrainingListener listener);
    }

    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final Path models;
    private final int threads;
    private final Trainer trainer;
    private final PrintStream log;
    private final LeaseKeeper lease;
    private final LearningTime time;
    private final StandBack standBack;

    /** The new model is made and only has to be measured, which is let come to its end. */
    private boolean learned;

    /** Of a worker on a machine of its own, which makes way for nobody. */
    public TrainingAttempt(
            WorkerStore store, RunQueue.Claim claim, Path models, int threads, Trainer trainer, PrintStream log) {
        this(store, claim, models, threads, trainer, log, WaitingSignal.silent());
    }

    TrainingAttempt(
            WorkerStore store,
            RunQueue.Claim claim,
            Path models,
            int threads,
            Trainer trainer,
            PrintStream log,
            WaitingSignal customers) {
        this.store = store;
        this.claim = claim;
        this.models = models;
        this.threads = threads;
        this.trainer = trainer;
        this.log = log;
        standBack = new StandBack(customers, threads);
        lease = new LeaseKeeper(store, claim, standBack);
        time = new LearningTime(claim, standBack);
    }

    public Outcome run() {
        lease.start();
        Outcome outcome = null;
        try {
            outcome = attempt();
        } finally {
            lease.close();
            logStoodBack();
            if (outcome != null && outcome != Outcome.LEASE_LOST) {
                ModelDirectory.delete(work());
            }
        }
        return outcome;
    }

    private Outcome attempt() {
        try {
            if (claim.measuredModel() == null) {
                train();
            } else {
                new Measuring(store, claim, log, this::verified, this::measure).run(() -> {
                    stillWanted();
                    lease.tell();
                });
            }
            return Outcome.SUCCEEDED;
        } catch (RunQueue.LeaseLost | WorkerStore.DatabaseAway | ModelNotHere beyondTheRun) {
            return leftAlone(beyondTheRun);
        } catch (CancellationException | Suspended stopped) {
            return stopped();
        } catch (CheckpointException damaged) {
            return failed("checkpoint-invalid", damaged.getMessage(), damaged);
        } catch (Problem damaged) {
            return failed("model-damaged", damaged.getMessage(), damaged);
        } catch (LearningTime.Over limit) {
            return failed("time-limit", limit.getMessage(), limit);
        } catch (Diverged diverged) {
            return failed(
                    "diverged",
                    "The training has lost its way: " + diverged.getMessage()
                            + ". Start the run again with a lower learning rate.",
                    diverged);
        } catch (IllegalArgumentException unusable) {
            return failed("data-invalid", "These examples cannot be used: " + unusable.getMessage(), unusable);
        } catch (OutOfMemoryError memory) {
            return failed(
                    "out-of-memory",
                    "The training process ran out of memory. Give it more with replyloop.training.worker-heap, or train"
                            + " with a smaller batch.",
                    memory);
        } catch (IOException | RuntimeException | LinkageError failure) {
            if (DiskFull.causedBy(failure)) {
                return failed(
                        "disk-full",
                        "The disk is full: " + failure.getMessage()
                                + ". Make room where the models are kept, then start the run again.",
                        failure);
            }
            return failed("unexpected", "Training stopped with an unexpected error: " + failure.getMessage(), failure);
        }
    }

    private void train() throws IOException {
        ModelRows.Model base = store.model(claim.baseModel());
        Path baseDirectory = verified(base);
        List<TrainingExample> train = store.train(claim);
        List<HeldOut> heldOut = store.heldOut(claim);
        List<TrainingExample> dev = HeldOut.labelled(heldOut);
        TestPart test = store.test(claim);
        if (train.isEmpty() || dev.isEmpty()) {
            throw new IllegalArgumentException("the dataset has " + train.size() + " examples to learn from and "
                    + dev.size() + " to measure with; some were erased");
        }

        ModelRows.Model champion = store.champion()
                .filter(id -> !id.equals(base.id()))
                .map(store::model)
                .orElse(base);
        log.printf(
                "Run %d, attempt %d: model %d learns from %d examples, stops by %d and is measured on %d questions against"
                        + " model %d%n",
                claim.number(),
                claim.attempt(),
                base.number(),
                train.size(),
                dev.size(),
                test.questions().size(),
                champion.number());
        Path championDirectory = verified(champion);
        FinalScore usual = FinalScore.of(championDirectory);
        List<List<OwnScore.Candidate>> decided = store.decidedBefore(claim, champion);
        FinalScore score = OwnScore.forAnotherNetwork(usual, decided);
        // As it serves: also with the weight that its own network has earned.
        FinalScore serving = OwnScore.of(usual, decided);
        Measured before = measure(championDirectory, heldOut, test, score, () -> {});
        TrainingResult result = fineTune(baseDirectory, train, dev);
        stillWanted();

        Measured fresh = measure(trained(), heldOut, test, score, () -> {});
        Measured after = fresh.at(NetworkWeight.temperature(before.chosen(), fresh.chosen()));
        ObjectNode ranking = FinalScore.handedOn(
                score.equals(usual) ? ranking(champion) : score.json(),
                after.chosen().temperature());
        ModelDirectory.Installed installed = ModelDirectory.install(
                models, "run-" + claim.number() + "-" + claim.id().toString().substring(0, 8), directory -> {
                    moveAll(trained(), directory);
                    Files.writeString(directory.resolve(FinalScore.FILE), ranking.toPrettyString() + "\n");
                });
        stillWanted();

        Gate gate = Gate.of(test, before.side().with(serving), after.side());
        Verdict verdict = Verdict.of(gate, champion.number());
        ObjectNode ofModel = GateReport.ofModel(train.size(), after, gate, verdict);
        ObjectNode ofRun = GateReport.ofRun(champion, before, after, gate, verdict);
        store.progress(claim, result.steps(), result.steps(), 0.0);
        lease.tell();
        store.succeed(claim, UUID.randomUUID(), installed, ofModel, ofRun, GateReport.flipped(gate));
        log.println(verdict.english());
    }

    /** Goes on where an earlier attempt at this run was stopped, if there was one: the work folder is the run's own. */
    private TrainingResult fineTune(Path base, List<TrainingExample> train, List<TrainingExample> dev)
            throws IOException {
        CheckpointInfo network;
        try (CrossEncoder model = open(base)) {
            network = model.info();
        }
        FineTuningOptions options =
                Json.MAPPER.treeToValue(claim.options(), TrainingOptions.class).forData(train.size(), network, threads);
        log.println("Recipe: " + options);
        Files.createDirectories(work());
        Optional<TrainingResult> finished = FinishedTraining.find(work(), trained());
        if (finished.isPresent()) {
            log.println("An earlier attempt has made the model already; it only has to be measured");
            return learned(finished.get());
        }
        ModelDirectory.delete(trained());
        TrainingResult result = trainer.run(
                base,
                asLearned(train, network),
                dev,
                trained(),
                options,
                new ProgressWriter(store, claim, lease, time, standBack, log));
        FinishedTraining.keep(work(), trained(), result);
        return learned(result);
    }

    private void logStoodBack() {
        if (standBack.stoodBack().toSeconds() > 0) {
            log.printf(
                    "Stood back for %d s in this attempt, because customers were waiting%n",
                    standBack.stoodBack().toSeconds());
        }
    }

    private TrainingResult learned(TrainingResult result) {
        learned = true;
        store.phase(claim, RunPhase.EVALUATING);
        return result;
    }

    /** A network with classes learns none of the grades between them. */
    static List<TrainingExample> asLearned(List<TrainingExample> train, CheckpointInfo network) {
        return network.labels() == 1
                ? train
                : train.stream().map(TrainingAttempt::asClass).toList();
    }

    private static TrainingExample asClass(TrainingExample example) {
        return new TrainingExample(example.query(), example.reply(), example.label() >= 0.5 ? 1 : 0, example.group());
    }

    private Measured measure(
            Path directory, List<HeldOut> heldOut, TestPart test, FinalScore score, Runnable beforeBatch) {
        try (CrossEncoder model = open(directory)) {
            StandBack.Pace pace = standBack.pace();
            return Measured.of(model, heldOut, test, score, () -> {
                pace.next(TrainingListener.Batch.MEASURING, this::isStillWanted);
                stillWanted();
                beforeBatch.run();
            });
        }
    }

    /** Swept with other leftovers when the run is never taken up again. */
    private Path work() {
        return models.resolve(ModelDirectory.OF_RUN + claim.id());
    }

    private Path trained() {
        return work().resolve("model");
    }

    private CrossEncoder open(Path directory) {
        return open(directory, threads);
    }

    /** In full precision, so that what is measured does not depend on the machine. */
    static CrossEncoder open(Path directory, int threads) {
        return CrossEncoder.open(directory, new CrossEncoderOptions(Precision.FP32, "auto", 0, threads));
    }

    private Path verified(ModelRows.Model model) {
        Path directory = ModelDirectory.resolve(models, model.directory());
        if (!Files.isDirectory(directory)) {
            throw new ModelNotHere(directory);
        }
        ModelDirectory.verify(directory, model.sha256());
        return directory;
    }

    private JsonNode ranking(ModelRows.Model model) throws IOException {
        try {
            return Json.MAPPER.readTree(Files.readString(
                    ModelDirectory.resolve(models, model.directory()).resolve(FinalScore.FILE)));
        } catch (NoSuchFileException none) {
            return Json.MAPPER.createObjectNode();
        } catch (JsonProcessingException malformed) {
            throw new IOException(FinalScore.FILE + " of model " + model.number() + " is not JSON", malformed);
        }
    }

    private static void moveAll(Path from, Path into) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.move(file, into.resolve(file.getFileName()));
            }
        }
        Files.delete(from);
    }

    private boolean isStillWanted() {
        return lease.isWanted() && (learned || !lease.isQuiet());
    }

    private void stillWanted() {
        if (!isStillWanted()) {
            throw new CancellationException("No longer wanted");
        }
    }

    private Outcome stopped() {
        if (lease.failure() != null) {
            return leftAlone(lease.failure());
        }
        if (lease.isLost()) {
            return leftAlone(new RunQueue.LeaseLost());
        }
        try {
            if (lease.isWanted()) {
                // Nobody asked for it: the quiet hours have begun, or the process was told to end, and the network
                // takes no more work.
                String why = lease.isQuiet() ? "Quiet hours" : "Stopped";
                store.handBack(claim);
                log.printf("%s: run %d goes back to the queue%n", why, claim.number());
                return Outcome.LEASE_LOST;
            }
            store.cancelled(claim);
        } catch (RunQueue.LeaseLost | WorkerStore.DatabaseAway late) {
            return leftAlone(late);
        }
        log.printf("Run %d was cancelled%n", claim.number());
        return Outcome.CANCELLED;
    }

    private Outcome leftAlone(RuntimeException why) {
        if (why instanceof ModelNotHere notHere) {
            throw notHere;
        }
        log.printf("Run %d is left to others: %s%n", claim.number(), why.getMessage());
        return Outcome.LEASE_LOST;
    }

    private Outcome failed(String code, String sentence, Throwable failure) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        log.printf("Run %d failed, reference %s%n", claim.number(), reference);
        failure.printStackTrace(log);
        try {
            store.fail(claim, code, sentence + " (Reference " + reference + " in the worker's log.)");
        } catch (RunQueue.LeaseLost | WorkerStore.DatabaseAway late) {
            return leftAlone(late);
        }
        return Outcome.FAILED;
    }
}
