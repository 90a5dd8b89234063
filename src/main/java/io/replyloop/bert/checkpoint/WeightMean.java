package io.replyloop.bert.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of the weights of two models, one of which was fine-tuned from the other. It combines what both have learned
 * better than either (Izmailov et al., 2018). Averaging models with different initialisations is meaningless.
 */
public final class WeightMean {
    private static final String WEIGHTS = "model.safetensors";

    private WeightMean() {}

    /**
     * Both directories must have a single {@code model.safetensors} with the same tensors.
     *
     * @param out a directory that does not exist yet; everything but the weights is copied from {@code one}
     */
    public static void write(Path one, Path other, Path out) throws IOException {
        CheckpointDirectory.requireFree(out);
        List<SafetensorsWriter.Tensor> means = new ArrayList<>();
        try (SafetensorsFile first = SafetensorsFile.open(one.resolve(WEIGHTS));
                SafetensorsFile second = SafetensorsFile.open(other.resolve(WEIGHTS))) {
            if (!first.entries().keySet().equals(second.entries().keySet())) {
                throw new CheckpointException(other + ": has other tensors than " + one);
            }
            for (SafetensorsFile.Entry entry : first.entries().values()) {
                SafetensorsFile.Entry its = second.entries().get(entry.name());
                if (entry.count() != its.count()) {
                    throw new CheckpointException(
                            other + ": tensor '" + entry.name() + "' has another shape than in " + one);
                }
                FloatBuffer left = first.readFloats(entry).asFloatBuffer();
                FloatBuffer right = second.readFloats(its).asFloatBuffer();
                float[] mean = new float[left.remaining()];
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = (left.get(i) + right.get(i)) / 2;
                }
                means.add(new SafetensorsWriter.Tensor(entry.name(), entry.shape(), mean));
            }
        }
        Path partial = Files.createDirectories(out.resolveSibling(out.getFileName() + ".partial"));
        try (var files = Files.list(one)) {
            for (Path file : files.toList()) {
                Files.copy(file, partial.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(partial.resolve(WEIGHTS));
        SafetensorsWriter.write(partial.resolve(WEIGHTS), means);
        Files.move(partial, out);
    }
}
