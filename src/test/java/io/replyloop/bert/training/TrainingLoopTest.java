package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.OptionalDouble;
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
    private int wishAt = Integer.MAX_VALUE;
    private TrainingListener.Wish wish = TrainingListener.Wish.GO_ON;
    private final List<Integer> begun = new ArrayList<>();

    private TrainingResult run() {
        return TrainingLoop.run(objective, folder.resolve("out"), "this run", new TrainingListener() {
            @Override
            public void begins(int step) {
                begun.add(step);
            }

            @Override
            public TrainingListener.Wish wish() {
                return network.steps >= wishAt ? wish : TrainingListener.Wish.GO_ON;
            }

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
            assertThat(files.toList()).isEqualTo(List.of());
        }
    }

    @Test
    void a_report_has_the_means_since_the_last_one() {
        run();
        assertThat(reportedSteps()).isEqualTo(List.of(4, 5, 8, 10));
        assertThat(reports.get(0).loss()).isEqualTo((1 + 2 + 3 + 4) / 4.0);
        assertThat(reports.get(1).loss()).isEqualTo(5);
        assertThat(reports.get(2).trainMetrics()).isEqualTo(Map.of("half", (6 + 7 + 8) / 6.0));
        assertThat(reports.get(0).devMetrics()).isEqualTo(Map.of());
        assertThat(reports.get(1).devMetrics()).isEqualTo(Map.of("score", 0.0));
    }

    @Test
    void a_run_that_broke_off_goes_on_from_its_last_state() throws IOException {
        dieAt = 8;
        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class);
        dieAt = Integer.MAX_VALUE;
        reports.clear();
        network.weight = -1;
        assertThat(run().steps()).isEqualTo(10);
        assertThat(reportedSteps()).isEqualTo(List.of(8, 10));
        assertThat(3 * reports.get(0).loss()).isEqualTo(6 + 7 + 8);
        assertThat(written()).isEqualTo(55);
    }

    @Test
    void a_run_that_is_cancelled_leaves_nothing() throws IOException {
        cancelAt = 7;
        assertThatThrownBy(this::run).isInstanceOf(CancellationException.class);
        assertThat(network.steps).isEqualTo(7);
        assertNothingIsLeft();
    }

    @Test
    void a_run_that_is_suspended_between_two_evaluations_goes_on_with_the_very_next_step() throws IOException {
        wishAt = 7;
        wish = TrainingListener.Wish.SUSPEND;
        assertThatThrownBy(this::run).isInstanceOf(Suspended.class);
        wishAt = Integer.MAX_VALUE;
        network.weight = -1;

        assertThat(run().steps()).isEqualTo(10);
        assertThat(begun).isEqualTo(List.of(0, 7));
        assertThat(written()).isEqualTo(55);
    }

    @Test
    void a_run_that_is_to_finish_evaluates_what_it_has_and_ends_with_the_best() throws IOException {
        objective.scores = List.of(0.1, 0.3, 0.2);
        objective.steps = 25;
        wishAt = 12;
        wish = TrainingListener.Wish.FINISH;

        TrainingResult result = run();

        assertThat(result.steps()).isEqualTo(12);
        assertThat(reportedSteps()).isEqualTo(List.of(4, 5, 8, 10, 12, 12));
        assertThat(reports.get(5).devMetrics()).isEqualTo(Map.of("score", 0.2));
        assertThat(result.bestStep()).isEqualTo(10);
        assertThat(written()).isEqualTo(55);
    }

    @Test
    void the_weights_with_the_highest_score_are_written_and_patience_ends_a_run() throws IOException {
        objective.scores = List.of(0.1, 0.3, 0.3, 0.2, 0.9);
        objective.steps = 25;
        objective.patience = 2;
        TrainingResult result = run();
        assertThat(result.bestStep()).isEqualTo(10);
        assertThat(result.devMetrics()).isEqualTo(Map.of("score", 0.3));
        assertThat(result.steps()).isEqualTo(20);
        assertThat(written()).isEqualTo(55);
    }

    @Test
    void a_loss_or_a_gradient_that_is_no_number_ends_a_run() {
        objective.loss = Double.NaN;
        assertThatThrownBy(this::run).isInstanceOf(Diverged.class);
        objective.loss = 0;
        objective.norm = Double.POSITIVE_INFINITY;
        Diverged diverged =
                assertThatExceptionOfType(Diverged.class).isThrownBy(this::run).actual();
        assertThat(diverged.getMessage().contains("step 0"))
                .as("%s", diverged.getMessage())
                .isTrue();
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
                    : new Evaluation(
                            Map.of("score", scores.get((stepsDone + 4) / 5 - 1)),
                            OptionalDouble.of(scores.get((stepsDone + 4) / 5 - 1)),
                            1);
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
