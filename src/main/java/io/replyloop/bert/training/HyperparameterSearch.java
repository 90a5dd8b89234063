package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.platform.Json;
import io.replyloop.platform.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * Random search (Bergstra and Bengio 2012) over learning rate, batch size, epochs and frozen layers: each trial is a
 * fine-tuning run, judged by the dev part, and the best model is kept. The combinations are drawn without repetition in
 * an order that depends only on the seed, so after a crash the same call resumes the interrupted trial.
 */
public final class HyperparameterSearch {

    /** The values to combine. */
    public record Space(
            List<Double> learningRates, List<Integer> batchSizes, List<Integer> epochs, List<Integer> frozenLayers) {
        public Space {
            if (learningRates.isEmpty() || batchSizes.isEmpty() || epochs.isEmpty() || frozenLayers.isEmpty()) {
                throw new IllegalArgumentException("a search needs at least one value for each parameter");
            }
        }

        List<FineTuningOptions> candidates(FineTuningOptions fixed) {
            List<FineTuningOptions> all = new ArrayList<>();
            for (double rate : learningRates) {
                for (int batch : batchSizes) {
                    for (int epoch : epochs) {
                        for (int frozen : frozenLayers) {
                            all.add(fixed.toBuilder()
                                    .learningRate(rate)
                                    .batchSize(batch)
                                    .epochs(epoch)
                                    .frozenLayers(frozen)
                                    .build());
                        }
                    }
                }
            }
            Collections.shuffle(all, new Random(fixed.seed()));
            return all;
        }
    }

    /**
     * @param trials maximum number
     * @param time after which no trial starts and the running one is stopped, or null; the first trial always finishes
     */
    public record Budget(int trials, Duration time) {
        public Budget {
            if (trials < 1) {
                throw new IllegalArgumentException("a search needs at least one trial");
            }
        }
    }

    /** How a trial ended. */
    public enum Outcome {
        DONE,
        /** The loss was no longer a finite number. */
        DIVERGED,
        /** Stopped when the time was up. */
        CUT,
        /** Not started, because similar trials took longer than the time left. */
        SKIPPED
    }

    /** @param metrics of the dev part; empty unless done */
    public record Trial(
            int number, FineTuningOptions options, Outcome outcome, Map<String, Double> metrics, double seconds) {
        /** MRR if there are impressions, otherwise the negative loss; higher is better. */
        public double score() {
            if (outcome != Outcome.DONE) {
                return Double.NEGATIVE_INFINITY;
            }
            return metrics.containsKey("mrr") ? metrics.get("mrr") : -metrics.get("loss");
        }

        boolean isBetterThan(Trial other) {
            int byScore = Double.compare(score(), other.score());
            return byScore > 0 || byScore == 0 && metrics.get("loss") < other.metrics.get("loss");
        }
    }

    public record Result(List<Trial> trials, Trial best) {}

    /** Called on the thread of the search. A cancelled search keeps its state, from which the same call resumes. */
    public interface Listener extends TrainingListener {
        default void begins(int number, int of, FineTuningOptions options) {}

        default void ended(Trial trial, Trial best) {}
    }

    private final Path base;
    private final List<TrainingExample> train;
    private final List<TrainingExample> dev;
    private final Budget budget;
    private final Listener listener;
    private final Path folder;
    private final String fingerprint;
    private final List<Trial> trials = new ArrayList<>();
    private Trial best;

    private HyperparameterSearch(
            Path base,
            List<TrainingExample> train,
            List<TrainingExample> dev,
            Budget budget,
            Listener listener,
            Path folder,
            String fingerprint) {
        this.base = base;
        this.train = train;
        this.dev = dev;
        this.budget = budget;
        this.listener = listener;
        this.folder = folder;
        this.fingerprint = fingerprint;
    }

