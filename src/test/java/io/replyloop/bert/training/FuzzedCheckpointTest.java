package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files with random damage are refused in words or read, and never end the JVM. {@code -Dfuzz.rounds=100000} looks
 * longer; every failure names the seed that shows it again.
 */
class FuzzedCheckpointTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 60);
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "7",
            "255",
            "2147483647",
            "-9223372036854775808",
            "1e308",
            "1e400",
            "\"\"",
            "[]",
            "{}",
            "null",
            "true");

    @TempDir
    Path folder;

    private void copy(String family) throws IOException {
        try (Stream<Path> files = Files.list(ReferenceCheckpoint.named(family).directory())) {
            for (Path file : files.toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert-2labels, model.safetensors",
        "bert-2labels, config.json",
        "bert-2labels, tokenizer.json",
        "gpt2, config.json",
        "gpt2, tokenizer.json",
        "xlnet, config.json",
        "xlnet, tokenizer.json"
    })
    void damage_never_ends_the_process(String family, String name) throws IOException {
        copy(family);
        Path file = folder.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        int header = name.endsWith("safetensors")
                ? 8
                        + (int) ByteBuffer.wrap(whole)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                : whole.length;
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Files.write(file, damage(whole, header, random));
            try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
                encoder.logits(List.of(encoder.pair(
                        encoder.tokenize("Where is my order? 我的订单在哪里?"), encoder.tokenize("It left yesterday."))));
            } catch (CheckpointException e) {
                refused++;
                assertThat(e.getMessage().contains("."))
                        .as("%s", "seed " + seed + ": " + e.getMessage())
                        .isTrue();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " of " + name + " is not refused in words", e);
            }
        }
        assertThat(refused > ROUNDS / 10)
                .as("%s", "only " + refused + " of " + ROUNDS + " were refused: is anything damaged?")
                .isTrue();
    }

    private static byte[] damage(byte[] whole, int header, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> {
                for (int i = 0; i < 1 + random.nextInt(8); i++) {
                    bytes[random.nextInt(header)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> {
                for (int i = 0; i < 1 + random.nextInt(64); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 3 -> {
                return replaceANumber(bytes, header, random);
            }
            default -> {
                int from = random.nextInt(header);
                int length = Math.min(1 + random.nextInt(32), header - from);
                byte[] shorter = new byte[bytes.length - length];
                System.arraycopy(bytes, 0, shorter, 0, from);
                System.arraycopy(bytes, from + length, shorter, from, bytes.length - from - length);
                return shorter;
            }
        }
        return bytes;
    }

    /** Another value for one number of the JSON, the length in front of a safetensors header put right again. */
    private static byte[] replaceANumber(byte[] bytes, int header, Random random) {
        int from = random.nextInt(header);
        while (from < header && !Character.isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < header && Character.isDigit(bytes[to])) {
            to++;
        }
        byte[] value = NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer result = ByteBuffer.allocate(bytes.length - (to - from) + value.length);
        result.put(bytes, 0, from).put(value).put(bytes, to, bytes.length - to);
        if (header < bytes.length) {
            result.order(ByteOrder.LITTLE_ENDIAN).putLong(0, header - 8 - (to - from) + value.length);
        }
        return result.array();
    }
}
