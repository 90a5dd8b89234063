package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * One run of training, whatever its {@link Objective}. It takes up the last state that an earlier process saved beside
 * {@code out}, makes the steps that are left, evaluates and saves every so often, keeps the weights that did best, and
 * ends with a model as a whole. A run that breaks off leaves its state; one that is cancelled leaves nothing.
 */
final class TrainingLoop {
    private static final System.Logger LOG = System.getLogger(TrainingLoop.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param kept the evaluation of the weights that were written
     * @param keptStep steps after which they stood; 0 when nothing was evaluated
     * @param steps made in all
     */
    record Result(Evaluation kept, int keptStep, int steps) {}

    private final Objective objective;
    private final Optimiser optimiser;
    private final Path out;
    private final TrainingState state;
    private final TrainingListener listener;

    private Evaluation best = new Evaluation(Map.of(), Double.NEGATIVE_INFINITY, 1);
    private int bestStep;
    private int worse;

    private TrainingLoop(
            Objective objective, Optimiser optimiser, Path out, TrainingState state, TrainingListener listener) {
        this.objective = objective;
        this.optimiser = optimiser;
        this.out = out;
        this.state = state;
        this.listener = listener;
    }

    /**
     * @param fingerprint of all that shapes the run; the state of another run is not taken up
     * @throws Diverged when the loss or a gradient is no longer a number
     * @throws CancellationException when the listener cancelled
     */
    static Result run(
            Objective objective, Optimiser optimiser, Path out, String fingerprint, TrainingListener listener) {
        TrainingState state = TrainingState.beside(out, fingerprint);
        return new TrainingLoop(objective, optimiser, out, state, listener).run();
    }

    private Result run() {
        int steps = objective.steps();
        int step = state.latest().map(this::resume).orElse(0);
        if (step == 0 && objective.evaluatesAfter(0)) {
            Map<String, Double> metrics = evaluate(0);
            listener.progress(new Meter(0, steps).report(0, 0, optimiser.rateAt(0), Double.NaN, metrics));
        }
        Meter meter = new Meter(step, steps);
        while (step < steps && !stopsEarly()) {
            if (listener.cancelled()) {
                state.delete();
                throw new CancellationException("cancelled after " + step + " of " + steps + " steps");
            }
            int epoch = objective.epochOf(step);
            double rate = optimiser.rateAt(step);
            meter.units += objective.learn(step, meter.means);
            double norm = optimiser.update(step);
            if (!Double.isFinite(meter.means.loss()) || !Double.isFinite(norm)) {
                throw new Diverged(step);
            }
            step++;
            boolean evaluates = objective.evaluatesAfter(step);
            Map<String, Double> metrics = evaluates ? evaluate(step) : Map.of();
            if (objective.savesAfter(step)) {
                save(step);
            }
            if (evaluates || step == steps || Objective.isDue(step, objective.reportEvery())) {
                listener.progress(meter.report(step, epoch, rate, norm, metrics));
            }
        }
        write(step);
        return new Result(best, bestStep, step);
    }

    private boolean stopsEarly() {
        return objective.patience() > 0 && worse >= objective.patience();
    }

    private Map<String, Double> evaluate(int step) {
        Evaluation evaluation = objective.evaluate(step);
        boolean scored = !Double.isNaN(evaluation.score());
        if (scored && evaluation.score() <= best.score()) {
            worse++;
            return evaluation.metrics();
        }
        best = evaluation;
        bestStep = step;
        worse = 0;
        if (scored) {
            state.saveBest(objective.network(), step);
        }
        return evaluation.metrics();
    }

    private void save(int step) {
        ObjectNode notes = JSON.createObjectNode();
        notes.put("bestStep", bestStep).put("bestScore", best.score()).put("bestTemperature", best.temperature());
        notes.put("worse", worse);
        ObjectNode metrics = notes.putObject("bestMetrics");
        best.metrics().forEach(metrics::put);
        state.save(objective.network(), step, notes);
    }

    private int resume(TrainingState.Saved saved) {
        LOG.log(System.Logger.Level.INFO, "going on after step {0} of {1}", saved.step(), objective.steps());
        objective.resume(saved);
        JsonNode notes = saved.notes();
        Map<String, Double> metrics = new LinkedHashMap<>();
        notes.path("bestMetrics")
                .properties()
                .forEach(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asDouble(Double.NaN)));
        best = new Evaluation(
                metrics,
                notes.path("bestScore").asDouble(Double.NEGATIVE_INFINITY),
                notes.path("bestTemperature").asDouble(1));
        bestStep = notes.path("bestStep").asInt();
        worse = notes.path("worse").asInt();
        return saved.step();
    }

    private void write(int lastStep) {
        try {
            objective.write(out, bestStep < lastStep ? state.best(bestStep) : Optional.empty());
            state.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": the model cannot be written", e);
        }
    }

    /** What was learned since the last report and how fast; the time left is counted from where this process began. */
    private static final class Meter {
        private final int firstStep;
        private final int steps;
        private final long start = System.nanoTime();
        private long lastReport = start;
        private Means means = new Means();
        private long units;

        Meter(int firstStep, int steps) {
            this.firstStep = firstStep;
            this.steps = steps;
        }

        TrainingProgress report(int step, int epoch, double rate, double norm, Map<String, Double> devMetrics) {
            long now = System.nanoTime();
            double seconds = Math.max(1e-9, (now - lastReport) / 1e9);
            double perStep = (now - start) / (double) Math.max(1, step - firstStep);
            TrainingProgress progress = new TrainingProgress(
                    step,
                    steps,
                    epoch,
                    means.loss(),
                    means.besidesLoss(),
                    rate,
                    norm,
                    units / seconds,
                    Duration.ofNanos((long) (perStep * (steps - step))),
                    devMetrics);
            lastReport = now;
            means = new Means();
            units = 0;
            return progress;
        }
    }
}
