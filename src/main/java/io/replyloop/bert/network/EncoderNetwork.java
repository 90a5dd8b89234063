package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.Pooling;
import io.replyloop.bert.checkpoint.Projection;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.bert.tokenizer.TokenizerFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One network of an {@link Encoder}, with its tokenizer, pooling and projection. */
public final class EncoderNetwork implements AutoCloseable {
    private final Network network;
    private final PairTokenizer tokenizer;
    private final BertConfig config;
    private final Precision precision;
    private final Pooling pooling;
    private final Projection projection;
    private final String digest;

    private EncoderNetwork(
            Network network,
            PairTokenizer tokenizer,
            BertConfig config,
            Precision precision,
            Pooling pooling,
            Projection projection,
            String digest) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.config = config;
        this.precision = precision;
        this.pooling = pooling;
        this.projection = projection;
        this.digest = digest;
    }

    public static EncoderNetwork open(Path directory, CrossEncoderOptions options) {
        try (Checkpoint checkpoint = Checkpoint.openEncoder(directory)) {
            BertConfig config = checkpoint.config();
            Pooling pooling = Pooling.of(directory);
            Projection projection = Projection.of(directory, config.hidden);
            int wanted = options.maxLength() == 0 ? Encoder.USUAL_LENGTH : options.maxLength();
            PairTokenizer tokenizer =
                    PairTokenizer.open(directory, config, CrossEncoder.lengthWithin(config.maxLength(), wanted));
            EncoderNetwork opened;
            try {
                Torch.setThreads(options.threads());
                Precision precision = options.precision() == Precision.AUTO ? Precision.FP32 : options.precision();
                String digest =
                        Checkpoint.sha256(checkpoint.digest() + Checkpoint.sha256(TokenizerFiles.source(directory)));
                if (pooling != Pooling.MEAN || projection != null) {
                    digest = Checkpoint.sha256(
                            digest + pooling + (projection == null ? "" : Projection.digest(directory)));
                }
                Network network =
                        Network.ready(checkpoint, Torch.device(options.device()), precision, pooling.readsEveryToken);
                opened = new EncoderNetwork(network, tokenizer, config, precision, pooling, projection, digest);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
            try {
                opened.requireNumbers(directory);
                return opened;
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }

    /** Even finite weights can be so large that the results are not finite. */
    private void requireNumbers(Path directory) {
        for (float value : embed(List.of(tokenize("Hello, where is my order?"))).get(0)) {
            if (!Float.isFinite(value)) {
                throw new CheckpointException(directory.resolve("model.safetensors") + ": gives a plain question the"
                        + " vector of " + value + " in " + precision
                        + "; its weights are too large or too small to compute with");
            }
        }
    }

    public int dimension() {
        return projection == null ? config.hidden : projection.out();
    }

    int maxLength() {
        return tokenizer.maxLength();
    }

    Precision precision() {
        return precision;
    }

    String digest() {
        return digest;
    }

    public TokenIds tokenize(String text) {
        return tokenizer.tokenize(text);
    }

    public List<float[]> embed(List<TokenIds> texts) {
        List<EncodedPair> sequences = texts.stream().map(tokenizer::single).toList();
        float[][] vectors = PackedBatch.inParts(
                sequences,
                TokenBudget.scoring(network.device()),
                part -> network.embed(part, config.firstPosition(), pooling));
        if (projection != null) {
            Arrays.setAll(vectors, i -> projection.of(vectors[i]));
        }
        return Arrays.asList(vectors);
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
