package io.replyloop.bert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Maps an encoder's vectors into a common space with those of others: a matrix and an offset, followed by normalisation
 * to length 1.
 *
 * @param weight {@code out} rows of {@code in} numbers
 * @param bias {@code out} numbers
 */
public record Projection(int in, int out, float[] weight, float[] bias) {
    private static final String FILE = "projection.safetensors";
    private static final String WEIGHT = "linear.weight";
    private static final String BIAS = "linear.bias";

    /** Reads the projection of a directory; the identity if there is none. */
    public static Projection of(Path directory, int in) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            SafetensorsFile.Entry weight = tensors.entries().get(WEIGHT);
            SafetensorsFile.Entry bias = tensors.entries().get(BIAS);
            if (weight == null
                    || bias == null
                    || weight.shape().length != 2
                    || bias.shape().length != 1
                    || weight.shape()[0] != bias.shape()[0]
                    || weight.shape()[0] < 1) {
                throw new CheckpointException(file + ": needs " + WEIGHT + " [out, in] and " + BIAS + " [out]");
            }
            if (weight.shape()[1] != in) {
                throw new CheckpointException(file + ": takes vectors of " + weight.shape()[1]
                        + " numbers, and the network beside it gives " + in);
            }
            return new Projection(
                    in, Math.toIntExact(weight.shape()[0]), floats(tensors, weight), floats(tensors, bias));
        }
    }

    private static float[] floats(SafetensorsFile file, SafetensorsFile.Entry entry) {
        ByteBuffer values = file.readFloats(entry);
        float[] floats = new float[Math.toIntExact(entry.count())];
        values.asFloatBuffer().get(floats);
        return floats;
    }

    /** @throws CheckpointException if the directory has none */
    public static void require(Path directory) {
        if (!Files.isRegularFile(directory.resolve(FILE))) {
            throw new CheckpointException(directory.resolve(FILE)
                    + ": there is no such file; without it the vectors of the two languages cannot be compared");
        }
    }

    /** @throws CheckpointException if the directory already has one, which is not overwritten */
    public static void requireNone(Path directory) {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            throw new CheckpointException(file + ": exists already; name another directory");
        }
    }

    public void write(Path directory) throws IOException {
        SafetensorsWriter.write(
                directory.resolve(FILE),
                List.of(
                        new SafetensorsWriter.Tensor(WEIGHT, new long[] {out, in}, weight),
                        new SafetensorsWriter.Tensor(BIAS, new long[] {out}, bias)));
    }

    public static String digest(Path directory) {
        return Checkpoint.sha256(directory.resolve(FILE));
    }

    public float[] of(float[] vector) {
        float[] result = new float[out];
        for (int row = 0; row < out; row++) {
            float sum = bias[row];
            for (int column = 0; column < in; column++) {
                sum += weight[row * in + column] * vector[column];
            }
            result[row] = sum;
        }
        return stretched(result);
    }

    /** Normalises the vector to length 1, in place. */
    public static float[] stretched(float[] vector) {
        double square = 0;
        for (float number : vector) {
            square += number * number;
        }
        float length = (float) Math.max(Math.sqrt(square), 1e-12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
