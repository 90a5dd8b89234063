package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void theBestTrialIsWhatIsWritten() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-6, 3e-3), List.of(4, 9), List.of(8), List.of(0, 2));
        HyperparameterSearch.Result result = search(space, new HyperparameterSearch.Budget(20, null), SILENT);
        assertEquals(8, result.trials().size());
        assertEquals(
                8,
                result.trials().stream()
                        .map(HyperparameterSearch.Trial::options)
                        .distinct()
                        .count());
        double best = result.trials().stream()
                .mapToDouble(HyperparameterSearch.Trial::score)
                .max()
                .orElseThrow();
        assertEquals(best, result.best().score());
        assertEquals(3e-3, result.best().options().learningRate());
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            assertEquals(
                    result.best().metrics().get("loss"),
                    CrossEncoderMetrics.of(encoder, examples()).get("loss"),
                    1e-5);
        }
        assertFalse(Files.exists(folder.resolve(".out.search")), "the trials were left behind");
    }

    @Test
    void noMoreTrialsAreMadeThanAllowed() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 2e-4, 3e-4), List.of(9), List.of(1, 2), List.of(0));
        assertEquals(
                2,
                search(space, new HyperparameterSearch.Budget(2, null), SILENT)
                        .trials()
                        .size());
    }

    @Test
    void whenTheTimeIsOverTheFirstTrialCounts() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 2e-4, 3e-4), List.of(9), List.of(2), List.of(0));
        HyperparameterSearch.Result result =
                search(space, new HyperparameterSearch.Budget(3, Duration.ofNanos(1)), SILENT);
        assertEquals(
                List.of(
                        HyperparameterSearch.Outcome.DONE,
                        HyperparameterSearch.Outcome.SKIPPED,
                        HyperparameterSearch.Outcome.SKIPPED),
                result.trials().stream()
                        .map(HyperparameterSearch.Trial::outcome)
                        .toList());
        assertTrue(Files.exists(folder.resolve("out/model.safetensors")));
    }

    @Test
    void trialsThatDivergeAreToldAndLeaveNoModel() throws IOException {
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
        assertThrows(
                IllegalStateException.class,
                () -> HyperparameterSearch.run(
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
                        }));
        assertEquals(List.of(HyperparameterSearch.Outcome.DIVERGED, HyperparameterSearch.Outcome.DIVERGED), outcomes);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aSearchThatWasStoppedGoesOn() {
        HyperparameterSearch.Space space =
                new HyperparameterSearch.Space(List.of(1e-4, 1e-3, 3e-3), List.of(9), List.of(4), List.of(0));
        HyperparameterSearch.Budget budget = new HyperparameterSearch.Budget(3, null);
        List<Integer> first = new ArrayList<>();
        assertThrows(
                CancellationException.class,
                () -> search(space, budget, new HyperparameterSearch.Listener() {
                    @Override
                    public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
                        first.add(trial.number());
                    }

                    @Override
                    public boolean cancelled() {
                        return !first.isEmpty();
                    }
                }));
        assertEquals(List.of(1), first);
        List<Integer> second = new ArrayList<>();
        HyperparameterSearch.Result result = search(space, budget, new HyperparameterSearch.Listener() {
            @Override
            public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
                second.add(trial.number());
            }
        });
        assertEquals(List.of(2, 3), second);
        assertEquals(3, result.trials().size());
    }

    @Test
    void withoutADevPartNothingCanBeJudged() {
        assertThrows(
                IllegalArgumentException.class,
                () -> HyperparameterSearch.run(
                        base,
                        examples(),
                        List.of(),
                        folder.resolve("out"),
                        FIXED,
                        new HyperparameterSearch.Space(List.of(1e-4), List.of(9), List.of(1), List.of(0)),
                        new HyperparameterSearch.Budget(1, null),
                        SILENT));
    }
}
