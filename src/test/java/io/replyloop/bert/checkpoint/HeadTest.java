package io.replyloop.bert.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

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
    void the_old_head_goes_and_the_encoder_stays() throws Exception {
        write();
        Head.replace(directory, List.of("hello", "goodbye", "other"));
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            assertThat(List.copyOf(file.entries().keySet())).isEqualTo(List.of("bert.pooler.dense.weight"));
            assertThat(file.readFloats(file.entries().get("bert.pooler.dense.weight"))
                            .getFloat())
                    .isEqualTo(7f);
        }
        JsonNode config = config();
        assertThat(config.at("/id2label/1").asText()).isEqualTo("goodbye");
        assertThat(config.at("/label2id/other").asInt()).isEqualTo(2);
        assertThat(config.has("problem_type")).isFalse();
        assertThat(config.path("hidden_size").asInt()).isEqualTo(128);
    }

    @Test
    void the_first_label_can_stay_alone() throws Exception {
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
            assertThat(weight.shape()).isEqualTo(new long[] {1, 2});
            assertThat(file.readFloats(weight).getFloat(4)).isEqualTo(2f);
            SafetensorsFile.Entry bias = file.entries().get("classifier.bias");
            assertThat(bias.shape()).isEqualTo(new long[] {1});
            assertThat(file.readFloats(bias).getFloat()).isEqualTo(8f);
            assertThat(file.entries().containsKey("bert.pooler.dense.weight")).isTrue();
        }
        assertThat(config().path("id2label").size()).isEqualTo(1);
    }

    @Test
    void without_labels_the_next_fine_tuning_decides() throws Exception {
        write();
        Head.replace(directory, List.of());
        assertThat(config().has("id2label")).isFalse();
        assertThat(config().has("label2id")).isFalse();
        assertThat(config().has("hidden_size")).isTrue();
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
