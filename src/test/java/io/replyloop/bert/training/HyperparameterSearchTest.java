package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search keeps to its budget and keeps the best. */
class HyperparameterSearchTest {
    private static final FineTuningOptions FIXED = FineTuningOptions.defaults().toBuilder()
            .maxLength(48)
            .precision(Precision.FP32)
            .device("cpu")
            .threads(1)
            .build();
    private static final HyperparameterSearch.Listener SILENT = new HyperparameterSearch.Listener() {};

    @TempDir
    Path folder;

    private final Path base = ReferenceCheckpoint.named("bert-2labels").directory();

    private static List<TrainingExample> examples() {
        List<TrainingExample> examples = new ArrayList<>();
        List<String> texts = List.of("Where is my order?", "I can't log in.", "What is your return policy?");
        for (String query : texts) {
            for (String reply : texts) {
                examples.add(new TrainingExample(query, reply, query.equals(reply) ? 1 : 0, query));
            }
        }
        return examples;
    }

    private HyperparameterSearch.Result search(
            HyperparameterSearch.Space space,
            HyperparameterSearch.Budget budget,
            HyperparameterSearch.Listener listener) {
        return HyperparameterSearch.run(
                base, examples(), examples(), folder.resolve("out"), FIXED, space, budget, listener);
    }

    @Test
    void the_best_trial_is_what_is_written() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-6, 3e-3), List.of(4, 9), List.of(8), List.of(0, 2));
        HyperparameterSearch.Result result = search(space, new HyperparameterSearch.Budget(20, null), SILENT);
        assertThat(result.trials().size()).isEqualTo(8);
        assertThat(result.trials().stream()
                        .map(HyperparameterSearch.Trial::options)
                        .distinct()
                        .count())
                .isEqualTo(8);
        double best = result.trials().stream()
                .mapToDouble(HyperparameterSearch.Trial::score)
                .max()
                .orElseThrow();
        assertThat(result.best().score()).isEqualTo(best);
        assertThat(result.best().options().learningRate()).isEqualTo(3e-3);
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            assertThat(CrossEncoderMetrics.of(encoder, examples()).get("loss"))
                    .isCloseTo(result.best().metrics().get("loss"), within(1e-5));
        }
        assertThat(Files.exists(folder.resolve(".out.search")))
                .as("the trials were left behind")
                .isFalse();
    }

    @Test
    void no_more_trials_are_made_than_allowed() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 2e-4, 3e-4), List.of(9), List.of(1, 2), List.of(0));
        assertThat(search(space, new HyperparameterSearch.Budget(2, null), SILENT)
                        .trials()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void when_the_time_is_over_the_first_trial_counts() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 2e-4, 3e-4), List.of(9), List.of(2), List.of(0));
        HyperparameterSearch.Result result =
                search(space, new HyperparameterSearch.Budget(3, Duration.ofNanos(1)), SILENT);
        assertThat(result.trials().stream()
                        .map(HyperparameterSearch.Trial::outcome)
                        .toList())
                .isEqualTo(List.of(
                        HyperparameterSearch.Outcome.DONE,
                        HyperparameterSearch.Outcome.SKIPPED,
                        HyperparameterSearch.Outcome.SKIPPED));
        assertThat(Files.exists(folder.resolve("out/model.safetensors"))).isTrue();
    }

    @Test
    void trials_that_diverge_are_told_and_leave_no_model() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        for (String name : List.of("config.json", "tokenizer.json")) {
            Files.copy(base.resolve(name), broken.resolve(name));
        }
        try (Checkpoint whole = Checkpoint.openClassifier(base)) {
            List<SafetensorsWriter.Tensor> tensors = whole.readAll();
            tensors.forEach(tensor -> {
                if (tensor.name().equals("classifier.weight")) {
                    Arrays.fill(tensor.values(), Float.MAX_VALUE);
                }
            });
            SafetensorsWriter.write(broken.resolve("model.safetensors"), tensors);
        }
        List<HyperparameterSearch.Outcome> outcomes = new ArrayList<>();
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 2e-4), List.of(9), List.of(1), List.of(0));
        assertThatThrownBy(() -> HyperparameterSearch.run(
                        broken,
                        examples(),
                        examples(),
                        folder.resolve("out"),
                        FIXED,
                        space,
                        new HyperparameterSearch.Budget(2, null),
                        new HyperparameterSearch.Listener() {
                            @Override
                            public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
                                outcomes.add(trial.outcome());
                            }
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(outcomes)
                .isEqualTo(List.of(HyperparameterSearch.Outcome.DIVERGED, HyperparameterSearch.Outcome.DIVERGED));
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    @Test
    void a_search_that_was_stopped_goes_on() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 1e-3, 3e-3), List.of(9), List.of(4), List.of(0));
        HyperparameterSearch.Budget budget = new HyperparameterSearch.Budget(3, null);
        List<Integer> first = new ArrayList<>();
        assertThatThrownBy(() -> search(space, budget, new HyperparameterSearch.Listener() {
                    @Override
                    public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
                        first.add(trial.number());
                    }

                    @Override
                    public boolean cancelled() {
                        return !first.isEmpty();
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(first).isEqualTo(List.of(1));
        List<Integer> second = new ArrayList<>();
        HyperparameterSearch.Result result = search(space, budget, new HyperparameterSearch.Listener() {
            @Override
            public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
                second.add(trial.number());
            }
        });
        assertThat(second).isEqualTo(List.of(2, 3));
        assertThat(result.trials().size()).isEqualTo(3);
    }

    @Test
    void without_a_dev_part_nothing_can_be_judged() {
        assertThatThrownBy(() -> HyperparameterSearch.run(
                        base,
                        examples(),
                        List.of(),
                        folder.resolve("out"),
                        FIXED,
                        new HyperparameterSearch.Space(List.of(1e-4), List.of(9), List.of(1), List.of(0)),
                        new HyperparameterSearch.Budget(1, null),
                        SILENT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
