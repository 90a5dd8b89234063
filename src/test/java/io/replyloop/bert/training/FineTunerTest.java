package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
    void every_loss_learns_which_reply_fits(Loss loss) {
        FineTuningOptions options = QUICK.toBuilder().loss(loss).epochs(30).build();
        TrainingResult result = FineTuner.run(
                ReferenceCheckpoint.named("bert-no-head").directory(),
                examples(),
                examples(),
                folder.resolve("out"),
                options,
                new TrainingListener() {});
        // Chance is 0.52 for one reply of four that fits.
        assertThat(result.devMetrics().get("mrr") > 0.85).as("%s", result).isTrue();
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            double[] fit = encoder.fit(List.of(
                    encoder.pair(encoder.tokenize(QUESTIONS.get(0)), encoder.tokenize(ANSWERS.get(0))),
                    encoder.pair(encoder.tokenize(QUESTIONS.get(0)), encoder.tokenize(ANSWERS.get(1)))));
            assertThat(fit[0] > fit[1]).as("%s", fit[0] + " against " + fit[1]).isTrue();
            assertThat(encoder.info().labels()).isEqualTo(loss == Loss.CROSS_ENTROPY ? 2 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-2labels, 12", "gpt2, 3", "xlnet, 3"})
    void mixed_precision_follows_full_precision(String name, int epochs) {
        Path start = ReferenceCheckpoint.named(name).directory();
        FineTuningOptions options = QUICK.toBuilder().epochs(epochs).build();
        List<Double> full = losses(start, options);
        List<Double> mixed =
                losses(start, options.toBuilder().precision(Precision.BF16).build());
        for (int i = 0; i < full.size(); i++) {
            assertThat(mixed.get(i)).as("%s", "report " + i).isCloseTo(full.get(i), within(0.05));
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
    void a_run_that_died_goes_on_and_ends_with_the_same_weights() {
        Path whole = folder.resolve("whole");
        FineTuner.run(base, examples(), examples(), whole, QUICK, new TrainingListener() {});
        Path resumed = folder.resolve("resumed");
        assertThatThrownBy(() -> FineTuner.run(base, examples(), examples(), resumed, QUICK, dyingAt(10)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Files.exists(resumed)).isFalse();
        List<Integer> steps = new ArrayList<>();
        FineTuner.run(base, examples(), examples(), resumed, QUICK, new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                steps.add(progress.step());
            }
        });
        assertThat(steps.get(0) > 8).as("%s", "started over: " + steps).isTrue();
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
    void accumulated_gradients_are_those_of_one_large_batch() throws IOException {
        Path start = withoutDropout();
        FineTuningOptions large = QUICK.toBuilder().batchSize(8).epochs(3).build();
        FineTuningOptions small = large.toBuilder().batchSize(2).accumulation(4).build();
        TrainingResult one =
                FineTuner.run(start, examples(), List.of(), folder.resolve("a"), large, new TrainingListener() {});
        TrainingResult other =
                FineTuner.run(start, examples(), List.of(), folder.resolve("b"), small, new TrainingListener() {});
        assertThat(one.steps()).isEqualTo(6);
        assertThat(other.steps()).isEqualTo(6);
        try (SafetensorsFile a = SafetensorsFile.open(folder.resolve("a/model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(folder.resolve("b/model.safetensors"))) {
            a.entries().forEach((name, entry) -> {
                // AdamW divides by the gradient's size, so that a key bias without one moves by rounding alone.
                if (!name.endsWith("key.bias")) {
                    assertThat(floats(b, name)).as("%s", name).containsExactly(floats(a, name), within(2e-4f));
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
    void the_same_seed_gives_the_same_weights() {
        FineTuner.run(base, examples(), List.of(), folder.resolve("a"), QUICK, new TrainingListener() {});
        FineTuner.run(base, examples(), List.of(), folder.resolve("b"), QUICK, new TrainingListener() {});
        assertSameWeights(folder.resolve("a"), folder.resolve("b"));
    }

    private static void assertSameWeights(Path one, Path other) {
        try (SafetensorsFile a = SafetensorsFile.open(one.resolve("model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(other.resolve("model.safetensors"))) {
            assertThat(b.entries().keySet()).isEqualTo(a.entries().keySet());
            a.entries()
                    .forEach(
                            (name, entry) -> assertThat(b.readFloats(b.entries().get(name)))
                                    .as("%s", name)
                                    .isEqualTo(a.readFloats(entry)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert-2labels, 2, embeddings|layer\\.[01]\\.",
        "gpt2, 1, wte|wpe|h\\.0\\.",
        "gpt2, 2, wte|wpe|h\\.[01]\\.|ln_f",
        "xlnet, 1, word_embedding|mask_emb|layer\\.0\\."
    })
    void frozen_parts_stay_as_they_were(String family, int layers, String parts) {
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
                    assertThat(same).as("%s", name).isEqualTo(frozen);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-1label-gelu-new", "roberta", "xlm-roberta", "distilbert", "electra", "gpt2", "xlnet"})
    void every_family_is_trained_and_written_under_its_own_names(String name) throws IOException {
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
            assertThat(after.entries().keySet()).isEqualTo(before.entries().keySet());
            before.entries()
                    .forEach((tensor, entry) -> assertThat(
                                    after.entries().get(tensor).shape())
                            .as("%s", tensor)
                            .isEqualTo(entry.shape()));
        }
        ObjectNode config = (ObjectNode) CheckpointFiles.readJson(start.resolve("config.json"));
        config.remove("torch_dtype");
        assertThat(CheckpointFiles.readJson(folder.resolve("out/config.json")))
                .isEqualTo(config.put("dtype", "float32"));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(Files.mismatch(start.resolve(file), folder.resolve("out").resolve(file)))
                    .as("%s", file)
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "xlnet"})
    void a_family_with_layers_of_its_own_learns_and_scores_alike_once_it_is_saved(String name) {
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
        assertThat(losses.get(losses.size() - 1) < losses.get(0) / 2)
                .as("%s", losses)
                .isTrue();
        assertThat(result.devMetrics().get("mrr")).as("%s", result).isCloseTo(1, within(1e-9));
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            assertThat(CrossEncoderMetrics.of(encoder, examples()).get("loss"))
                    .isCloseTo(result.devMetrics().get("loss"), within(1e-5));
        }
    }

    @Test
    void a_cancelled_run_leaves_nothing() throws IOException {
        TrainingListener impatient = new TrainingListener() {
            private int asked;

            @Override
            public boolean cancelled() {
                return ++asked > 5;
            }
        };
        assertThatThrownBy(() -> FineTuner.run(base, examples(), examples(), folder.resolve("out"), QUICK, impatient))
                .isInstanceOf(CancellationException.class);
        try (var files = Files.list(folder)) {
            assertThat(files.toList()).isEqualTo(List.of());
        }
    }

    @Test
    void it_says_before_each_micro_batch_whether_it_learns_or_measures() {
        List<TrainingListener.Batch> told = new ArrayList<>();
        FineTuningOptions once = QUICK.toBuilder().epochs(2).build();

        FineTuner.run(base, examples(), examples(), folder.resolve("out"), once, new TrainingListener() {
            @Override
            public void beforeBatch(Batch kind) {
                told.add(kind);
            }
        });

        int learning = 2 * examples().size() / QUICK.batchSize();
        assertThat(told).startsWith(TrainingListener.Batch.LEARNING).endsWith(TrainingListener.Batch.MEASURING);
        assertThat(Collections.frequency(told, TrainingListener.Batch.LEARNING)).isEqualTo(learning);
        assertThat(Collections.frequency(told, TrainingListener.Batch.MEASURING))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void an_existing_directory_is_never_overwritten() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("model.safetensors"), "precious");
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> FineTuner.run(base, examples(), List.of(), out, QUICK, new TrainingListener() {}))
                .actual();
        assertThat(refused.getMessage().contains("exists already"))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    @Test
    void without_a_better_evaluation_a_run_stops_early_and_keeps_the_best() {
        // A rate this high destroys the network at once, so the first evaluation stays the best.
        FineTuningOptions options = QUICK.toBuilder()
                .learningRate(0.5)
                .epochs(20)
                .patience(2)
                .warmupShare(0)
                .build();
        TrainingResult result =
                FineTuner.run(base, examples(), examples(), folder.resolve("out"), options, new TrainingListener() {});
        assertThat(result.steps() < 40)
                .as("%s", "made all " + result.steps() + " steps")
                .isTrue();
        assertThat(result.steps()).isEqualTo(result.bestStep() + 2 * 2);
    }

    @Test
    void labels_that_the_loss_cannot_use_are_refused_by_name() {
        List<TrainingExample> wrong = List.of(new TrainingExample("q", "the reply", 3, null));
        for (Loss loss : Loss.values()) {
            IllegalArgumentException refused = assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> FineTuner.run(
                            base,
                            wrong,
                            List.of(),
                            folder.resolve("out"),
                            QUICK.toBuilder().loss(loss).build(),
                            new TrainingListener() {}))
                    .actual();
            assertThat(refused.getMessage().contains("the reply"))
                    .as("%s", refused.getMessage())
                    .isTrue();
        }
    }
}
