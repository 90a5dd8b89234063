package io.replyloop.bert.training;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A training run for any {@link Objective}. It resumes from the last state saved beside {@code out}, performs the
 * remaining steps, periodically evaluates and saves, keeps the best weights, and writes the model atomically. An
 * interrupted or suspended run leaves its state; a cancelled one leaves nothing.
 */
final class TrainingLoop {
    private static final System.Logger LOG = System.getLogger(TrainingLoop.class.getName());

    private final Objective objective;
    private final TrainingPlan plan;
    private final Path out;
    private final TrainingState state;
    private final TrainingListener listener;

    private Notes notes = new Notes(0, Double.NEGATIVE_INFINITY, 1, Map.of(), 0);
    private int lastEvaluated = -1;

    /**
     * The notes of a state, beside weights and moments.
     *
     * @param worse evaluations since the best one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Notes(
            int bestStep, double bestScore, double bestTemperature, Map<String, Double> bestMetrics, int worse) {}

    private TrainingLoop(Objective objective, Path out, String fingerprint, TrainingListener listener) {
        this.objective = objective;
        plan = objective.plan();
        this.out = out;
        state = new TrainingState(out, fingerprint);
        this.listener = listener;
    }

    /**
     * @param fingerprint of everything that determines the run; the state of another run is not resumed
     * @throws Diverged if the loss or a gradient is no longer a finite number
     * @throws CancellationException if the listener cancelled
     */
    static TrainingResult run(Objective objective, Path out, String fingerprint, TrainingListener listener) {
        return new TrainingLoop(objective, out, fingerprint, listener).run();
    }

    private TrainingResult run() {
        int step = state.latest().map(this::resume).orElse(0);
        listener.begins(step);
        if (step == 0 && plan.evaluates().test(0)) {
            listener.progress(new Meter(0, plan.steps()).report(0, 0, 0, Double.NaN, evaluate(0)));
        }
        Meter meter = new Meter(step, plan.steps());
        while (plan.goesOn(step, notes.worse)) {
            if (listener.cancelled()) {
                state.delete();
                throw new CancellationException("cancelled after " + step + " of " + plan.steps() + " steps");
            }
            if (!isToGoOn(step, meter)) {
                break;
            }
            int epoch = objective.epochOf(step);
            double rate = objective.optimiser().rate().applyAsDouble(step);
            meter.units += objective.learn(step, meter.means);
            double norm = objective.optimiser().update().applyAsDouble(step);
            if (!Double.isFinite(meter.means.all().get(Means.LOSS)) || !Double.isFinite(norm)) {
                throw new Diverged(step);
            }
            step++;
            boolean evaluates = plan.evaluates().test(step);
            Map<String, Double> metrics = evaluates ? evaluate(step) : Map.of();
            if (plan.saves().test(step)) {
                state.save(objective.network(), step, Json.MAPPER.valueToTree(notes));
            }
            if (evaluates || plan.reports(step)) {
                listener.progress(meter.report(step, epoch, rate, norm, metrics));
            }
        }
        write(step);
        return new TrainingResult(notes.bestMetrics, notes.bestTemperature, notes.bestStep, step);
    }

    /** @throws Suspended if the listener wants the run to stop and be resumed later */
    private boolean isToGoOn(int step, Meter meter) {
        switch (listener.wish()) {
            case GO_ON -> {
                return true;
            }
            case SUSPEND -> {
                state.save(objective.network(), step, Json.MAPPER.valueToTree(notes));
                throw new Suspended(step);
            }
            case FINISH -> {
                if (lastEvaluated < step) {
                    double rate = objective.optimiser().rate().applyAsDouble(Math.max(0, step - 1));
                    listener.progress(meter.report(
                            step, objective.epochOf(Math.max(0, step - 1)), rate, Double.NaN, evaluate(step)));
                }
            }
        }
        return false;
    }

    private Map<String, Double> evaluate(int step) {
        lastEvaluated = step;
        Evaluation now = objective.evaluate(step);
        if (now.score().isEmpty()) {
            notes = new Notes(step, Double.NaN, now.temperature(), now.metrics(), 0);
        } else if (now.score().getAsDouble() > notes.bestScore) {
            notes = new Notes(step, now.score().getAsDouble(), now.temperature(), now.metrics(), 0);
            state.saveBest(objective.network(), step);
        } else {
            notes = new Notes(
                    notes.bestStep, notes.bestScore, notes.bestTemperature, notes.bestMetrics, notes.worse + 1);
        }
        return now.metrics();
    }

    private int resume(TrainingState.Saved saved) {
        LOG.log(System.Logger.Level.INFO, "resuming after step {0} of {1}", saved.step(), plan.steps());
        objective.resume(saved);
        if (saved.notes().has("bestStep")) {
            notes = Json.MAPPER.convertValue(saved.notes(), Notes.class);
        }
        return saved.step();
    }

    private void write(int lastStep) {
        try {
            objective.write(out, notes.bestStep < lastStep ? state.best(notes.bestStep) : Optional.empty());
            state.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": the model cannot be written", e);
        }
    }

    /** Means and speed since the last report; the time left is estimated from the start of this process. */
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
            Map<String, Double> trainMetrics = means.all();
            Double loss = trainMetrics.remove(Means.LOSS);
            double perStep = (now - start) / (double) Math.max(1, step - firstStep);
            TrainingProgress progress = new TrainingProgress(
                    step,
                    steps,
                    epoch,
                    loss == null ? Double.NaN : loss,
                    trainMetrics,
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
