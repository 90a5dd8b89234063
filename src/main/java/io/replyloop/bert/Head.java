package io.replyloop.bert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the classification head off a checkpoint, so that the next fine-tuning starts a fresh one over the same encoder:
 * what was learned as one task becomes the base of another.
 */
public final class Head {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHTS = "model.safetensors";

    private Head() {}

    /**
     * Changes a directory with a single {@code model.safetensors}.
     *
     * @param labels names of the classes that the next head tells apart; empty leaves it to the next fine-tuning
     */
    public static void replace(Path directory, List<String> labels) throws IOException {
        Path file = directory.resolve(WEIGHTS);
        Path headless = directory.resolve(WEIGHTS + ".headless");
        List<SafetensorsWriter.Tensor> kept = new ArrayList<>();
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            for (SafetensorsFile.Entry entry : weights.entries().values()) {
                if (!entry.name().startsWith("classifier.") && !entry.name().startsWith("cls.")) {
                    ByteBuffer floats = weights.readFloats(entry);
                    float[] values = new float[floats.remaining() / Float.BYTES];
                    floats.asFloatBuffer().get(values);
                    kept.add(new SafetensorsWriter.Tensor(entry.name(), entry.shape(), values));
                }
            }
        }
        SafetensorsWriter.write(headless, kept);
        Files.move(headless, file, StandardCopyOption.REPLACE_EXISTING);
        Path config = directory.resolve("config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(config.toFile());
        json.remove(List.of("id2label", "label2id", "num_labels", "problem_type"));
        if (!labels.isEmpty()) {
            ObjectNode names = json.putObject("id2label");
            ObjectNode ids = json.putObject("label2id");
            for (int i = 0; i < labels.size(); i++) {
                names.put(Integer.toString(i), labels.get(i));
                ids.put(labels.get(i), i);
            }
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(config.toFile(), json);
    }
}