    /**
     * @param fixed what all trials have in common
     * @param out a directory that does not exist yet, for the best model
     * @throws IllegalStateException if every trial diverged
     * @throws CancellationException if the listener cancelled; the same call resumes later
     */
    public static Result run(
            Path base,
            List<TrainingExample> train,
            List<TrainingExample> dev,
            Path out,
            FineTuningOptions fixed,
            Space space,
            Budget budget,
            Listener listener) {
        if (dev.isEmpty()) {
            throw new IllegalArgumentException("a search needs a dev part that says which trial is the best");
        }
        CheckpointDirectory.requireFree(out);
        Path target = out.toAbsolutePath();
        HyperparameterSearch search = new HyperparameterSearch(
                base,
                train,
                dev,
                budget,
                listener,
                target.resolveSibling("." + target.getFileName() + ".search"),
                TrainingState.fingerprint(base, List.of(train, dev), fixed) + space);
        try {
            search.run(space.candidates(fixed), target);
            return new Result(List.copyOf(search.trials), search.best);
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": the search cannot be saved", e);
        }
    }

    private void run(List<FineTuningOptions> candidates, Path out) throws IOException {
        int count = Math.min(budget.trials(), candidates.size());
        resume(candidates);
        for (int i = trials.size(); i < count; i++) {
            Trial trial = timeIsShort(candidates.get(i))
                    ? new Trial(i + 1, candidates.get(i), Outcome.SKIPPED, Map.of(), 0)
                    : attempt(i + 1, count, candidates.get(i));
            Path model = folder.resolve("trial-" + trial.number());
            add(trial);
            save();
            deleteAllBut(best == null ? model : folder.resolve("trial-" + best.number()));
            listener.ended(trial, best);
        }
        if (best == null) {
            throw new IllegalStateException("no trial ended well; lower the learning rates");
        }
        Files.deleteIfExists(out);
        WholeFile.put(folder.resolve("trial-" + best.number()), out);
        CheckpointDirectory.deleteTree(folder);
    }

    private Trial attempt(int number, int of, FineTuningOptions options) {
        listener.begins(number, of, options);
        long begin = System.nanoTime();
        boolean[] cut = {false};
        TrainingListener trial = new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                listener.progress(progress);
            }

            @Override
            public boolean cancelled() {
                cut[0] = best != null && left(begin) <= 0;
                if (listener.cancelled()) {
                    throw new Stopped();
                }
                return cut[0];
            }
        };
        Path out = folder.resolve("trial-" + number);
        try {
            Files.createDirectories(folder);
            TrainingResult result = FineTuner.run(base, train, dev, out, options, trial);
            return new Trial(number, options, Outcome.DONE, result.devMetrics(), seconds(begin));
        } catch (Diverged diverged) {
            return new Trial(number, options, Outcome.DIVERGED, Map.of(), seconds(begin));
        } catch (Stopped stopped) {
            throw new CancellationException("stopped in trial " + number + "; the same call goes on");
        } catch (CancellationException cancelled) {
            if (!cut[0]) {
                throw cancelled;
            }
            return new Trial(number, options, Outcome.CUT, Map.of(), seconds(begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Preserves the state of the trial, which cancelling a fine-tuning run would delete. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private double left(long sinceOfThisTrial) {
        if (budget.time() == null) {
            return Double.POSITIVE_INFINITY;
        }
        double spent = trials.stream().mapToDouble(Trial::seconds).sum();
        return budget.time().toNanos() / 1e9 - spent - seconds(sinceOfThisTrial);
    }

    private boolean timeIsShort(FineTuningOptions options) {
        double left = left(System.nanoTime());
        double perEpoch = trials.stream()
                .filter(trial -> trial.outcome() == Outcome.DONE)
                .mapToDouble(trial -> trial.seconds() / trial.options().epochs())
                .min()
                .orElse(0);
        return best != null && (left <= 0 || perEpoch * options.epochs() > left);
    }

    private void deleteAllBut(Path kept) throws IOException {
        try (var entries = Files.list(folder)) {
            for (Path entry : entries.filter(path -> !path.equals(kept) && !path.endsWith("trials.json"))
                    .toList()) {
                CheckpointDirectory.deleteTree(entry);
            }
        }
    }

    private void save() throws IOException {
        ObjectNode state = Json.MAPPER.createObjectNode().put("fingerprint", fingerprint);
        ArrayNode list = state.putArray("trials");
        for (Trial trial : trials) {
            ObjectNode node = list.addObject();
            node.put("outcome", trial.outcome().name()).put("seconds", trial.seconds());
            ObjectNode metrics = node.putObject("metrics");
            trial.metrics().forEach(metrics::put);
        }
        Files.createDirectories(folder);
        Path partial = folder.resolve("trials.json.partial");
        Files.write(partial, Json.MAPPER.writeValueAsBytes(state));
        Files.move(partial, folder.resolve("trials.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void resume(List<FineTuningOptions> candidates) throws IOException {
        Path file = folder.resolve("trials.json");
        Optional<JsonNode> state = Files.isRegularFile(file)
                ? Optional.of(CheckpointFiles.readJson(file))
                        .filter(json -> json.path("fingerprint").asText().equals(fingerprint))
                : Optional.empty();
        if (state.isEmpty()) {
            // A trial that was interrupted before any other finished is recognised by its own fingerprint.
            Files.deleteIfExists(file);
            return;
        }
        for (JsonNode node : state.get().path("trials")) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            node.path("metrics")
                    .properties()
                    .forEach(entry ->
                            metrics.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
            Trial trial = new Trial(
                    trials.size() + 1,
                    candidates.get(trials.size()),
                    Outcome.valueOf(node.path("outcome").asText()),
                    metrics,
                    node.path("seconds").asDouble());
            add(trial);
        }
    }

    private void add(Trial trial) {
        trials.add(trial);
        if (trial.outcome() == Outcome.DONE && (best == null || trial.isBetterThan(best))) {
            best = trial;
        }
    }
}
