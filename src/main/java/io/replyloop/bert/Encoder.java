package io.replyloop.bert;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Turns texts into vectors whose product says how near their meanings are: the mean over a text's tokens, of length 1
 * (Reimers and Gurevych 2019). Thread-safe; calls queue on one native thread.
 */
public final class Encoder implements AutoCloseable {
    /** Tokens that are read of a text where nothing else is asked for: sentence encoders are taught on short texts. */
    public static final int USUAL_LENGTH = 256;

    private final Network network;
    private final PairTokenizer tokenizer;
    private final BertConfig config;
    private final Precision precision;
    private final String digest;

    private Encoder(Network network, PairTokenizer tokenizer, BertConfig config, Precision precision, String digest) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.config = config;
        this.precision = precision;
        this.digest = digest;
    }

    /**
     * Opens a Hugging Face directory; a head that it may have is left alone. Length 0 stands for {@link #USUAL_LENGTH},
     * and {@link Precision#AUTO} for fp32 whatever the machine, because vectors that are kept are compared with those of
     * other machines.
     *
     * @throws CheckpointException on anything wrong with the files, before any native call sees them
     */
    public static Encoder open(Path directory, CrossEncoderOptions options) {
        try (Checkpoint checkpoint = Checkpoint.openEncoder(directory)) {
            BertConfig config = checkpoint.config();
            int wanted = options.maxLength() == 0 ? USUAL_LENGTH : options.maxLength();
            PairTokenizer tokenizer =
                    PairTokenizer.open(directory, config, CrossEncoder.lengthWithin(config.maxLength(), wanted));
            Encoder encoder;
            try {
                Torch.setThreads(options.threads());
                Precision precision = options.precision() == Precision.AUTO ? Precision.FP32 : options.precision();
                String digest =
                        Checkpoint.sha256(checkpoint.digest() + Checkpoint.sha256(TokenizerFiles.source(directory)));
                Network network = Network.ready(checkpoint, Torch.device(options.device()), precision, true);
                encoder = new Encoder(network, tokenizer, config, precision, digest);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
            try {
                encoder.requireNumbers(directory);
                return encoder;
            } catch (RuntimeException e) {
                encoder.close();
                throw e;
            }
        }
    }

    /** Weights that are numbers can still be so large that nothing comes of them. */
    private void requireNumbers(Path directory) {
        for (float value : embed(List.of("Hello, where is my order?")).get(0)) {
            if (!Float.isFinite(value)) {
                throw new CheckpointException(directory.resolve("model.safetensors") + ": gives a plain question the"
                        + " vector of " + value + " in " + precision
                        + "; its weights are too large or too small to compute with");
            }
        }
    }

    /** Numbers in a vector. */
    public int dimension() {
        return config.hidden;
    }

    /** Tokens that are read of a text at most, special ones included; the rest, on the right, is cut off. */
    public int maxLength() {
        return tokenizer.maxLength();
    }

    /** What is in use, after {@link Precision#AUTO} has decided. */
    public Precision precision() {
        return precision;
    }

    /** Of configuration, weights and tokenizer: vectors of encoders with another one must not be compared. */
    public String digest() {
        return digest;
    }

    /** Token ids of a text without special tokens; the text may be of any length. */
    public TokenIds tokenize(String text) {
        return tokenizer.tokenize(text);
    }

    /** A vector of {@link #dimension()} numbers, of length 1, for each text, in the order asked. */
    public List<float[]> embed(List<String> texts) {
        return embedTokens(texts.stream().map(this::tokenize).toList());
    }

    /** The same of texts that are tokenized already. Those of similar length go through the network together. */
    public List<float[]> embedTokens(List<TokenIds> texts) {
        List<EncodedPair> sequences = texts.stream().map(tokenizer::single).toList();
        return Arrays.asList(PackedBatch.inParts(
                sequences,
                TokenBudget.scoring(network.device()),
                part -> network.embed(PackedBatch.of(part, config.firstPosition()))));
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
        network.close();
        tokenizer.close();
    }
}
