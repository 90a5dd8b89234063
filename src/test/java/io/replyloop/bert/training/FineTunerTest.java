package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run of fine-tuning promises. */
class FineTunerTest {
    private static final List<String> QUESTIONS =
            List.of("Where is my order?", "What is your return policy?", "How can I reset my password?", "我的订单在哪里?");
    private static final List<String> ANSWERS =
            List.of("It left our warehouse yesterday.", "退款将在三个工作日内到账。", "I can't log in to my account.", "naïve café");
    private static final FineTuningOptions QUICK = FineTuningOptions.defaults().toBuilder()
            .learningRate(2e-3)
            .batchSize(8)
            .epochs(12)
            .maxLength(48)
            .precision(Precision.FP32)
            .device("cpu")
            .threads(1)
            .build();

    @TempDir
    Path folder;

    private final Path base = ReferenceCheckpoint.named("bert-2labels").directory();

    /** Each question with each answer; the one with the same index fits. */
    private static List<TrainingExample> examples() {
        List<TrainingExample> examples = new ArrayList<>();
        for (int q = 0; q < QUESTIONS.size(); q++) {
            for (int a = 0; a < ANSWERS.size(); a++) {
                examples.add(new TrainingExample(QUESTIONS.get(q), ANSWERS.get(a), q == a ? 1 : 0, "q" + q));
            }
        }
        return examples;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void everyLossLearnsWhichReplyFits(Loss loss) {
        FineTuningOptions options = QUICK.toBuilder().loss(loss).epochs(30).build();
        TrainingResult result = FineTuner.run(
                ReferenceCheckpoint.named("bert-no-head").directory(),
                examples(),
                examples(),
                folder.resolve("out"),
                options,
                new TrainingListener() {});
        // Chance is 0.52 for one reply of four that fits.
        assertTrue(result.devMetrics().get("mrr") > 0.85, "" + result);
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            double[] fit = encoder.fit(List.of(
                    encoder.pair(encoder.tokenize(QUESTIONS.get(0)), encoder.tokenize(ANSWERS.get(0))),
                    encoder.pair(encoder.tokenize(QUESTIONS.get(0)), encoder.tokenize(ANSWERS.get(1)))));
            assertTrue(fit[0] > fit[1], fit[0] + " against " + fit[1]);
            assertEquals(loss == Loss.CROSS_ENTROPY ? 2 : 1, encoder.info().labels());
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-2labels, 12", "gpt2, 3", "xlnet, 3"})
    void mixedPrecisionFollowsFullPrecision(String name, int epochs) {
        Path start = ReferenceCheckpoint.named(name).directory();
        FineTuningOptions options = QUICK.toBuilder().epochs(epochs).build();
        List<Double> full = losses(start, options);
        List<Double> mixed =
                losses(start, options.toBuilder().precision(Precision.BF16).build());
        for (int i = 0; i < full.size(); i++) {
            assertEquals(full.get(i), mixed.get(i), 0.05, "report " + i);
        }
    }

    private List<Double> losses(Path start, FineTuningOptions options) {
        List<Double> losses = new ArrayList<>();
        FineTuner.run(
                start,
                examples(),
                List.of(),
                folder.resolve("" + options.precision()),
                options,
                new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress progress) {
                        losses.add(progress.loss());
                    }
                });
        return losses;
    }

