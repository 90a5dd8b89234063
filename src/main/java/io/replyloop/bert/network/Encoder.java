package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.Projection;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.platform.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns texts into vectors of length 1 whose product says how near their meanings are (Reimers and Gurevych 2019). It may
 * consist of several networks, each for texts in a script of its own, whose vectors lie in the same space. Thread-safe;
 * calls queue on one native thread.
 */
public final class Encoder implements AutoCloseable {
    /** Tokens that are read of a text where nothing else is asked for: sentence encoders are taught on short texts. */
    public static final int USUAL_LENGTH = 256;

    /** Tokens of one text, for the network that reads it. */
    public static final class Text {
        private final EncoderNetwork network;
        private final TokenIds tokens;

        private Text(EncoderNetwork network, TokenIds tokens) {
            this.network = network;
            this.tokens = tokens;
        }

        /** Tokens without special ones; the text may be of any length. */
        public int size() {
            return tokens.size();
        }

        public TokenIds tokens() {
            return tokens;
        }
    }

    private final EncoderNetwork chinese;
    private final EncoderNetwork others;

    /** These two, or the one that is both. */
    private final List<EncoderNetwork> networks;

    private Encoder(EncoderNetwork chinese, EncoderNetwork others) {
        this.chinese = chinese;
        this.others = others;
        networks = Stream.of(chinese, others).distinct().toList();
    }

    /**
     * Opens a Hugging Face directory, or one of several, see {@link EncoderPair}; a head that it may have is left
     * alone. Length 0 stands for {@link #USUAL_LENGTH}, and {@link Precision#AUTO} for fp32 whatever the machine, because
     * vectors that are kept are compared with those of other machines.
     *
     * @throws CheckpointException on anything wrong with the files, before any native call sees them
     */
    public static Encoder open(Path directory, CrossEncoderOptions options) {
        if (!EncoderPair.isIn(directory)) {
            EncoderNetwork network = EncoderNetwork.open(directory, options);
            return new Encoder(network, network);
        }
        EncoderNetwork chinese = aligned(directory.resolve(EncoderPair.CHINESE), options);
        try {
            EncoderNetwork others = aligned(directory.resolve(EncoderPair.ENGLISH), options);
            if (others.dimension() != chinese.dimension()) {
                others.close();
                throw new CheckpointException(directory + ": its encoders give vectors of " + chinese.dimension()
                        + " and of " + others.dimension() + " numbers, which cannot be compared");
            }
            return new Encoder(chinese, others);
        } catch (RuntimeException e) {
            chinese.close();
            throw e;
        }
    }

    /** Without its projection, its vectors would have nothing to do with those of the other one. */
    private static EncoderNetwork aligned(Path directory, CrossEncoderOptions options) {
        Projection.require(directory);
        return EncoderNetwork.open(directory, options);
    }

    /**
     * What {@link Precision#AUTO} stands for where customers wait: on a CPU int8, which takes 0.55 of the time of fp32 even
     * without instructions for it, and finds as much (ADR 94). What one machine has read in int8 and another in fp32 is as
     * near as what either has read.
     *
     * @param device as in {@link CrossEncoderOptions}
     */
    public static Precision whereSomebodyWaits(Precision precision, String device) {
        if (precision != Precision.AUTO) {
            return precision;
        }
        return Torch.device(device).isGpu() ? Precision.FP32 : Precision.INT8;
    }

    /** Numbers in a vector. */
    public int dimension() {
        return others.dimension();
    }

    /** Tokens that are read of a text at most, special ones included; the rest, on the right, is cut off. */
    public int maxLength() {
        return Math.min(chinese.maxLength(), others.maxLength());
    }

    /** What is in use, after {@link Precision#AUTO} has decided. */
    public Precision precision() {
        return others.precision();
    }

    /** Of configuration, weights and tokenizer: vectors of encoders with another one must not be compared. */
    public String digest() {
        return networks.size() == 1 ? others.digest() : Checkpoint.sha256(chinese.digest() + others.digest());
    }

    public Text tokenize(String text) {
        EncoderNetwork network = Script.of(text) == Script.CHINESE ? chinese : others;
        return new Text(network, network.tokenize(text));
    }

    /** A vector of {@link #dimension()} numbers, of length 1, for each text, in the order asked. */
    public List<float[]> embed(List<String> texts) {
        return embedTokens(texts.stream().map(this::tokenize).toList());
    }

    /** The same of texts that are tokenized already. Those of similar length go through the network together. */
    public List<float[]> embedTokens(List<Text> texts) {
        float[][] vectors = new float[texts.size()][];
        for (EncoderNetwork network : networks) {
            List<Integer> places = new ArrayList<>();
            List<TokenIds> tokens = new ArrayList<>();
            for (int i = 0; i < vectors.length; i++) {
                if (texts.get(i).network == network) {
                    places.add(i);
                    tokens.add(texts.get(i).tokens);
                }
            }
            List<float[]> read = network.embed(tokens);
            for (int i = 0; i < places.size(); i++) {
                vectors[places.get(i)] = read.get(i);
            }
        }
        return List.of(vectors);
    }

    /** How near two texts are, by their vectors. Numbers of the second beyond the first's are left alone. */
    public static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Frees native memory once the calls that are queued have ended. */
    @Override
    public void close() {
        networks.forEach(EncoderNetwork::close);
    }
}
