package io.replyloop.bert.training;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.Projection;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.EncoderNetwork;
import io.replyloop.bert.network.EncoderPair;
import io.replyloop.bert.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps an English and a Chinese encoder into a common space, so that texts of both languages can be compared. The
 * networks stay unchanged: their vectors are centred, and the English ones are rotated to match the Chinese ones of the
 * same sentences (orthogonal Procrustes; Schönemann 1966). A rotation preserves dot products, so similarities within a
 * language do not change.
 *
 * <p>The resulting directory contains one encoder in {@value EncoderPair#ENGLISH} and one in
 * {@value EncoderPair#CHINESE}.
 */
public final class EncoderAlignment {
    private static final int AT_ONCE = 1024;

    /** The vectors of one side of the pairs. */
    private record Read(List<float[]> vectors, float[] mean) {
        static Read of(EncoderNetwork network, List<String> texts, Progress progress) {
            List<float[]> vectors = new ArrayList<>();
            for (int from = 0; from < texts.size(); from += AT_ONCE) {
                List<String> part = texts.subList(from, Math.min(texts.size(), from + AT_ONCE));
                vectors.addAll(
                        network.embed(part.stream().map(network::tokenize).toList()));
                progress.read(vectors.size(), texts.size());
            }
            float[] mean = new float[network.dimension()];
            for (float[] vector : vectors) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += vector[i] / vectors.size();
                }
            }
            return new Read(vectors, mean);
        }

        /** The vectors minus their mean, normalised to length 1. */
        float[][] centred() {
            float[][] centred = new float[vectors.size()][];
            for (int row = 0; row < centred.length; row++) {
                float[] vector = vectors.get(row).clone();
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= mean[i];
                }
                centred[row] = Projection.stretched(vector);
            }
            return centred;
        }

        /** @param matrix one row per number of a vector */
        Projection projection(float[] matrix) {
            int in = mean.length;
            int out = matrix.length / in;
            float[] weight = new float[out * in];
            float[] bias = new float[out];
            for (int row = 0; row < out; row++) {
                for (int column = 0; column < in; column++) {
                    weight[row * in + column] = matrix[column * out + row];
                    bias[row] -= matrix[column * out + row] * mean[column];
                }
            }
            return new Projection(in, out, weight, bias);
        }
    }

    /** Receives how many of how many sentences of a language have been read. */
    @FunctionalInterface
    public interface Progress {
        void read(int sentences, int of);
    }

    private EncoderAlignment() {}

    /**
     * Writes only the projections of both encoders, as the files that belong in their directories.
     *
     * @param pairs sentences for finding the rotation; a few thousand are enough
     * @param dimension length of the projected vectors, at most that of the smaller encoder
     * @param out a directory, in which those of the two languages are created; it may be the one with both encoders
     * @throws CheckpointException if one of the encoders, or {@code out}, already has a projection
     */
    public static void write(
            Path english,
            Path chinese,
            List<Translation> pairs,
            int dimension,
            CrossEncoderOptions options,
            Progress progress,
            Path out)
            throws IOException {
        // The projection applies to the raw vectors of the networks.
        for (Path place :
                List.of(english, chinese, out.resolve(EncoderPair.ENGLISH), out.resolve(EncoderPair.CHINESE))) {
            Projection.requireNone(place);
        }
        try (EncoderNetwork one = EncoderNetwork.open(english, options);
                EncoderNetwork other = EncoderNetwork.open(chinese, options);
                Network arithmetic = Network.empty(Device.cpu())) {
            int most = Math.min(one.dimension(), other.dimension());
            if (dimension < 1 || dimension > most || pairs.size() < most) {
                throw new IllegalArgumentException("Encoders whose vectors have " + one.dimension() + " and "
                        + other.dimension() + " numbers need at least " + most + " pairs, and there are "
                        + pairs.size() + "; together they give vectors of 1 to " + most + " numbers, and not of "
                        + dimension);
            }
            Read known = Read.of(one, pairs.stream().map(Translation::known).toList(), progress);
            Read translated =
                    Read.of(other, pairs.stream().map(Translation::translated).toList(), progress);
            List<float[]> found = arithmetic.rotations(known.centred(), translated.centred(), dimension);
            write(known.projection(found.get(0)), out.resolve(EncoderPair.ENGLISH));
            write(translated.projection(found.get(1)), out.resolve(EncoderPair.CHINESE));
        }
    }

    private static void write(Projection projection, Path directory) throws IOException {
        Files.createDirectories(directory);
        projection.write(directory);
    }
}