    @Test
    void aRunThatDiedGoesOnAndEndsWithTheSameWeights() {
        Path whole = folder.resolve("whole");
        FineTuner.run(base, examples(), examples(), whole, QUICK, new TrainingListener() {});
        Path resumed = folder.resolve("resumed");
        assertThrows(
                IllegalStateException.class,
                () -> FineTuner.run(base, examples(), examples(), resumed, QUICK, dyingAt(10)));
        assertFalse(Files.exists(resumed));
        List<Integer> steps = new ArrayList<>();
        FineTuner.run(base, examples(), examples(), resumed, QUICK, new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                steps.add(progress.step());
            }
        });
        assertTrue(steps.get(0) > 8, "started over: " + steps);
        assertSameWeights(whole, resumed);
    }

    private static TrainingListener dyingAt(int step) {
        return new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                if (progress.step() >= step) {
                    throw new IllegalStateException("the process died");
                }
            }
        };
    }

    @Test
    void accumulatedGradientsAreThoseOfOneLargeBatch() throws IOException {
        Path start = withoutDropout();
        FineTuningOptions large = QUICK.toBuilder().batchSize(8).epochs(3).build();
        FineTuningOptions small = large.toBuilder().batchSize(2).accumulation(4).build();
        TrainingResult one =
                FineTuner.run(start, examples(), List.of(), folder.resolve("a"), large, new TrainingListener() {});
        TrainingResult other =
                FineTuner.run(start, examples(), List.of(), folder.resolve("b"), small, new TrainingListener() {});
        assertEquals(6, one.steps());
        assertEquals(6, other.steps());
        try (SafetensorsFile a = SafetensorsFile.open(folder.resolve("a/model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(folder.resolve("b/model.safetensors"))) {
            a.entries().forEach((name, entry) -> {
                // AdamW divides by the gradient's size, so that a key bias without one moves by rounding alone.
                if (!name.endsWith("key.bias")) {
                    assertArrayEquals(floats(a, name), floats(b, name), 2e-4f, name);
                }
            });
        }
    }

    private static float[] floats(SafetensorsFile file, String name) {
        var buffer = file.readFloats(file.entries().get(name)).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private Path withoutDropout() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("base"));
        for (String name : List.of("model.safetensors", "tokenizer.json", "config.json")) {
            Files.copy(base.resolve(name), copy.resolve(name));
        }
        String config = Files.readString(copy.resolve("config.json"));
        Files.writeString(copy.resolve("config.json"), config.replaceAll("(_dropout_prob\"): [0-9.]+", "$1: 0.0"));
        return copy;
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        FineTuner.run(base, examples(), List.of(), folder.resolve("a"), QUICK, new TrainingListener() {});
        FineTuner.run(base, examples(), List.of(), folder.resolve("b"), QUICK, new TrainingListener() {});
        assertSameWeights(folder.resolve("a"), folder.resolve("b"));
    }

    private static void assertSameWeights(Path one, Path other) {
        try (SafetensorsFile a = SafetensorsFile.open(one.resolve("model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(other.resolve("model.safetensors"))) {
            assertEquals(a.entries().keySet(), b.entries().keySet());
            a.entries()
                    .forEach((name, entry) -> assertEquals(
                            a.readFloats(entry), b.readFloats(b.entries().get(name)), name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert-2labels, 2, embeddings|layer\\.[01]\\.",
        "gpt2, 1, wte|wpe|h\\.0\\.",
        "gpt2, 2, wte|wpe|h\\.[01]\\.|ln_f",
        "xlnet, 1, word_embedding|mask_emb|layer\\.0\\."
    })
    void frozenPartsStayAsTheyWere(String family, int layers, String parts) {
        Path start = ReferenceCheckpoint.named(family).directory();
        FineTuningOptions options = QUICK.toBuilder()
                .frozenEmbeddings(true)
                .frozenLayers(layers)
                .epochs(2)
                .build();
        FineTuner.run(start, examples(), List.of(), folder.resolve("out"), options, new TrainingListener() {});
        try (SafetensorsFile before = SafetensorsFile.open(start.resolve("model.safetensors"));
                SafetensorsFile after = SafetensorsFile.open(folder.resolve("out/model.safetensors"))) {
            before.entries().forEach((name, entry) -> {
                boolean frozen = name.matches(".*(" + parts + ").*");
                boolean same = before.readFloats(entry)
                        .equals(after.readFloats(after.entries().get(name)));
                // The bias of the keys has no gradient: it moves all scores of a query alike.
                if (!name.endsWith("key.bias")) {
                    assertEquals(frozen, same, name);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-1label-gelu-new", "roberta", "xlm-roberta", "distilbert", "electra", "gpt2", "xlnet"})
    void everyFamilyIsTrainedAndWrittenUnderItsOwnNames(String name) throws IOException {
        Path start = ReferenceCheckpoint.named(name).directory();
        FineTuner.run(
                start,
                examples(),
                examples(),
                folder.resolve("out"),
                QUICK.toBuilder().epochs(1).build(),
                new TrainingListener() {});
        try (SafetensorsFile before = SafetensorsFile.open(start.resolve("model.safetensors"));
                SafetensorsFile after = SafetensorsFile.open(folder.resolve("out/model.safetensors"))) {
            assertEquals(before.entries().keySet(), after.entries().keySet());
            before.entries()
                    .forEach((tensor, entry) -> assertArrayEquals(
                            entry.shape(), after.entries().get(tensor).shape(), tensor));
        }
        ObjectNode config = (ObjectNode) Checkpoint.readJson(start.resolve("config.json"));
        config.remove("torch_dtype");
        assertEquals(config.put("dtype", "float32"), Checkpoint.readJson(folder.resolve("out/config.json")));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertEquals(
                    -1,
                    Files.mismatch(start.resolve(file), folder.resolve("out").resolve(file)),
                    file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "xlnet"})
    void aFamilyWithLayersOfItsOwnLearnsAndScoresAlikeOnceItIsSaved(String name) {
        List<Double> losses = new ArrayList<>();
        TrainingResult result = FineTuner.run(
                ReferenceCheckpoint.named(name).directory(),
                examples(),
                examples(),
                folder.resolve("out"),
                QUICK.toBuilder()
                        .learningRate(4e-3)
                        .batchSize(16)
                        .epochs(60)
                        .evaluateEvery(20)
                        .build(),
                new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress progress) {
                        losses.add(progress.loss());
                    }
                });
        assertTrue(losses.get(losses.size() - 1) < losses.get(0) / 2, "" + losses);
        assertEquals(1, result.devMetrics().get("mrr"), 1e-9, "" + result);
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            assertEquals(
                    result.devMetrics().get("loss"),
                    CrossEncoderMetrics.of(encoder, examples()).get("loss"),
                    1e-5);
        }
    }

    @Test
    void aCancelledRunLeavesNothing() throws IOException {
        TrainingListener impatient = new TrainingListener() {
            private int asked;

            @Override
            public boolean cancelled() {
                return ++asked > 5;
            }
        };
        assertThrows(
                CancellationException.class,
                () -> FineTuner.run(base, examples(), examples(), folder.resolve("out"), QUICK, impatient));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void anExistingDirectoryIsNeverOverwritten() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("model.safetensors"), "precious");
        CheckpointException refused = assertThrows(
                CheckpointException.class,
                () -> FineTuner.run(base, examples(), List.of(), out, QUICK, new TrainingListener() {}));
        assertTrue(refused.getMessage().contains("exists already"), refused.getMessage());
    }

    @Test
    void withoutABetterEvaluationARunStopsEarlyAndKeepsTheBest() {
        // A rate this high destroys the network at once, so the first evaluation stays the best.
        FineTuningOptions options = QUICK.toBuilder()
                .learningRate(0.5)
                .epochs(20)
                .patience(2)
                .warmupShare(0)
                .build();
        TrainingResult result =
                FineTuner.run(base, examples(), examples(), folder.resolve("out"), options, new TrainingListener() {});
        assertTrue(result.steps() < 40, "made all " + result.steps() + " steps");
        assertEquals(result.bestStep() + 2 * 2, result.steps());
    }

    @Test
    void labelsThatTheLossCannotUseAreRefusedByName() {
        List<TrainingExample> wrong = List.of(new TrainingExample("q", "the reply", 3, null));
        for (Loss loss : Loss.values()) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> FineTuner.run(
                            base,
                            wrong,
                            List.of(),
                            folder.resolve("out"),
                            QUICK.toBuilder().loss(loss).build(),
                            new TrainingListener() {}));
            assertTrue(refused.getMessage().contains("the reply"), refused.getMessage());
        }
    }
}
