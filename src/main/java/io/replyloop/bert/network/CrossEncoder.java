package io.replyloop.bert.network;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.checkpoint.TorchScriptFile;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores pairs of query and reply with a fine-tuned BERT (Nogueira and Cho 2019), or a network of another family.
 * Thread-safe; calls queue on a single native thread.
 */
public final class CrossEncoder implements AutoCloseable {
    private static final int USUAL_LENGTH = 512;

    private final CheckpointInfo info;
    private final boolean regression;
    private final PairTokenizer tokenizer;
    private final Scorer scorer;
    private final Precision precision;
    private final String precisionReason;

    private CrossEncoder(
            CheckpointInfo info,
            boolean regression,
            PairTokenizer tokenizer,
            Scorer scorer,
            Precision precision,
            String precisionReason) {
        this.info = info;
        this.regression = regression;
        this.tokenizer = tokenizer;
        this.scorer = scorer;
        this.precision = precision;
        this.precisionReason = precisionReason;
    }

    /** @throws CheckpointException on any problem with the files, before any native call sees them */
    public static CrossEncoder open(Path directory, CrossEncoderOptions options) {
        CrossEncoder encoder =
                ScriptedClassifier.isIn(directory) ? openScripted(directory, options) : openBert(directory, options);
        try {
            encoder.requireNumbers(directory);
            return encoder;
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** Even finite weights can be so large that the results are not finite. */
    private void requireNumbers(Path directory) {
        TokenIds text = tokenize("Hello, where is my order?");
        for (float logit : logits(List.of(pair(text, text))).get(0)) {
            if (!Float.isFinite(logit)) {
                String weights = isCheckpoint(directory) ? "model.safetensors" : TorchScriptFile.NAME;
                throw new CheckpointException(directory.resolve(weights) + ": scores a plain question with " + logit
                        + " in " + precision + "; its weights are too large or too small to compute with");
            }
        }
    }

    /** Whether a directory contains only weights and no program. */
    public static boolean isCheckpoint(Path directory) {
        return !ScriptedClassifier.isIn(directory);
    }

    private static CrossEncoder openBert(Path directory, CrossEncoderOptions options) {
        try (Checkpoint checkpoint = Checkpoint.openClassifier(directory)) {
            BertConfig config = checkpoint.config();
            int maxLength = lengthWithin(config.maxLength(), options.maxLength());
            PairTokenizer tokenizer = PairTokenizer.open(directory, config, maxLength);
            try {
                Torch.setThreads(options.threads());
                CheckpointInfo info = new CheckpointInfo(
                        config.family.modelType,
                        config.layers,
                        config.hidden,
                        config.heads,
                        config.labels,
                        checkpoint.parameters(),
                        config.vocabularySize,
                        maxLength);
                Device device = Torch.device(options.device());
                PrecisionChoice.Chosen chosen = options.precision() == Precision.AUTO
                        ? PrecisionChoice.fastest(checkpoint, tokenizer, device)
                        : new PrecisionChoice.Chosen(
                                Serving.open(checkpoint, device, options.precision()), "as asked for");
                Serving serving = chosen.serving();
                Scorer scorer = new PackedScorer(serving.network(), config.firstPosition());
                return new CrossEncoder(
                        info, config.isRegression(), tokenizer, scorer, serving.precision(), chosen.reason());
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        }
    }

    private static CrossEncoder openScripted(Path directory, CrossEncoderOptions options) {
        ScriptedClassifier classifier = ScriptedClassifier.open(directory);
        Precision precision = ScriptedClassifier.requireFull(options.precision());
        int maxLength = lengthWithin(classifier.maxLength(), options.maxLength());
        PairTokenizer tokenizer = classifier.tokenizer(maxLength);
        try {
            Torch.setThreads(options.threads());
            ScriptedNetwork network = ScriptedNetwork.load(classifier, Torch.device(options.device()), false);
            CheckpointInfo info = new CheckpointInfo(
                    classifier.family(),
                    classifier.layers(),
                    classifier.hidden(),
                    classifier.heads(),
                    classifier.labels(),
                    network.parameterCount(),
                    classifier.vocabularySize(),
                    maxLength);
            return new CrossEncoder(
                    info,
                    classifier.regression(),
                    tokenizer,
                    network,
                    precision,
                    "TorchScript computes as it was exported");
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The built-in network over packed batches. */
    private record PackedScorer(Network network, int firstPosition) implements Scorer {
        @Override
        public float[][] score(List<EncodedPair> pairs) {
            return CrossEncoder.score(network, pairs, firstPosition);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    /** A network that is ready to score, and its precision. */
    record Serving(Network network, Precision precision) {
        static Serving open(Checkpoint checkpoint, Device device, Precision precision) {
            return new Serving(Network.ready(checkpoint, device, precision, false), precision);
        }
    }

    /** The wanted length, limited by the checkpoint's positions; without positions, the default is BERT's. */
    public static int lengthWithin(int allowed, int wanted) {
        int unasked = allowed == BertConfig.ANY_LENGTH ? USUAL_LENGTH : allowed;
        return wanted == 0 ? unasked : Math.min(wanted, allowed);
    }

    public CheckpointInfo info() {
        return info;
    }

    /** The precision in use, once {@link Precision#AUTO} has been resolved. */
    public Precision precision() {
        return precision;
    }

    /** Why this precision is used, for display. */
    public String precisionReason() {
        return precisionReason;
    }

    /** Token ids of a text without special tokens. They may be cached for the lifetime of this cross-encoder. */
    public TokenIds tokenize(String text) {
        return tokenizer.tokenize(text);
    }

    /** Builds a pair; what exceeds the maximum length is cut from the left of the query and the right of the reply. */
    public EncodedPair pair(TokenIds query, TokenIds reply) {
        return tokenizer.pair(query, reply);
    }

    /** Raw outputs, one row of {@code info().labels()} numbers per pair, in the order of the pairs. */
    public List<float[]> logits(List<EncodedPair> pairs) {
        return new ArrayList<>(Arrays.asList(scorer.score(pairs)));
    }

    /** Scores the shortest pairs first, in packed batches with a bounded number of tokens. */
    public static float[][] score(Network network, List<EncodedPair> pairs, int firstPosition) {
        return PackedBatch.inParts(
                pairs, TokenBudget.scoring(network.device()), part -> network.score(part, firstPosition));
    }

    /** Probability that the reply fits the query, before any calibration. */
    public double[] fit(List<EncodedPair> pairs) {
        return logits(pairs).stream().mapToDouble(this::probability).toArray();
    }

    /** Whether its single logit is the grade itself rather than log-odds. */
    public boolean isRegression() {
        return regression;
    }

    /** The probability that {@link #fit} computes from one row of logits. */
    public double probability(float[] logits) {
        return probability(logits, regression);
    }

    /**
     * A single logit is the log-odds that the reply fits; of two, the second stands for fitting and the first against
     * it.
     */
    public static double logOdds(float[] logits) {
        return switch (logits.length) {
            case 1 -> logits[0];
            case 2 -> logits[1] - logits[0];
            default ->
                throw new IllegalStateException("A ranking model has one or two labels; this one has " + logits.length);
        };
    }

    /** Sigmoid of one logit, or the value itself of a regression; with several labels, the softmax of the second. */
    public static double probability(float[] logits, boolean regression) {
        if (logits.length == 1) {
            return regression ? Math.max(0, Math.min(1, logits[0])) : 1 / (1 + Math.exp(-logits[0]));
        }
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit - logits[1]);
        }
        return 1 / total;
    }

    /** Frees native memory after the queued calls have ended. */
    @Override
    public void close() {
        scorer.close();
        tokenizer.close();
    }
}
