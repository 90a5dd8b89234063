package io.replyloop.bert.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadTest {

    @TempDir
    Path directory;

    @Test
    void theOldHeadGoesAndTheEncoderStays() throws Exception {
        write();
        Head.replace(directory, List.of("hello", "goodbye", "other"));
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            assertEquals(
                    List.of("bert.pooler.dense.weight"),
                    List.copyOf(file.entries().keySet()));
            assertEquals(
                    7f,
                    file.readFloats(file.entries().get("bert.pooler.dense.weight"))
                            .getFloat());
        }
        JsonNode config = config();
        assertEquals("goodbye", config.at("/id2label/1").asText());
        assertEquals(2, config.at("/label2id/other").asInt());
        assertFalse(config.has("problem_type"));
        assertEquals(128, config.path("hidden_size").asInt());
    }

    @Test
    void theFirstLabelCanStayAlone() throws Exception {
        write();
        Files.delete(directory.resolve("model.safetensors"));
        SafetensorsWriter.write(
                directory.resolve("model.safetensors"),
                List.of(
                        new SafetensorsWriter.Tensor("bert.pooler.dense.weight", new long[] {1, 1}, new float[] {7}),
                        new SafetensorsWriter.Tensor(
                                "classifier.weight", new long[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6}),
                        new SafetensorsWriter.Tensor("classifier.bias", new long[] {3}, new float[] {8, 9, 10})));
        Head.keepFirst(directory);
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            SafetensorsFile.Entry weight = file.entries().get("classifier.weight");
            assertArrayEquals(new long[] {1, 2}, weight.shape());
            assertEquals(2f, file.readFloats(weight).getFloat(4));
            SafetensorsFile.Entry bias = file.entries().get("classifier.bias");
            assertArrayEquals(new long[] {1}, bias.shape());
            assertEquals(8f, file.readFloats(bias).getFloat());
            assertTrue(file.entries().containsKey("bert.pooler.dense.weight"));
        }
        assertEquals(1, config().path("id2label").size());
    }

    @Test
    void withoutLabelsTheNextFineTuningDecides() throws Exception {
        write();
        Head.replace(directory, List.of());
        assertFalse(config().has("id2label"));
        assertFalse(config().has("label2id"));
        assertTrue(config().has("hidden_size"));
    }

    private JsonNode config() throws Exception {
        return new ObjectMapper().readTree(directory.resolve("config.json").toFile());
    }

    private void write() throws Exception {
        SafetensorsWriter.write(
                directory.resolve("model.safetensors"),
                List.of(
                        new SafetensorsWriter.Tensor("bert.pooler.dense.weight", new long[] {1, 1}, new float[] {7}),
                        new SafetensorsWriter.Tensor("cls.predictions.bias", new long[] {1}, new float[] {1}),
                        new SafetensorsWriter.Tensor("classifier.weight", new long[] {1, 1}, new float[] {1})));
        Files.writeString(
                directory.resolve("config.json"),
                "{\"hidden_size\":128,\"problem_type\":\"regression\",\"id2label\":{\"0\":\"x\"},\"label2id\":{\"x\":0}}");
    }
}
