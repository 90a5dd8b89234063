package io.replyloop.bert.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void everyWeightIsInTheMiddleAndTheRestIsTheFirsts() throws IOException {
        Path out = folder.resolve("out");
        WeightMean.write(model("one", "w", 1, -2), model("other", "w", 3, 4), out);
        try (SafetensorsFile file = SafetensorsFile.open(out.resolve("model.safetensors"))) {
            var floats = file.readFloats(file.entries().get("w")).asFloatBuffer();
            assertEquals(2, floats.get(0));
            assertEquals(1, floats.get(1));
        }
        assertTrue(Files.readString(out.resolve("config.json")).contains("one"));
    }

    @Test
    void modelsOfOtherTensorsHaveNoMean() throws IOException {
        Path out = folder.resolve("out");
        Path one = model("one", "w", 1, 2);
        for (Path other : List.of(model("name", "v", 1, 2), model("shape", "w", 1, 2, 3))) {
            assertTrue(assertThrows(CheckpointException.class, () -> WeightMean.write(one, other, out))
                    .getMessage()
                    .contains(other.getFileName().toString()));
        }
        assertFalse(Files.exists(out));
    }
}
