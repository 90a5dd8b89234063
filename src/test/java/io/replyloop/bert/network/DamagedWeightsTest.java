package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights whose header, places, shapes or numbers are wrong are refused with a message that names the file. */
class DamagedWeightsTest extends CopiedCheckpoint {
    private static final String WORDS = "bert.embeddings.word_embeddings.weight";

    @BeforeEach
    void copyAWholeCheckpoint() throws IOException {
        copy("bert-2labels");
    }

    /** Overwrites numbers of a tensor of fp32. */
    private void fill(String tensor, int from, int to, float value) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong(0);
        int begin = JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length))
                .at("/" + tensor + "/data_offsets/0")
                .asInt();
        for (int at = from; at < to; at++) {
            file.putFloat(8 + length + begin + at * Float.BYTES, value);
        }
        Files.write(weights, bytes);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weights_that_are_no_numbers(float value) throws IOException {
        fill(WORDS, 7, 8, value);
        assertRefused("model.safetensors", WORDS, "holds " + value, "place 7");
    }

    @Test
    void no_numbers_in_half_precision() throws IOException {
        copy("bert-2labels-fp16");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] = 0x7e;
        Files.write(weights, bytes);
        assertRefused("model.safetensors", "holds NaN");
    }

    @Test
    void weights_of_which_nothing_comes() throws IOException {
        fill(WORDS, 0, 254 * 80, Float.MAX_VALUE);
        assertRefused("model.safetensors", "too large");
    }

    @Test
    void what_a_training_would_write_that_went_astray() {
        Path file = folder.resolve("astray.safetensors");
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> SafetensorsWriter.write(
                        file,
                        List.of(
                                new SafetensorsWriter.Tensor("good", new long[] {1}, new float[] {1}),
                                new SafetensorsWriter.Tensor("bad", new long[] {2}, new float[] {1, Float.NaN}))))
                .actual();
        assertThat(refused.getMessage().contains("'bad'"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(refused.getMessage().contains("learning rate"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(Files.exists(file)).isEqualTo(false);
    }

    @Test
    void truncated_weights() throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 100));
        assertRefused("model.safetensors", "truncated");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 9, 100, 2000})
    void weights_cut_inside_the_header(int size) throws IOException {
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), size));
        assertRefused("model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 200_000_000})
    void a_header_length_that_is_a_lie(long length) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(weights, bytes);
        assertRefused("model.safetensors", "header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"a\": 1}", "{\"a\": {\"dtype\": \"F32\"}}", "{} trailing"})
    void a_header_that_is_no_header(String header) throws IOException {
        writeRaw(header.getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertRefused("model.safetensors");
    }

    @Test
    void a_header_nested_without_end() throws IOException {
        writeRaw("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertRefused("model.safetensors", "not valid JSON");
    }

    @Test
    void a_tensor_that_is_there_twice() throws IOException {
        writeRaw(
                ("{\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")
                        .getBytes(StandardCharsets.UTF_8),
                new byte[8]);
        assertRefused("model.safetensors", "not valid JSON");
    }

    @Test
    void offsets_behind_the_end() throws IOException {
        changeHeader(header ->
                tensor(header, WORDS).putArray("data_offsets").add(900_000_000L).add(900_081_280L));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void offsets_that_overlap() throws IOException {
        changeHeader(header -> {
            ObjectNode words = tensor(header, WORDS);
            long begin = words.path("data_offsets").get(0).asLong();
            long end = words.path("data_offsets").get(1).asLong();
            words.putArray("data_offsets").add(begin - 4).add(end - 4);
        });
        assertRefused("model.safetensors", "overlaps");
    }

    @Test
    void offsets_that_are_negative_or_backwards() throws IOException {
        changeHeader(
                header -> tensor(header, WORDS).putArray("data_offsets").add(-8).add(81_272));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void a_shape_that_overflows() throws IOException {
        changeHeader(header ->
                tensor(header, WORDS).putArray("shape").add(Long.MAX_VALUE).add(Long.MAX_VALUE));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void a_shape_that_does_not_fit_the_bytes() throws IOException {
        changeHeader(header -> tensor(header, WORDS).putArray("shape").add(254).add(81));
        assertRefused("model.safetensors", WORDS, "bytes");
    }

    @Test
    void a_shape_that_does_not_fit_the_configuration() throws IOException {
        changeHeader(header -> tensor(header, WORDS).putArray("shape").add(80).add(254));
        assertRefused("model.safetensors", WORDS, "[80, 254]", "[254, 80]");
    }

    @Test
    void a_type_that_is_no_float() throws IOException {
        changeHeader(header -> tensor(header, WORDS).put("dtype", "I32"));
        assertRefused("model.safetensors", WORDS, "I32");
    }

    @Test
    void a_type_that_nobody_knows() throws IOException {
        changeHeader(header -> tensor(header, WORDS).put("dtype", "F7"));
        assertRefused("model.safetensors", WORDS, "F7");
    }

    @Test
    void a_tensor_that_is_missing() throws IOException {
        changeHeader(header -> header.set("stray", header.remove(WORDS)));
        assertRefused("model.safetensors", WORDS, "missing");
    }

    @Test
    void half_a_head() throws IOException {
        changeHeader(header -> header.set("stray", header.remove("classifier.bias")));
        assertRefused("model.safetensors", "classifier.bias", "missing");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, transformer.h.1.attn.c_attn.weight, 64 191",
        "gpt2, transformer.ln_f.bias, 63",
        "gpt2, score.weight, 64 2",
        "xlnet, transformer.mask_emb, 64",
        "xlnet, transformer.layer.1.rel_attn.r_s_bias, 16 4",
        "xlnet, transformer.layer.0.rel_attn.o, 4 16 64",
        "xlnet, logits_proj.bias, 1"
    })
    void a_tensor_of_another_family_that_is_missing_or_of_another_shape(String family, String tensor, String shape)
            throws IOException {
        copy(family);
        changeHeader(header -> {
            List<Integer> sizes =
                    Stream.of(shape.split(" ")).map(Integer::valueOf).toList();
            tensor(header, tensor).set("shape", JSON.valueToTree(sizes));
        });
        assertRefused("model.safetensors", tensor);
        copy(family);
        changeHeader(header -> header.set("stray", header.remove(tensor)));
        if (tensor.startsWith("score")) {
            // Its classifier is one tensor alone; a checkpoint without it has a fresh one.
            CrossEncoder.open(folder, ReferenceLogitsTest.FP32).close();
        } else {
            assertRefused("model.safetensors", tensor, "missing");
        }
    }
}
