package io.replyloop.training.worker;

import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.training.RunQueue;
import io.replyloop.training.TrainingRunView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Writes the curve, thinned to some hundred points, and where the run stands, once a second at most; and tells the run
 * when to stop: cancelled, out of time, or because quiet hours have begun.
 */
final class ProgressWriter implements TrainingListener {
    private static final int POINTS = 500;

    private final WorkerStore store;
    private final RunQueue.Claim claim;
    private final LeaseKeeper lease;
    private final LearningTime time;
    private final StandBack standBack;
    private final StandBack.Pace pace;
    private final PrintStream log;

    private int lastPoint = Integer.MIN_VALUE;
    private long lastWrite;
    private int firstStep;
    private int begunSteps;
    private int steps;
    private long begun;
    private Duration stoodBackBefore = Duration.ZERO;
    private double loss = Double.NaN;
    private boolean evaluated;

    ProgressWriter(
            WorkerStore store,
            RunQueue.Claim claim,
            LeaseKeeper lease,
            LearningTime time,
            StandBack standBack,
            PrintStream log) {
        this.store = store;
        this.claim = claim;
        this.lease = lease;
        this.time = time;
        this.standBack = standBack;
        this.log = log;
        pace = standBack.pace();
    }

    @Override
    public void begins(int step) {
        evaluated = store.begin(claim, step);
        firstStep = step;
        begun = System.nanoTime();
        stoodBackBefore = standBack.stoodBack();
        if (step > 0) {
            log.printf("Goes on after step %d, where an earlier attempt had saved its state%n", step);
        }
    }

    @Override
    public boolean cancelled() {
        if (lease.isLost() || lease.failure() != null) {
            // Not a cancellation, which would throw away the state from which another worker goes on.
            throw new RunQueue.LeaseLost();
        }
        return !lease.isWanted();
    }

    @Override
    public void beforeBatch(Batch kind) {
        pace.next(kind, () -> lease.isWanted() && !lease.isQuiet());
    }

    @Override
    public Wish wish() {
        showStep(firstStep + begunSteps++);
        if (lease.isQuiet()) {
            return Wish.SUSPEND;
        }
        if (!time.isOver()) {
            return Wish.GO_ON;
        }
        if (!evaluated) {
            throw time.over();
        }
        log.printf(
                "The longest time of %d minutes is reached: the run ends with its best state so far%n",
                time.limitMinutes());
        return Wish.FINISH;
    }

    @Override
    public void progress(TrainingProgress progress) {
        if (Double.isFinite(progress.loss())) {
            loss = progress.loss();
        }
        boolean measured = !progress.devMetrics().isEmpty();
        evaluated |= measured;
        int distance = Math.max(1, progress.steps() / POINTS);
        boolean due = lastPoint == Integer.MIN_VALUE || progress.step() - lastPoint >= distance;
        if (Double.isFinite(loss) && (due || measured)) {
            lastPoint = progress.step();
            store.point(
                    claim,
                    new TrainingRunView.Point(
                            progress.step(),
                            loss,
                            progress.learningRate(),
                            progress.unitsPerSecond(),
                            measured ? Evaluation.json(progress.devMetrics()) : null));
        }
        steps = progress.steps();
        long now = System.nanoTime();
        if (measured || lastWrite == 0 || now - lastWrite > TimeUnit.SECONDS.toNanos(1)) {
            lastWrite = now;
            double left = secondsLeft(progress.step());
            store.progress(claim, progress.step(), progress.steps(), left);
            log.printf(
                    Locale.ROOT,
                    "step %d of %d, loss %.4f, %.1f pairs/s, %.0f s left %s%n",
                    progress.step(),
                    progress.steps(),
                    loss,
                    progress.unitsPerSecond(),
                    left,
                    measured ? rounded(progress.devMetrics()) : "");
        }
    }

    /** Reports come every few steps, which is long while the run stands back. */
    private void showStep(int done) {
        long now = System.nanoTime();
        if (steps > 0 && standBack.isStanding() && now - lastWrite > TimeUnit.SECONDS.toNanos(1)) {
            lastWrite = now;
            store.progress(claim, done, steps, secondsLeft(done));
        }
    }

    /** At the pace of its work, and as much held up by customers as of late. */
    private double secondsLeft(int step) {
        int done = Math.max(1, step - firstStep);
        Duration worked = Duration.ofNanos(System.nanoTime() - begun)
                .minus(standBack.stoodBack().minus(stoodBackBefore));
        return worked.toMillis() / 1000.0 / done * (steps - step) * standBack.slowdown();
    }

    /** All their digits would be hard to read, and are easily taken for the number of a card. */
    private static String rounded(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> String.format(Locale.ROOT, "%s %.4f", metric.getKey(), metric.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
