package io.replyloop.training.worker;

import io.replyloop.model.ModelRows;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.OwnScore;
import io.replyloop.training.RunPhase;
import io.replyloop.training.RunQueue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A run that trains nothing: two models that there are, each as it would serve, by the same {@link Gate} as a new model and
 * the one that serves. Nothing of it outlives an attempt that ends early; the next one measures both again.
 */
final class Measuring {
    /** Pairs that a network reads first, so that neither is timed cold. */
    private static final int WARMING_UP = 64;

    private static final int PAIRS_AT_ONCE = Evaluation.PAIRS_AT_ONCE;
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    @FunctionalInterface
    interface Measure {
        /** @param beforeBatch runs before each batch of {@link Evaluation#PAIRS_AT_ONCE} pairs at most */
        Measured of(Path model, List<HeldOut> warmingUp, TestPart test, FinalScore score, Runnable beforeBatch);
    }

    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final PrintStream log;
    private final Function<ModelRows.Model, Path> verified;
    private final Measure measure;
    private Instant begun;
    private Instant told;
    private int batches;

    Measuring(
            WorkerStore store,
            RunQueue.Claim claim,
            PrintStream log,
            Function<ModelRows.Model, Path> verified,
            Measure measure) {
        this.store = store;
        this.claim = claim;
        this.log = log;
        this.verified = verified;
        this.measure = measure;
    }

    /** @param atEnd runs when all is measured, before it is stored; may throw */
    void run(Runnable atEnd) {
        ModelRows.Model model = store.model(claim.measuredModel());
        ModelRows.Model against = store.model(claim.baseModel());
        Path directory = verified.apply(model);
        Path other = verified.apply(against);
        TestPart test = store.test(claim);
        if (test.questions().isEmpty()) {
            throw new IllegalArgumentException("the test part has no question any more; some were erased");
        }
        log.printf(
                "Run %d, attempt %d: model %d is measured on %d questions against model %d%n",
                claim.number(),
                claim.attempt(),
                model.number(),
                test.questions().size(),
                against.number());
        store.phase(claim, RunPhase.EVALUATING);
        List<HeldOut> pairs = test.pairs();
        List<HeldOut> warmingUp = pairs.subList(0, Math.min(WARMING_UP, pairs.size()));
        int all = 2 * (batches(warmingUp.size()) + batches(pairs.size()));
        begun = Instant.now();
        told = Instant.EPOCH;
        Measured before = measure.of(other, warmingUp, test, asItServes(against, other), () -> tell(all));
        Measured after = measure.of(directory, warmingUp, test, asItServes(model, directory), () -> tell(all));
        Gate gate = Gate.of(test, before.side(), after.side());
        Verdict verdict = Verdict.between(gate, model.number(), against.number());
        store.progress(claim, all, all, 0.0);
        atEnd.run();
        store.measured(
                claim,
                GateReport.ofMeasurement(against, model, before, after, gate, verdict),
                GateReport.flipped(gate));
        log.println(verdict.english());
    }

    /** With what was learned from decisions on what it ranked itself; one that never served has its own score as it came. */
    private FinalScore asItServes(ModelRows.Model model, Path directory) {
        return OwnScore.of(FinalScore.of(directory), store.decidedBefore(claim, model));
    }

    private void tell(int all) {
        int done = batches++;
        Instant now = Instant.now();
        if (now.isBefore(told.plus(TELL_EVERY))) {
            return;
        }
        told = now;
        double seconds = Duration.between(begun, now).toMillis() / 1e3;
        store.progress(claim, done, all, done == 0 ? null : seconds / done * (all - done));
    }

    private static int batches(int pairs) {
        return (pairs + PAIRS_AT_ONCE - 1) / PAIRS_AT_ONCE;
    }
}
