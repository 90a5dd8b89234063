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
 * Turns texts into vectors of length 1 whose dot product measures their semantic similarity (Reimers and Gurevych
 * 2019). It may consist of several networks, one per script, with a common vector space. Thread-safe; calls queue on a
 * single native thread.
 */
public final class Encoder implements AutoCloseable {
    /** Default number of tokens read from a text: sentence encoders are trained on short texts. */
    public static final int USUAL_LENGTH = 256;

    /** Tokens of one text, for the network that reads this text. */
    public static final class Text {
        private final EncoderNetwork network;
        private final TokenIds tokens;

        private Text(EncoderNetwork network, TokenIds tokens) {
            this.network = network;
            this.tokens = tokens;
        }

        /** Number of tokens without special ones; the text may be of any length. */
        public int size() {
            return tokens.size();
        }

        public TokenIds tokens() {
            return tokens;
        }
    }

    private final EncoderNetwork chinese;
    private final EncoderNetwork others;

    /** One network per language, or a single one for both. */
    private final List<EncoderNetwork> networks;

    private Encoder(EncoderNetwork chinese, EncoderNetwork others) {
        this.chinese = chinese;
        this.others = others;
        networks = Stream.of(chinese, others).distinct().toList();
    }

    /**
     * Opens a Hugging Face directory, or one with several encoders (see {@link EncoderPair}); a head is ignored. Length
     * 0 stands for {@link #USUAL_LENGTH}, and {@link Precision#AUTO} for fp32 on every machine, because stored vectors
     * are compared with those of other machines.
     *
     * @throws CheckpointException on any problem with the files, before any native call sees them
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

    /** Requires a projection: without it, the vectors would not be comparable with those of the other encoder. */
    private static EncoderNetwork aligned(Path directory, CrossEncoderOptions options) {
        Projection.require(directory);
        return EncoderNetwork.open(directory, options);
    }

    /**
     * Resolves {@link Precision#AUTO} for work that customers wait for: on a CPU int8, which takes 0.55 of the time of
     * fp32 even without special instructions, with the same retrieval quality (ADR 94). Vectors computed in int8 on one
     * machine and fp32 on another are as comparable as those of the same precision.
     *
     * @param device as in {@link CrossEncoderOptions}
     */
    public static Precision whereSomebodyWaits(Precision precision, String device) {
        if (precision != Precision.AUTO) {
            return precision;
        }
        return Torch.device(device).isGpu() ? Precision.FP32 : Precision.INT8;
    }

    /** Length of a vector. */
    public int dimension() {
        return others.dimension();
    }

    /** Maximum tokens read from a text, including special ones; the rest is cut off on the right. */
    public int maxLength() {
        return Math.min(chinese.maxLength(), others.maxLength());
    }

    /** The precision in use, once {@link Precision#AUTO} has been resolved. */
    public Precision precision() {
        return others.precision();
    }

    /**
     * A digest of configuration, weights and tokenizer. Vectors of encoders with different digests must not be
     * compared.
     */
    public String digest() {
        return networks.size() == 1 ? others.digest() : Checkpoint.sha256(chinese.digest() + others.digest());
    }

    public Text tokenize(String text) {
        EncoderNetwork network = Script.of(text) == Script.CHINESE ? chinese : others;
        return new Text(network, network.tokenize(text));
    }

    /** Returns a vector with {@link #dimension()} numbers and length 1 for each text, in the order of the texts. */
    public List<float[]> embed(List<String> texts) {
        return embedTokens(texts.stream().map(this::tokenize).toList());
    }

    /** The same for texts that are already tokenized. Texts of similar length are batched together. */
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

    /** The similarity of two texts, by their vectors. Excess numbers of the second vector are ignored. */
    public static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Frees native memory after the queued calls have ended. */
    @Override
    public void close() {
        networks.forEach(EncoderNetwork::close);
    }
}
