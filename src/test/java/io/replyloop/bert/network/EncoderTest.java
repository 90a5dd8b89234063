package io.replyloop.bert.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.PretrainedEncoder;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.training.PretrainedArtefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void aPretrainedEncoderSaysWhatOnnxRuntimeSays(PretrainedEncoder pretrained, String reference, int dimension) {
        List<JsonNode> expected =
                ReferenceCheckpoint.lines(Path.of("src/test/resources/reference", reference, "expected.jsonl"));
        List<String> texts =
                expected.stream().map(line -> line.path("text").asText()).toList();
        try (Encoder encoder = open(PretrainedArtefacts.directory(pretrained), Precision.AUTO)) {
            assertEquals(Precision.FP32, encoder.precision());
            assertEquals(dimension, encoder.dimension());
            List<float[]> vectors = encoder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                JsonNode line = expected.get(i);
                int[] ids = JSON.convertValue(line.path("ids"), int[].class);
                int[] own = encoder.tokenize(texts.get(i)).tokens().toArray();
                assertArrayEquals(java.util.Arrays.copyOfRange(ids, 1, ids.length - 1), own, texts.get(i));
                assertArrayEquals(
                        JSON.convertValue(line.path("vector"), float[].class), vectors.get(i), 1e-5f, texts.get(i));
            }
        }
    }

    @Test
    void theConvertedDirectoryHasAPlainTokenizerAndTransformersNames() throws IOException {
        Path directory = PretrainedArtefacts.directory(PretrainedEncoder.MINI_LM);
        JsonNode tokenizer = JSON.readTree(directory.resolve("tokenizer.json").toFile());
        assertTrue(tokenizer.path("truncation").isNull()
                && tokenizer.path("padding").isNull());
        List<String> tokens = Files.readAllLines(directory.resolve("vocab.txt"));
        assertEquals(30_522, tokens.size());
        assertEquals("[CLS]", tokens.get(101));
        assertEquals(
                "BertModel",
                Checkpoint.readJson(directory.resolve("config.json"))
                        .path("architectures")
                        .path(0)
                        .asText());
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            assertEquals(5 + 16 * 6, file.entries().size());
            assertTrue(file.entries().containsKey("encoder.layer.5.attention.self.query.weight"));
            assertFalse(file.entries().containsKey("bert.encoder.layer.5.attention.self.query.weight"));
        }
        // It is a base for cross-encoders, too, which get a fresh head.
        try (CrossEncoder encoder = CrossEncoder.open(directory, ReferenceLogitsTest.FP32)) {
            assertEquals(2, encoder.info().labels());
        }
    }

    @Test
    void anotherFileThanTheArtefactIsRefusedByItsHash() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jar"), "PK");
        CheckpointException refused =
                assertThrows(CheckpointException.class, () -> PretrainedEncoder.convert(other, folder.resolve("out")));
        assertTrue(refused.getMessage().contains(PretrainedEncoder.MINI_LM.sha256()), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("out")));
        Path missing = folder.resolve("missing.jar");
        refused = assertThrows(
                CheckpointException.class, () -> PretrainedEncoder.convert(missing, folder.resolve("out")));
        assertTrue(refused.getMessage().contains(PretrainedEncoder.MINI_LM.artefact()), refused.getMessage());
    }

    @Test
    void aTextHasTheSameVectorAloneAndAmongOthers() {
        List<String> texts = new ArrayList<>(List.of("", "Hello", "我的订单在哪里?"));
        for (ReferenceCheckpoint.TextPair pair : ReferenceCheckpoint.texts()) {
            texts.add(pair.query());
        }
        try (Encoder encoder = open(TINY, Precision.FP32)) {
            List<float[]> together = encoder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertEquals(1, Encoder.product(together.get(i), together.get(i)), 1e-5);
                assertArrayEquals(encoder.embed(texts.subList(i, i + 1)).get(0), together.get(i), 1e-5f);
            }
            assertTrue(encoder.embed(List.of()).isEmpty());
        }
    }

    @Test
    void whatIsLongerThanItReadsIsCutOnTheRight() {
        String text = "Is there anything else that I can do for you? ".repeat(40);
        try (Encoder encoder = open(TINY, Precision.FP32)) {
            assertEquals(64, encoder.maxLength());
            assertArrayEquals(
                    encoder.embed(List.of(text)).get(0),
                    encoder.embed(List.of(text + "Hello")).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"BF16, 0.005", "INT8, 0.05"})
    void fewerBitsGiveNearlyTheSameVectors(Precision precision, double tolerance) {
        List<String> texts = ReferenceCheckpoint.texts().stream()
                .map(ReferenceCheckpoint.TextPair::query)
                .toList();
        try (Encoder full = open(TINY, Precision.FP32);
                Encoder less = open(TINY, precision)) {
            List<float[]> expected = full.embed(texts);
            List<float[]> found = less.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertEquals(1, Encoder.product(expected.get(i), found.get(i)), tolerance, texts.get(i));
            }
        }
    }

    @Test
    void theDigestTellsEncodersApart() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(TINY.resolve(name), other.resolve(name));
        }
        String digest;
        try (Encoder encoder = open(TINY, Precision.FP32);
                Encoder copy = open(other, Precision.FP32)) {
            digest = encoder.digest();
            assertEquals(digest, copy.digest());
        }
        // The same weights behind another tokenizer give other vectors.
        Path tokenizer = other.resolve("tokenizer.json");
        Files.writeString(
                tokenizer, Files.readString(tokenizer).replace("\"lowercase\": true", "\"lowercase\": false"));
        try (Encoder changed = open(other, Precision.FP32)) {
            assertNotEquals(digest, changed.digest());
        }
    }
}
