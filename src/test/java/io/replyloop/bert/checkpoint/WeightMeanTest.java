package io.replyloop.bert.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightMeanTest {
    @TempDir
    Path folder;

    private Path model(String name, String tensor, float... values) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        Files.writeString(directory.resolve("config.json"), "{\"of\": \"" + name + "\"}");
        SafetensorsWriter.write(
                directory.resolve("model.safetensors"),
                List.of(new SafetensorsWriter.Tensor(tensor, new long[] {values.length}, values)));
        return directory;
    }

    @Test
    void every_weight_is_in_the_middle_and_the_rest_is_the_firsts() throws IOException {
        Path out = folder.resolve("out");
        WeightMean.write(model("one", "w", 1, -2), model("other", "w", 3, 4), out);
        try (SafetensorsFile file = SafetensorsFile.open(out.resolve("model.safetensors"))) {
            var floats = file.readFloats(file.entries().get("w")).asFloatBuffer();
            assertThat(floats.get(0)).isEqualTo(2);
            assertThat(floats.get(1)).isEqualTo(1);
        }
        assertThat(Files.readString(out.resolve("config.json")).contains("one")).isTrue();
    }

    @Test
    void models_of_other_tensors_have_no_mean() throws IOException {
        Path out = folder.resolve("out");
        Path one = model("one", "w", 1, 2);
        for (Path other : List.of(model("name", "v", 1, 2), model("shape", "w", 1, 2, 3))) {
            assertThat(assertThatExceptionOfType(CheckpointException.class)
                            .isThrownBy(() -> WeightMean.write(one, other, out))
                            .actual()
                            .getMessage()
                            .contains(other.getFileName().toString()))
                    .isTrue();
        }
        assertThat(Files.exists(out)).isFalse();
    }
}
