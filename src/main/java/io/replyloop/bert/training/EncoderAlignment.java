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
 * Brings an English and a Chinese encoder into one space, so that texts of both languages can be compared. Both stay as
 * they are: what all texts have in common is taken from their vectors, and the English ones are rotated to where the
 * Chinese ones of the same sentences lie (orthogonal Procrustes; Schönemann 1966). A rotation changes no product of two
 * vectors, so within a language the encoders say of each other's nearness what they said before.
 *
 * <p>The directory that comes of it holds one in {@value EncoderPair#ENGLISH} and one in {@value EncoderPair#CHINESE}.
 */
public final class EncoderAlignment {
    private static final int AT_ONCE = 1024;

    /** What a text of pairs has been read to. */
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

        /** Without what all have in common, of length 1. */
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

        /** @param matrix as many rows as a vector has numbers */
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

    /** Is told how many of so many sentences of a language have been read. */
    @FunctionalInterface
    public interface Progress {
        void read(int sentences, int of);
    }

    private EncoderAlignment() {}

    /**
     * Writes the projections of both, and nothing else, as the files that belong into the directories of the encoders.
     *
     * @param pairs sentences that the rotation is found with; some thousands are enough
     * @param dimension numbers of a vector, at most what the smaller encoder gives
     * @param out a directory, to which those of the two languages are added; it may be the one that holds both encoders
     * @throws CheckpointException when one of the encoders has a projection already, or {@code out} has
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
        // What is found is for the vectors that the networks give by themselves.
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
