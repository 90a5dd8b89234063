package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Fine-tunes a checkpoint on labelled pairs. A run evaluates the dev part every so often, keeps the weights that did
 * best there, and leaves a Hugging Face directory as a whole or nothing. After a crash the same call goes on from the
 * last evaluation and ends with the same weights.
 */
public final class FineTuner {
    private static final System.Logger LOG = System.getLogger(FineTuner.class.getName());
    private static final int REPORT_EVERY = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FineTuningOptions options;
    private final FineTuningListener listener;
    private final Path out;
    private final TrainingState state;
    private final BatchPlan plan;
    private final TrainingSet train;
    private final TrainingSet dev;
    private final Learner network;
    private final FineTuningBase base;
    private final AdamW optimiser;

    private Map<String, Double> bestMetrics = Map.of();
    private double bestScore = Double.NEGATIVE_INFINITY;
    private double bestTemperature = 1;
    private int bestStep;
    private int worse;

    private FineTuner(
            Path out,
            FineTuningOptions options,
            FineTuningListener listener,
            TrainingState state,
            BatchPlan plan,
            TrainingSet train,
            TrainingSet dev,
            Learner network,
            FineTuningBase base) {
        this.options = options;
        this.listener = listener;
        this.out = out;
        this.state = state;
        this.plan = plan;
        this.train = train;
        this.dev = dev;
        this.network = network;
        this.base = base;
        int steps = plan.steps();
        optimiser = new AdamW(
                options.learningRate(),
                (int) Math.ceil(steps * options.warmupShare()),
                steps,
                options.weightDecay(),
                options.maxGradNorm());
    }

    /**
     * @param dev may be empty; then the last weights are kept
     * @param out a directory that does not exist yet
     * @throws CheckpointException when the base checkpoint or {@code out} cannot be used
     * @throws IllegalArgumentException when examples and loss do not fit together
     * @throws CancellationException when the listener cancelled; nothing is left then
     */
    public static FineTuningResult run(
            Path base,
            List<TrainingExample> train,
            List<TrainingExample> dev,
            Path out,
            FineTuningOptions options,
            FineTuningListener listener) {
        Checkpoint.requireFree(out);
        TrainingSet.requireLabels(train, dev, options.loss());
        TrainingState state = TrainingState.beside(out, fingerprint(base, train, dev, options));
        Optional<TrainingState.Saved> saved = state.latest();
        try (FineTuningBase start = FineTuningBase.open(base, options.loss())) {
            TrainingSet.requireClasses(train, start.labels(), options.loss());
            TrainingSet.requireClasses(dev, start.labels(), options.loss());
            int length = CrossEncoder.lengthWithin(start.maxLength(), options.maxLength());
            if (options.frozenLayers() > start.layers()) {
                throw new IllegalArgumentException(
                        "cannot freeze " + options.frozenLayers() + " layers of a network that has " + start.layers());
            }
            Torch.setThreads(options.threads());
            BatchPlan plan = BatchPlan.of(train, options);
            try (PairTokenizer tokenizer = start.tokenizer(length);
                    Learner network = start.load(options)) {
                TrainingSet trainSet = TrainingSet.encode(train, tokenizer, options.loss());
                TrainingSet devSet = TrainingSet.encode(dev, tokenizer, options.loss());
                FineTuner tuner = new FineTuner(out, options, listener, state, plan, trainSet, devSet, network, start);
                int from = saved.isPresent() ? tuner.resume(saved.get()) : 0;
                return tuner.train(from);
            }
        }
    }

