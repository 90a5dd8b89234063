package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a reference checkpoint, of which a test changes one thing. */
abstract class CopiedCheckpoint {
    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    Path weights;

    @BeforeEach
    final void weightsOfTheCopy() {
        weights = folder.resolve("model.safetensors");
    }

    void copy(String name) throws IOException {
        try (Stream<Path> files = Files.list(ReferenceCheckpoint.named(name).directory())) {
            for (Path file : files.toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    void change(String name, Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve(name);
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        change.accept(json);
        Files.write(file, JSON.writeValueAsBytes(json));
    }

    void changeConfig(Consumer<ObjectNode> change) throws IOException {
        change("config.json", change);
    }

    void changeTokenizer(Consumer<ObjectNode> change) throws IOException {
        change("tokenizer.json", change);
    }

    /** Rewrites the header; the length in front of it follows. */
    void changeHeader(Consumer<ObjectNode> change) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        ObjectNode header = (ObjectNode) JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
        change.accept(header);
        writeRaw(JSON.writeValueAsBytes(header), Arrays.copyOfRange(bytes, 8 + length, bytes.length));
    }

    void writeRaw(byte[] header, byte[] data) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(weights, file.putLong(header.length).put(header).put(data).array());
    }

    static ObjectNode tensor(ObjectNode header, String name) {
        return (ObjectNode) header.get(name);
    }

    void assertRefused(String... parts) {
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> CrossEncoder.open(folder, ReferenceLogitsTest.FP32))
                .actual();
        for (String part : parts) {
            assertThat(refused.getMessage().contains(part))
                    .as("%s", "'" + part + "' is not in: " + refused.getMessage())
                    .isTrue();
        }
    }
}
