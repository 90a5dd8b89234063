package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TorchScriptFile;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.training.CrossEncoderMetrics;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningBase;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.Learner;
import io.replyloop.bert.training.Loss;
import io.replyloop.bert.training.ScriptedBase;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.bert.training.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A classifier that is no BERT serves, trains and is written back as TorchScript, where the operator allows it. */
class ScriptedClassifierTest {
    private static final int WORDS = 254;
    private static final int WIDTH = 12;
    /** Mean of the words' vectors, segments told apart, one hidden layer with dropout: small, and nothing of BERT. */
    private static final String SOURCE = """
            class Network(Module):
              __parameters__ = ["word_embeddings", "segment_embeddings", "inner", "inner_bias", "outer", "outer_bias"]
              __buffers__ = []
              word_embeddings : Tensor
              segment_embeddings : Tensor
              inner : Tensor
              inner_bias : Tensor
              outer : Tensor
              outer_bias : Tensor
              training : bool
              _is_full_backward_hook : Optional[bool]
              def forward(self: __torch__.Network, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
                x = torch.embedding(self.word_embeddings, input_ids) * torch.embedding(self.segment_embeddings, token_type_ids)
                m = torch.unsqueeze(torch.to(attention_mask, 6), -1)
                x = torch.sum(x * m, [1]) / torch.sum(m, [1])
                x = torch.dropout(torch.tanh(torch.linear(x, self.inner, self.inner_bias)), 0.1, self.training)
                return RESULT
            """;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void exportANetwork() throws IOException {
        System.setProperty(TorchScriptFile.PERMISSION, "true");
        model = export("model", "torch.linear(x, self.outer, self.outer_bias)", 2);
    }

    @AfterEach
    void forgetThePermission() {
        System.clearProperty(TorchScriptFile.PERMISSION);
    }

