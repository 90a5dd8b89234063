package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.training.PretrainedArtefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts to vectors, with the pretrained encoder and with tiny random ones. */
class EncoderTest {
    private static final Path TINY = ReferenceCheckpoint.named("bert-no-head").directory();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Encoder open(Path directory, Precision precision) {
        return Encoder.open(directory, new CrossEncoderOptions(precision, "cpu", 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"MINI_LM, minilm, 384", "BGE_SMALL_EN, bge-small-en, 384", "BGE_SMALL_ZH, bge-small-zh, 512"})
    void a_pretrained_encoder_says_what_onnx_runtime_says(
            PretrainedEncoder pretrained, String reference, int dimension) {
        List<JsonNode> expected =
                ReferenceCheckpoint.lines(Path.of("src/test/resources/reference", reference, "expected.jsonl"));
        List<String> texts =
                expected.stream().map(line -> line.path("text").asText()).toList();
        try (Encoder encoder = open(PretrainedArtefacts.directory(pretrained), Precision.AUTO)) {
            assertThat(encoder.precision()).isEqualTo(Precision.FP32);
            assertThat(encoder.dimension()).isEqualTo(dimension);
            List<float[]> vectors = encoder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                JsonNode line = expected.get(i);
                int[] ids = JSON.convertValue(line.path("ids"), int[].class);
                int[] own = encoder.tokenize(texts.get(i)).tokens().toArray();
                assertThat(own).as("%s", texts.get(i)).isEqualTo(Arrays.copyOfRange(ids, 1, ids.length - 1));
                assertThat(vectors.get(i))
                        .as("%s", texts.get(i))
                        .containsExactly(JSON.convertValue(line.path("vector"), float[].class), within(1e-5f));
            }
        }
    }

    @Test
    void the_converted_directory_has_a_plain_tokenizer_and_transformers_names() throws IOException {
        Path directory = PretrainedArtefacts.directory(PretrainedEncoder.MINI_LM);
        JsonNode tokenizer = JSON.readTree(directory.resolve("tokenizer.json").toFile());
        assertThat(tokenizer.path("truncation").isNull()
                        && tokenizer.path("padding").isNull())
                .isTrue();
        List<String> tokens = Files.readAllLines(directory.resolve("vocab.txt"));
        assertThat(tokens.size()).isEqualTo(30_522);
        assertThat(tokens.get(101)).isEqualTo("[CLS]");
        assertThat(CheckpointFiles.readJson(directory.resolve("config.json"))
                        .path("architectures")
                        .path(0)
                        .asText())
                .isEqualTo("BertModel");
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            assertThat(file.entries().size()).isEqualTo(5 + 16 * 6);
            assertThat(file.entries().containsKey("encoder.layer.5.attention.self.query.weight"))
                    .isTrue();
            assertThat(file.entries().containsKey("bert.encoder.layer.5.attention.self.query.weight"))
                    .isFalse();
        }
        // It is a base for cross-encoders, too, which get a fresh head.
        try (CrossEncoder encoder = CrossEncoder.open(directory, ReferenceLogitsTest.FP32)) {
            assertThat(encoder.info().labels()).isEqualTo(2);
        }
    }

    @Test
    void another_file_than_the_artefact_is_refused_by_its_hash() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jar"), "PK");
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> PretrainedEncoder.convert(other, folder.resolve("out")))
                .actual();
        assertThat(refused.getMessage().contains(PretrainedEncoder.MINI_LM.sha256()))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
        Path missing = folder.resolve("missing.jar");
        refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> PretrainedEncoder.convert(missing, folder.resolve("out")))
                .actual();
        assertThat(refused.getMessage().contains(PretrainedEncoder.MINI_LM.artefact()))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    @Test
    void a_text_has_the_same_vector_alone_and_among_others() {
        List<String> texts = new ArrayList<>(List.of("", "Hello", "我的订单在哪里?"));
        for (ReferenceCheckpoint.TextPair pair : ReferenceCheckpoint.texts()) {
            texts.add(pair.query());
        }
        try (Encoder encoder = open(TINY, Precision.FP32)) {
            List<float[]> together = encoder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(Encoder.product(together.get(i), together.get(i))).isCloseTo(1, within(1e-5));
                assertThat(together.get(i))
                        .containsExactly(encoder.embed(texts.subList(i, i + 1)).get(0), within(1e-5f));
            }
            assertThat(encoder.embed(List.of()).isEmpty()).isTrue();
        }
    }

    @Test
    void what_is_longer_than_it_reads_is_cut_on_the_right() {
        String text = "Is there anything else that I can do for you? ".repeat(40);
        try (Encoder encoder = open(TINY, Precision.FP32)) {
            assertThat(encoder.maxLength()).isEqualTo(64);
            assertThat(encoder.embed(List.of(text + "Hello")).get(0))
                    .isEqualTo(encoder.embed(List.of(text)).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"BF16, 0.005", "INT8, 0.05"})
    void fewer_bits_give_nearly_the_same_vectors(Precision precision, double tolerance) {
        List<String> texts = ReferenceCheckpoint.texts().stream()
                .map(ReferenceCheckpoint.TextPair::query)
                .toList();
        try (Encoder full = open(TINY, Precision.FP32);
                Encoder less = open(TINY, precision)) {
            List<float[]> expected = full.embed(texts);
            List<float[]> found = less.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(Encoder.product(expected.get(i), found.get(i)))
                        .as("%s", texts.get(i))
                        .isCloseTo(1, within(tolerance));
            }
        }
    }

    @Test
    void the_digest_tells_encoders_apart() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(TINY.resolve(name), other.resolve(name));
        }
        String digest;
        try (Encoder encoder = open(TINY, Precision.FP32);
                Encoder copy = open(other, Precision.FP32)) {
            digest = encoder.digest();
            assertThat(copy.digest()).isEqualTo(digest);
        }
        // The same weights behind another tokenizer give other vectors.
        Path tokenizer = other.resolve("tokenizer.json");
        Files.writeString(
                tokenizer, Files.readString(tokenizer).replace("\"lowercase\": true", "\"lowercase\": false"));
        try (Encoder changed = open(other, Precision.FP32)) {
            assertThat(changed.digest()).isNotEqualTo(digest);
        }
    }
}
