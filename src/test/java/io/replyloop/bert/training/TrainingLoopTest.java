package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every run keeps to, whatever it learns: shown with a network of one weight, which is the sum of its steps. */
class TrainingLoopTest {
    @TempDir
    Path folder;

    private final OneWeight network = new OneWeight();
    private final List<TrainingProgress> reports = new ArrayList<>();
    private final Adding objective = new Adding();
    private int dieAt = Integer.MAX_VALUE;
    private int cancelAt = Integer.MAX_VALUE;

    private TrainingResult run() {
        return TrainingLoop.run(objective, folder.resolve("out"), "this run", new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                reports.add(progress);
                if (progress.step() >= dieAt) {
                    throw new IllegalStateException("the process died");
                }
            }

            @Override
            public boolean cancelled() {
                return network.steps >= cancelAt;
            }
        });
    }

    private List<Integer> reportedSteps() {
        return reports.stream().map(TrainingProgress::step).toList();
    }

    private void assertNothingIsLeft() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aReportHasTheMeansSinceTheLastOne() {
        run();
        assertEquals(List.of(4, 5, 8, 10), reportedSteps());
        assertEquals((1 + 2 + 3 + 4) / 4.0, reports.get(0).loss());
        assertEquals(5, reports.get(1).loss());
        assertEquals(Map.of("half", (6 + 7 + 8) / 6.0), reports.get(2).trainMetrics());
        assertEquals(Map.of(), reports.get(0).devMetrics());
        assertEquals(Map.of("score", 0.0), reports.get(1).devMetrics());
    }

    @Test
    void aRunThatBrokeOffGoesOnFromItsLastState() throws IOException {
        dieAt = 8;
        assertThrows(IllegalStateException.class, this::run);
        dieAt = Integer.MAX_VALUE;
        reports.clear();
        network.weight = -1;
        assertEquals(10, run().steps());
        assertEquals(List.of(8, 10), reportedSteps());
        assertEquals(6 + 7 + 8, 3 * reports.get(0).loss());
        assertEquals(55, written());
    }

    @Test
    void aRunThatIsCancelledLeavesNothing() throws IOException {
        cancelAt = 7;
        assertThrows(CancellationException.class, this::run);
        assertEquals(7, network.steps);
        assertNothingIsLeft();
    }

    @Test
    void theWeightsWithTheHighestScoreAreWrittenAndPatienceEndsARun() throws IOException {
        objective.scores = List.of(0.1, 0.3, 0.3, 0.2, 0.9);
        objective.steps = 25;
        objective.patience = 2;
        TrainingResult result = run();
        assertEquals(10, result.bestStep());
        assertEquals(Map.of("score", 0.3), result.devMetrics());
        assertEquals(20, result.steps());
        assertEquals(55, written());
    }

    @Test
    void aLossOrAGradientThatIsNoNumberEndsARun() {
        objective.loss = Double.NaN;
        assertThrows(Diverged.class, this::run);
        objective.loss = 0;
        objective.norm = Double.POSITIVE_INFINITY;
        Diverged diverged = assertThrows(Diverged.class, this::run);
        assertTrue(diverged.getMessage().contains("step 0"), diverged.getMessage());
    }

    private float written() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("out"))) {
            return file.readFloats(file.entries().get("weight")).getFloat(0);
        }
    }

    /** Step s adds s + 1 to the weight; evaluated and saved every five steps. */
    private final class Adding implements Objective {
        private int steps = 10;
        private int patience;
        private double loss;
        private double norm = 1;
        private List<Double> scores = List.of();

        @Override
        public Learner network() {
            return network;
        }

        @Override
        public TrainingPlan plan() {
            return new TrainingPlan(steps, 4, TrainingPlan.every(5), TrainingPlan.every(5), patience);
        }

        @Override
        public Optimiser optimiser() {
            return new Optimiser(step -> 1, step -> {
                network.weight += step + 1;
                network.steps = step + 1;
                return norm;
            });
        }

        @Override
        public int learn(int step, Means means) {
            means.add(Means.LOSS, loss + step + 1, 1);
            means.add("half", step + 1, 2);
            return 1;
        }

        @Override
        public Evaluation evaluate(int stepsDone) {
            return scores.isEmpty()
                    ? Evaluation.of(Map.of("score", 0.0))
                    : new Evaluation(Map.of("score", scores.get(stepsDone / 5 - 1)), scores.get(stepsDone / 5 - 1), 1);
        }

        @Override
        public void resume(TrainingState.Saved saved) {
            try (SafetensorsFile file = SafetensorsFile.open(saved.weights())) {
                network.weight = file.readFloats(file.entries().get("weight")).getFloat(0);
            }
        }

        @Override
        public void write(Path out, Optional<Path> kept) throws IOException {
            if (kept.isPresent()) {
                Files.copy(kept.get(), out);
            } else {
                SafetensorsWriter.write(out, network.weights());
            }
        }
    }

    private static final class OneWeight implements Learner {
        private float weight;
        private int steps;

        @Override
        public List<SafetensorsWriter.Tensor> weights() {
            return List.of(new SafetensorsWriter.Tensor("weight", new long[] {1}, new float[] {weight}));
        }

        @Override
        public List<SafetensorsWriter.Tensor> moments() {
            return List.of();
        }

        @Override
        public double learn(
                List<EncodedPair> pairs, float[] labels, long[] groups, Loss loss, double weight, long seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double update(AdamW optimiser, int step) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int tokensAtOnce() {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[][] evaluate(List<EncodedPair> pairs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
