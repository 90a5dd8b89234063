package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.SharedContextBatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedImpression;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.tokenizer.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Trains a network to choose among the replies of an impression at a fraction of a cross-encoder's cost, as the stage
 * before {@link FineTuner}: the context is read once for all replies. Every reply attends to the context and itself, as
 * in a pair. The context attends to one of the replies, drawn for each impression: for that one, the logit is exactly
 * that of its pair; the others learn to cope with a context that has attended to another reply.
 *
 * <p>The loss is the sum of two: list-wise over the replies (ListNet's top-one, Cao et al., 2007) with the head's label
 * 0, and cross-entropy over the topics with the labels from 1 at the context's own [CLS]. The latter has a signal for
 * every moment of a conversation, whereas the replies of one impression concern only a few.
 */
public final class ImpressionTrainer {
    private static final int REPORT_EVERY = 20;

    private ImpressionTrainer() {}

    /**
     * One pass over the impressions in their order, {@code batchSize} per step. After a crash, the same call resumes
     * from the last evaluation.
     *
     * @param base a checkpoint whose head has a label for 'fits' and one per topic
     * @param dev evaluated every {@code evaluateEvery} steps; may be empty
     * @param topicWeight weight of the topic loss relative to the list-wise loss; must be positive
     * @param out a directory that does not exist yet
     * @throws CheckpointException if the base checkpoint or {@code out} cannot be used
     * @throws IllegalArgumentException if a topic has no label
     * @throws Diverged if the loss or a gradient is no longer a finite number
     * @throws CancellationException if the listener cancelled; no state is left
     */
    public static void run(
            Path base,
            List<Impression> train,
            List<Impression> dev,
            double topicWeight,
            Path out,
            FineTuningOptions options,
            TrainingListener listener) {
        CheckpointDirectory.requireFree(out);
        if (!(topicWeight > 0)) {
            throw new IllegalArgumentException("the weight of topics must be above 0");
        }
        Torch.setThreads(options.threads());
        try (BertBase start = new BertBase(base, Checkpoint.openForFineTuning(base, Checkpoint.Outputs.CLASSES))) {
            BertConfig config = start.checkpoint().config();
            if (!config.family.hasBertLayers()) {
                throw new CheckpointException(
                        base + ": a " + config.family.modelType + " reads each pair to its end, so replies cannot"
                                + " share a context; train it on pairs, or start from"
                                + " a BERT checkpoint");
            }
            requireTopics(train, config);
            requireTopics(dev, config);
            String fingerprint =
                    TrainingState.fingerprint(base, List.of(content(train), content(dev), topicWeight), options);
            int length = CrossEncoder.lengthWithin(config.maxLength(), options.maxLength());
            try (PairTokenizer tokenizer = start.tokenizer(length);
                    TrainingNetwork network = start.load(options);
                    Encoder encoder = new Encoder(tokenizer, train, options)) {
                IntPredicate evaluates =
                        TrainingPlan.every(options.evaluateEvery()).or(step -> step == encoder.steps());
                ImpressionObjective objective = new ImpressionObjective(
                        start,
                        network,
                        Optimiser.of(options.adamW(encoder.steps()), network),
                        new TrainingPlan(encoder.steps(), REPORT_EVERY, evaluates, evaluates, 0),
                        encoder,
                        dev.stream().map(encoder::encode).toList(),
                        topicWeight,
                        options.seed());
                TrainingLoop.run(objective, out, fingerprint, listener);
            }
        }
    }

    /**
     * A fingerprint of a list of impressions; hashing the whole text of a long list would take as long as several
     * steps.
     */
    private static long content(List<Impression> impressions) {
        long content = impressions.size();
        for (Impression impression : impressions) {
            int own = 31 * impression.query().hashCode() + impression.replies().hashCode();
            content = 0x9E3779B97F4A7C15L * content
                    + 31L * own
                    + impression.shares().hashCode()
                    + impression.topic();
        }
        return content;
    }

    private static void requireTopics(List<Impression> impressions, BertConfig config) {
        for (Impression impression : impressions) {
            if (impression.topic() >= config.labels - 1) {
                throw new IllegalArgumentException("the topic " + impression.topic() + " has no label: the head has "
                        + config.labels + ", of which the first is for fitting replies");
            }
        }
    }

    /**
     * Tokenizes impressions batch by batch, because all of them might not fit into memory. The next batch is encoded
     * while the current one is being learned.
     */
    private static final class Encoder implements AutoCloseable {
        private final PairTokenizer tokenizer;
        private final List<Impression> impressions;
        private final int batchSize;
        private final long seed;
        private final Map<String, TokenIds> replies = new ConcurrentHashMap<>();
        private CompletableFuture<List<EncodedImpression>> next;

        Encoder(PairTokenizer tokenizer, List<Impression> impressions, FineTuningOptions options) {
            this.tokenizer = tokenizer;
            this.impressions = impressions;
            batchSize = options.batchSize();
            seed = options.seed();
        }

        int steps() {
            return (impressions.size() + batchSize - 1) / batchSize;
        }

        /** Steps must be requested in order. */
        List<EncodedImpression> batch(int step) {
            List<EncodedImpression> batch = next == null ? encodeBatch(step) : next.join();
            next = step + 1 < steps() ? CompletableFuture.supplyAsync(() -> encodeBatch(step + 1)) : null;
            return batch;
        }

        private List<EncodedImpression> encodeBatch(int step) {
            int end = Math.min(impressions.size(), (step + 1) * batchSize);
            return IntStream.range(step * batchSize, end)
                    .parallel()
                    .mapToObj(this::encodeOne)
                    .toList();
        }

        private EncodedImpression encodeOne(int index) {
            EncodedImpression encoded = encode(impressions.get(index));
            // Neighbouring seeds would give neighbours the same draw.
            long own = (seed + index) * 0x9E3779B97F4A7C15L;
            return encoded.withFirst(new Random(own).nextInt(encoded.pairs().size()));
        }

        /** All pairs of an impression truncate the context to what fits beside its longest reply. */
        EncodedImpression encode(Impression impression) {
            return tokenizer.sharing(
                    tokenizer.tokenize(impression.query()),
                    impression.replies().stream()
                            .map(reply -> replies.computeIfAbsent(reply, tokenizer::tokenize))
                            .toList(),
                    impression.shares(),
                    impression.topic());
        }

        /** No tokenization takes place after this returns. */
        @Override
        public void close() {
            if (next != null) {
                next.join();
            }
        }
    }

    private record ImpressionObjective(
            BertBase base,
            TrainingNetwork network,
            Optimiser optimiser,
            TrainingPlan plan,
            Encoder train,
            List<EncodedImpression> dev,
            double topicWeight,
            long seed)
            implements Objective {
        @Override
        public int learn(int step, Means means) {
            List<EncodedImpression> batch = train.batch(step);
            return pass(batch, topicWeight, 1.0 / batch.size(), seed + step, means);
        }

        @Override
        public Evaluation evaluate(int stepsDone) {
            if (dev.isEmpty()) {
                return Evaluation.NONE;
            }
            Means means = new Means();
            pass(dev, 0, 1, 0, means);
            means.add("firstAsPairs", firstAsPairs(dev), 1);
            return Evaluation.of(means.all());
        }

        @Override
        public void resume(TrainingState.Saved saved) {
            saved.restore(base.checkpoint(), network);
        }

        @Override
        public void write(Path out, Optional<Path> kept) throws IOException {
            base.write(out, network, kept);
        }

        /** Share of the impressions whose fitting reply ranks first when each reply is scored in a separate pair. */
        private double firstAsPairs(List<EncodedImpression> impressions) {
            List<EncodedPair> pairs =
                    impressions.stream().flatMap(one -> one.pairs().stream()).toList();
            float[][] logits = PackedBatch.inParts(pairs, network.tokensAtOnce(), network::evaluate);
            int right = 0;
            int first = 0;
            for (EncodedImpression impression : impressions) {
                int best = 0;
                for (int k = 0; k < impression.pairs().size(); k++) {
                    best = logits[first + k][0] > logits[first + best][0] ? k : best;
                }
                right += best == impression.fitting() ? 1 : 0;
                first += impression.pairs().size();
            }
            return right / (double) impressions.size();
        }

        /**
         * @param topicWeight 0 only evaluates, without dropout
         * @return number of replies in the batch
         */
        private int pass(List<EncodedImpression> batch, double topicWeight, double weight, long seed, Means means) {
            network.setDropout(topicWeight > 0);
            int replies = 0;
            int part = 0;
            for (int from = 0; from < batch.size(); ) {
                int to = from;
                int longest = 0;
                int tokens = 0;
                while (to < batch.size()) {
                    longest = Math.max(
                            longest,
                            SharedContextBatch.paddedLength(batch.get(to).tokens()));
                    tokens = network.padsImpressions()
                            ? (to - from + 1) * longest
                            : tokens + batch.get(to).tokens();
                    if (to > from && tokens > network.tokensAtOnce()) {
                        break;
                    }
                    to++;
                }
                List<EncodedImpression> micro = batch.subList(from, to);
                SharedContextBatch packed = SharedContextBatch.of(
                        micro, base.checkpoint().config().firstPosition(), network.padsImpressions());
                TrainingNetwork.Choices choices =
                        network.learnLists(packed, topicWeight, weight, seed * 1_009 + part++);
                int at = 0;
                int topics = 0;
                int listsRight = 0;
                for (EncodedImpression impression : micro) {
                    boolean right = true;
                    for (int k = 0; k < impression.pairs().size(); k++) {
                        right &= k == impression.fitting()
                                || choices.margins()[at + k] < choices.margins()[at + impression.fitting()];
                    }
                    at += impression.pairs().size();
                    listsRight += right ? 1 : 0;
                    topics += impression.topic() >= 0 ? 1 : 0;
                }
                means.add("first", listsRight, micro.size());
                means.add("topicRight", choices.topicsRight(), topics);
                means.add("topicLoss", choices.topicLoss(), topics);
                means.add(Means.LOSS, choices.listLoss(), micro.size());
                replies += at;
                from = to;
            }
            return replies;
        }
    }
}