    private FineTuningResult train(int from) {
        int steps = plan.steps();
        int step = from;
        Meter meter = new Meter(step, steps);
        boolean stopped = stopsEarly();
        while (step < steps && !stopped) {
            if (listener.cancelled()) {
                state.delete();
                throw new CancellationException("cancelled after " + step + " of " + steps + " steps");
            }
            List<Integer> batch = plan.batch(step);
            double rate = optimiser.rateAt(step);
            int epoch = plan.epochOf(step);
            double loss = train.learn(network, batch, options.batchSize(), options.seed() + step);
            double norm = network.update(optimiser, step);
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                throw new Diverged(step);
            }
            step++;
            meter.add(loss, batch.size());
            boolean evaluates =
                    options.evaluateEvery() > 0 ? step % options.evaluateEvery() == 0 : plan.endsEpoch(step);
            if (evaluates || step == steps) {
                Map<String, Double> metrics = evaluate(step);
                saveState(step);
                listener.progress(meter.report(step, epoch, rate, norm, metrics));
                stopped = stopsEarly();
            } else if (step % REPORT_EVERY == 0) {
                listener.progress(meter.report(step, epoch, rate, norm, Map.of()));
            }
        }
        writeOut(step);
        return new FineTuningResult(bestMetrics, bestTemperature, bestStep, step);
    }

    /** The loss, or a gradient, is no longer a number. */
    static final class Diverged extends IllegalStateException {
        Diverged(int step) {
            super("the loss is no longer a number after step " + step + "; lower the learning rate, or train in FP32");
        }
    }

    private boolean stopsEarly() {
        return options.patience() > 0 && worse >= options.patience();
    }

    private Map<String, Double> evaluate(int step) {
        if (dev.isEmpty()) {
            bestStep = step;
            return Map.of();
        }
        List<float[]> logits = dev.logits(network);
        for (float[] row : logits) {
            for (float logit : row) {
                if (!Float.isFinite(logit)) {
                    throw new Diverged(step);
                }
            }
        }
        TrainingSet.Evaluation evaluation = dev.measure(logits, base.isRegression());
        if (evaluation.score() > bestScore) {
            bestScore = evaluation.score();
            bestMetrics = evaluation.metrics();
            bestTemperature = evaluation.temperature();
            bestStep = step;
            worse = 0;
            state.saveBest(network, step);
        } else {
            worse++;
        }
        return evaluation.metrics();
    }

    private void saveState(int step) {
        ObjectNode notes = JSON.createObjectNode();
        notes.put("bestStep", bestStep).put("bestScore", bestScore).put("bestTemperature", bestTemperature);
        notes.put("worse", worse);
        ObjectNode metrics = notes.putObject("bestMetrics");
        bestMetrics.forEach(metrics::put);
        state.save(network, step, notes);
    }

    private int resume(TrainingState.Saved saved) {
        LOG.log(System.Logger.Level.INFO, "going on after step {0} of {1}", saved.step(), plan.steps());
        try (SafetensorsFile moments = state.openMoments(saved)) {
            base.restore(network, saved.directory().resolve("model.safetensors"), moments);
        }
        bestStep = saved.notes().path("bestStep").asInt();
        bestScore = saved.notes().path("bestScore").asDouble(Double.NEGATIVE_INFINITY);
        bestTemperature = saved.notes().path("bestTemperature").asDouble(1);
        worse = saved.notes().path("worse").asInt();
        Map<String, Double> metrics = new java.util.LinkedHashMap<>();
        saved.notes()
                .path("bestMetrics")
                .properties()
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
        bestMetrics = metrics;
        return saved.step();
    }

    private void writeOut(int lastStep) {
        try {
            base.write(out, network, state.best(bestStep).filter(path -> bestStep < lastStep));
            state.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": the model cannot be written", e);
        }
    }

    /** Speed and time left, counted from where this process began. */
    private static final class Meter {
        private final int steps;
        private final int firstStep;
        private final long start = System.nanoTime();
        private long lastTime = start;
        private double losses;
        private int lossCount;
        private int pairs;

        Meter(int firstStep, int steps) {
            this.firstStep = firstStep;
            this.steps = steps;
        }

        void add(double loss, int batch) {
            losses += loss;
            lossCount++;
            pairs += batch;
        }

        FineTuningProgress report(int step, int epoch, double rate, double norm, Map<String, Double> metrics) {
            long now = System.nanoTime();
            double seconds = Math.max(1e-9, (now - lastTime) / 1e9);
            double perStep = (now - start) / (double) Math.max(1, step - firstStep);
            FineTuningProgress progress = new FineTuningProgress(
                    step,
                    steps,
                    epoch,
                    lossCount == 0 ? Double.NaN : losses / lossCount,
                    rate,
                    norm,
                    pairs / seconds,
                    Duration.ofNanos((long) (perStep * (steps - step))),
                    metrics);
            lastTime = now;
            losses = 0;
            lossCount = 0;
            pairs = 0;
            return progress;
        }
    }

    static String fingerprint(
            Path base, List<TrainingExample> train, List<TrainingExample> dev, FineTuningOptions options) {
        return fingerprint(base, List.of(train, dev), options);
    }

    /** Hash of base, data and recipe: a state is resumed only by the very same run. */
    static String fingerprint(Path base, List<?> data, FineTuningOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(base.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(
                    Checkpoint.readJson(base.resolve("config.json")).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
            for (Object part : data) {
                digest.update((byte) 0);
                for (Object item : part instanceof List<?> list ? list : List.of(part)) {
                    digest.update(item.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
