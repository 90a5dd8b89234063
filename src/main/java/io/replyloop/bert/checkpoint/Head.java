package io.replyloop.bert.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Removes the classification head from a checkpoint, so that the next fine-tuning starts with a fresh one on the same
 * encoder and a model trained for one task becomes the base of another.
 */
public final class Head {

    private static final String WEIGHTS = "model.safetensors";

    private Head() {}

    private interface Change {
        /** The tensor to keep, or null to drop it. */
        SafetensorsWriter.Tensor apply(String name, long[] shape, float[] values);
    }

    /**
     * Changes a directory with a single {@code model.safetensors}.
     *
     * @param labels names of the next head's classes; empty leaves them to the next fine-tuning
     */
    public static void replace(Path directory, List<String> labels) throws IOException {
        change(
                directory,
                (name, shape, values) -> name.startsWith("classifier.") || name.startsWith("cls.")
                        ? null
                        : new SafetensorsWriter.Tensor(name, shape, values));
        name(directory, labels);
    }

    /** Adds labels to a BERT classifier after its first, which keeps its weights; the others start untrained. */
    public static void keepFirst(Path directory, List<String> labels) throws IOException {
        change(directory, (name, shape, values) -> {
            if (!name.startsWith("classifier.")) {
                return new SafetensorsWriter.Tensor(name, shape, values);
            }
            long[] all = shape.clone();
            all[0] = labels.size();
            int width = all.length == 1 ? 1 : Math.toIntExact(all[1]);
            return new SafetensorsWriter.Tensor(
                    name, all, Arrays.copyOf(Arrays.copyOf(values, width), labels.size() * width));
        });
        name(directory, labels);
    }

    /** Reduces a BERT classifier with several labels to the first, which keeps its weights. */
    public static void keepFirst(Path directory) throws IOException {
        keepFirst(directory, List.of("LABEL_0"));
    }

    private static void change(Path directory, Change change) throws IOException {
        Path file = directory.resolve(WEIGHTS);
        Path changed = directory.resolve(WEIGHTS + ".changed");
        List<SafetensorsWriter.Tensor> kept = new ArrayList<>();
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            for (SafetensorsFile.Entry entry : weights.entries().values()) {
                ByteBuffer floats = weights.readFloats(entry);
                float[] values = new float[floats.remaining() / Float.BYTES];
                floats.asFloatBuffer().get(values);
                SafetensorsWriter.Tensor tensor = change.apply(entry.name(), entry.shape(), values);
                if (tensor != null) {
                    kept.add(tensor);
                }
            }
        }
        SafetensorsWriter.write(changed, kept);
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void name(Path directory, List<String> labels) throws IOException {
        Path config = directory.resolve("config.json");
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(config.toFile());
        json.remove(List.of("id2label", "label2id", "num_labels", "problem_type"));
        if (!labels.isEmpty()) {
            ObjectNode names = json.putObject("id2label");
            ObjectNode ids = json.putObject("label2id");
            for (int i = 0; i < labels.size(); i++) {
                names.put(Integer.toString(i), labels.get(i));
                ids.put(labels.get(i), i);
            }
        }
        Json.PRETTY.writeValue(config.toFile(), json);
    }
}