    private Path export(String name, String result, int labels) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        Path tokenizer = ReferenceCheckpoint.named("bert-2labels").directory().resolve("tokenizer.json");
        Files.copy(tokenizer, directory.resolve("tokenizer.json"));
        Files.writeString(
                directory.resolve("config.json"),
                "{\"model_type\": \"word-mean\", \"vocab_size\": " + WORDS
                        + ", \"n_positions\": 64, \"type_vocab_size\": 2," + " \"pad_token_id\": 0, \"num_labels\": "
                        + labels + "}");
        Random random = new Random(7);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("word_embeddings", tensor(random, WORDS, WIDTH));
        attributes.put("segment_embeddings", tensor(random, 2, WIDTH));
        attributes.put("inner", tensor(random, WIDTH, WIDTH));
        attributes.put("inner_bias", tensor(random, WIDTH));
        attributes.put("outer", tensor(random, labels, WIDTH));
        attributes.put("outer_bias", tensor(random, labels));
        attributes.put("training", false);
        attributes.put("_is_full_backward_hook", null);
        Files.write(
                directory.resolve("model.pt"), TorchScriptArchive.pack(SOURCE.replace("RESULT", result), attributes));
        return directory;
    }

    private static SafetensorsWriter.Tensor tensor(Random random, int... shape) {
        int count = 1;
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            sizes[i] = shape[i];
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.5f;
        }
        return new SafetensorsWriter.Tensor("", sizes, values);
    }

    private static List<EncodedPair> pairs(CrossEncoder encoder) {
        return ReferenceCheckpoint.texts().stream()
                .map(text -> encoder.pair(encoder.tokenize(text.query()), encoder.tokenize(text.reply())))
                .toList();
    }

    private static List<TrainingExample> examples() {
        List<String> questions = List.of("Where is my order?", "How can I reset my password?", "我的订单在哪里?");
        List<String> answers = List.of("It left our warehouse yesterday.", "I can't log in.", "退款将在三个工作日内到账。");
        List<TrainingExample> examples = new ArrayList<>();
        for (int q = 0; q < questions.size(); q++) {
            for (int a = 0; a < answers.size(); a++) {
                examples.add(new TrainingExample(questions.get(q), answers.get(a), q == a ? 1 : 0, "q" + q));
            }
        }
        return examples;
    }

    private static FineTuningOptions.Builder quick() {
        return FineTuningOptions.defaults().toBuilder()
                .learningRate(3e-2)
                .batchSize(9)
                .epochs(200)
                .evaluateEvery(20)
                .precision(Precision.FP32)
                .device("cpu")
                .threads(1);
    }

    @Test
    void padding_and_company_do_not_change_a_score() {
        try (CrossEncoder encoder = CrossEncoder.open(model, ReferenceLogitsTest.FP32)) {
            assertThat(encoder.info().family()).isEqualTo("word-mean");
            assertThat(encoder.info().maxLength()).isEqualTo(64);
            List<EncodedPair> pairs = pairs(encoder);
            List<float[]> together = encoder.logits(pairs);
            for (int i = 0; i < pairs.size(); i++) {
                assertThat(together.get(i))
                        .as("%s", "pair " + i)
                        .containsExactly(encoder.logits(List.of(pairs.get(i))).get(0), within(1e-5f));
            }
            assertThat(Math.abs(together.get(0)[0] - together.get(5)[0]) > 1e-3)
                    .as("all pairs score alike")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(torch.linear(x, self.outer, self.outer_bias), x)",
                "{\"hidden\": x, \"logits\": torch.linear(x, self.outer, self.outer_bias)}"
            })
    void logits_are_found_in_a_tuple_or_a_dict(String result) throws IOException {
        String type = result.startsWith("(") ? "Tuple[Tensor, Tensor]" : "Dict[str, Tensor]";
        Path other = export("other", result, 2);
        Path archive = other.resolve("model.pt");
        Files.write(archive, new byte[0]);
        Random random = new Random(7);
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name : List.of("word_embeddings", "segment_embeddings")) {
            attributes.put(name, tensor(random, name.startsWith("w") ? WORDS : 2, WIDTH));
        }
        attributes.put("inner", tensor(random, WIDTH, WIDTH));
        attributes.put("inner_bias", tensor(random, WIDTH));
        attributes.put("outer", tensor(random, 2, WIDTH));
        attributes.put("outer_bias", tensor(random, 2));
        attributes.put("training", false);
        attributes.put("_is_full_backward_hook", null);
        Files.write(
                archive,
                TorchScriptArchive.pack(
                        SOURCE.replace("RESULT", result).replace("-> Tensor:", "-> " + type + ":"), attributes));
        try (CrossEncoder plain = CrossEncoder.open(model, ReferenceLogitsTest.FP32);
                CrossEncoder wrapped = CrossEncoder.open(other, ReferenceLogitsTest.FP32)) {
            assertThat(wrapped.logits(pairs(wrapped)).get(3))
                    .containsExactly(plain.logits(pairs(plain)).get(3), within(0f));
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void every_loss_trains_it_and_the_result_is_written_back(Loss loss) {
        Path out = folder.resolve("out");
        TrainingResult result = FineTuner.run(
                model, examples(), examples(), out, quick().loss(loss).build(), new TrainingListener() {});
        assertThat(result.devMetrics().get("mrr")).as("%s", result).isCloseTo(1.0, within(1e-9));
        try (CrossEncoder encoder = CrossEncoder.open(out, ReferenceLogitsTest.FP32)) {
            Map<String, Double> metrics = CrossEncoderMetrics.of(encoder, examples());
            assertThat(metrics.get("loss")).isCloseTo(result.devMetrics().get("loss"), within(1e-5));
        }
    }

    @Test
    void a_run_that_died_goes_on_and_ends_with_the_same_weights() {
        FineTuningOptions options = quick().build();
        Path whole = folder.resolve("whole");
        FineTuner.run(model, examples(), examples(), whole, options, new TrainingListener() {});
        Path resumed = folder.resolve("resumed");
        assertThatThrownBy(() -> FineTuner.run(model, examples(), examples(), resumed, options, new TrainingListener() {
                    @Override
                    public void progress(TrainingProgress progress) {
                        if (progress.step() >= 100) {
                            throw new IllegalStateException("the process died");
                        }
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        FineTuner.run(model, examples(), examples(), resumed, options, new TrainingListener() {});
        assertSameLogits(whole, resumed);
    }

    @Test
    void frozen_embeddings_stay() {
        Path out = folder.resolve("out");
        FineTuner.run(
                model,
                examples(),
                List.of(),
                out,
                quick().frozenEmbeddings(true).epochs(2).build(),
                new TrainingListener() {});
        ScriptedClassifier before = ScriptedClassifier.open(model);
        ScriptedClassifier after = ScriptedClassifier.open(out);
        try (FineTuningBase a = new ScriptedBase(before);
                FineTuningBase b = new ScriptedBase(after);
                Learner one = a.load(quick().build());
                Learner other = b.load(quick().build())) {
            for (int i = 0; i < one.weights().size(); i++) {
                SafetensorsWriter.Tensor tensor = one.weights().get(i);
                boolean same =
                        Arrays.equals(tensor.values(), other.weights().get(i).values());
                assertThat(same).as("%s", tensor.name()).isEqualTo(tensor.name().contains("embeddings"));
            }
        }
    }

    private static void assertSameLogits(Path one, Path other) {
        try (CrossEncoder a = CrossEncoder.open(one, ReferenceLogitsTest.FP32);
                CrossEncoder b = CrossEncoder.open(other, ReferenceLogitsTest.FP32)) {
            List<float[]> first = a.logits(pairs(a));
            List<float[]> second = b.logits(pairs(b));
            for (int i = 0; i < first.size(); i++) {
                assertThat(second.get(i)).as("%s", "pair " + i).containsExactly(first.get(i), within(0f));
            }
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
        assertThatThrownBy(() ->
                        FineTuner.run(model, examples(), List.of(), folder.resolve("out"), quick().build(), impatient))
                .isInstanceOf(CancellationException.class);
        try (var files = Files.list(folder)) {
            assertThat(files.toList()).isEqualTo(List.of(model));
        }
    }

    @Test
    void without_permission_it_is_not_opened() {
        System.clearProperty(TorchScriptFile.PERMISSION);
        assertRefused("model.pt", "allow-torchscript");
    }

    @Test
    void another_precision_is_refused() {
        IllegalArgumentException refused = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CrossEncoder.open(model, new CrossEncoderOptions(Precision.BF16, "cpu", 0, 1)))
                .actual();
        assertThat(refused.getMessage().contains("fp32"))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    @Test
    void a_file_that_is_no_whole_archive_is_refused() throws IOException {
        Path archive = model.resolve("model.pt");
        byte[] whole = Files.readAllBytes(archive);
        for (int size : new int[] {0, 1, 4, 100, whole.length / 2, whole.length - 1}) {
            Files.write(archive, Arrays.copyOf(whole, size));
            assertRefused("model.pt");
        }
        byte[] flipped = whole.clone();
        int middle = whole.length / 2;
        flipped[middle] ^= 0x40;
        Files.write(archive, flipped);
        assertRefused("model.pt", "damaged");
    }

    @Test
    void archives_of_other_kinds_are_refused_before_py_torch_sees_them() throws IOException {
        Path archive = model.resolve("model.pt");
        byte[] some = {1, 2, 3};
        zip(archive, ZipEntry.STORED, Map.of("a/data.pkl", some, "a/version", some));
        assertRefused("model.pt", "constants.pkl", "torch.jit.save");
        zip(archive, ZipEntry.STORED, Map.of("a/data.pkl", some, "b/version", some));
        assertRefused("model.pt", "one folder");
        zip(archive, ZipEntry.STORED, Map.of("a/../../etc/passwd", some));
        assertRefused("model.pt", "passwd");
        zip(archive, ZipEntry.DEFLATED, Map.of("a/data.pkl", new byte[1000]));
        assertRefused("model.pt", "compressed");
        byte[] version = "11".getBytes(StandardCharsets.UTF_8);
        zip(
                archive,
                ZipEntry.STORED,
                Map.of("a/data.pkl", some, "a/version", version, "a/constants.pkl", some, "a/code/x.py", some));
        assertRefused("model.pt", "version '11'");
        byte[] half = "ctorch\nBFloat16Storage\n".getBytes(StandardCharsets.UTF_8);
        version[1] = '0';
        zip(
                archive,
                ZipEntry.STORED,
                Map.of("a/data.pkl", half, "a/version", version, "a/constants.pkl", some, "a/code/x.py", some));
        assertRefused("model.pt", "float32");
    }

    @Test
    void a_network_that_does_not_fit_its_configuration_is_refused() throws IOException {
        Files.writeString(
                model.resolve("config.json"),
                "{\"model_type\": \"word-mean\", \"vocab_size\": 254, \"num_labels\": 3, \"type_vocab_size\": 2}");
        assertRefused("model.pt", "3 labels");
        Path other = export("other", "self.nothing", 2);
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> CrossEncoder.open(other, ReferenceLogitsTest.FP32))
                .actual();
        assertThat(refused.getMessage().contains("forward(input_ids"))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    private static void zip(Path file, int method, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 sum = new CRC32();
                    sum.update(content.getValue());
                    entry.setSize(content.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
    }

    private void assertRefused(String... parts) {
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> CrossEncoder.open(model, ReferenceLogitsTest.FP32))
                .actual();
        for (String part : parts) {
            assertThat(refused.getMessage().contains(part))
                    .as("%s", "'" + part + "' is not in: " + refused.getMessage())
                    .isTrue();
        }
    }
}
