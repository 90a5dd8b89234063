package io.replyloop.bert.training;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;

/**
 * Teaches an encoder a second language (Reimers and Gurevych 2020): the student learns to encode a sentence and its
 * translation as the unchanged encoder, the teacher, encodes the sentence. After a crash, the same call resumes from
 * the last state and ends with the same weights.
 */
public final class Distiller {
    /** Scale of the cosines in the contrastive loss. */
    private static final double SHARPNESS = 20;

    /** Also receives, before the first step, the number of pairs that are short enough to be used. */
    public interface Listener extends TrainingListener {
        default void began(int pairs, int steps) {}
    }

    /** A pair as the student reads it, and its known sentence as the teacher reads it. */
    private record Sentences(Encoder.Text known, EncodedPair knownToStudent, EncodedPair translated) {
        static Sentences of(Translation pair, Encoder teacher, PairTokenizer student) {
            return new Sentences(
                    teacher.tokenize(pair.known()),
                    student.single(student.tokenize(pair.known())),
                    student.single(student.tokenize(pair.translated())));
        }
    }

    private Distiller() {}

    /**
     * @param teacher directory of the encoder that knows one language
     * @param start directory of the student: usually the teacher with more tokens, see {@link VocabularyExtension}
     * @param held pairs used only for evaluation
     * @param out a directory that does not exist yet
     * @param listener receives the squared error of translations as the loss, the metrics {@code contrast} and
     *     {@code otherRate}, and the {@link RetrievalFigures} of the held-out pairs
     * @throws CheckpointException if a directory cannot be used
     * @throws IllegalArgumentException if a state lies within the cooldown of the run
     * @throws Diverged if the loss or a gradient is no longer a finite number
     * @throws CancellationException if the listener cancelled; no state is left
     */
    public static void run(
            Path teacher,
            Path start,
            List<Translation> pairs,
            List<Translation> held,
            Path out,
            DistillationOptions options,
            Listener listener) {
        CheckpointDirectory.requireFree(out);
        Torch.setThreads(options.threads());
        Device device = Torch.device(options.device());
        CrossEncoderOptions asTeacher =
                new CrossEncoderOptions(Precision.FP32, options.device(), options.maxLength() + 1, options.threads());
        try (Encoder known = Encoder.open(teacher, asTeacher);
                Checkpoint checkpoint = Checkpoint.openEncoder(start)) {
            BertConfig config = checkpoint.config();
            if (known.dimension() != config.hidden) {
                throw new CheckpointException(start + ": has vectors of " + config.hidden + " numbers, and the teacher "
                        + teacher + " of " + known.dimension());
            }
            int length = CrossEncoder.lengthWithin(config.maxLength(), options.maxLength() + 1);
            String fingerprint = Checkpoint.sha256(known.digest() + checkpoint.digest() + options.recipe() + pairs);
            Precision precision = TrainingNetwork.choose(options.precision(), device);
            try (PairTokenizer tokenizer = PairTokenizer.open(start, config, length);
                    TrainingNetwork student =
                            TrainingNetwork.loadEncoder(checkpoint, device, precision, options.seed())) {
                List<Sentences> whole = encode(pairs, known, tokenizer);
                int steps = options.steps(whole.size());
                listener.began(whole.size(), steps);
                IntPredicate evaluates = TrainingPlan.every(options.evaluateEvery());
                TrainingPlan plan = new TrainingPlan(
                        steps,
                        options.reportEvery(),
                        evaluates.or(step -> step == 0 || step == steps),
                        TrainingPlan.every(options.saveEvery()).and(step -> options.beforeCooldown(step, steps)),
                        0);
                Optimiser optimiser = new Optimiser(
                        step -> options.wordRateAt(step, steps),
                        step -> student.updateApart(
                                options.wordRateAt(step, steps),
                                options.otherRateAt(step, steps),
                                options.maxGradNorm()));
                DistillationObjective objective = new DistillationObjective(
                        known,
                        checkpoint,
                        student,
                        optimiser,
                        plan,
                        whole,
                        encode(held, known, tokenizer),
                        new Order(whole.size(), options.seed()),
                        options);
                TrainingLoop.run(objective, out, fingerprint, listener);
            }
        }
    }

    /** Reads one token more than the limit, to recognise sentences that are too long. */
    private static List<Sentences> encode(List<Translation> pairs, Encoder teacher, PairTokenizer student) {
        return pairs.stream()
                .map(pair -> Sentences.of(pair, teacher, student))
                .filter(pair -> pair.knownToStudent().length() < student.maxLength()
                        && pair.translated().length() < student.maxLength())
                .toList();
    }

    private record DistillationObjective(
            Encoder teacher,
            Checkpoint start,
            TrainingNetwork network,
            Optimiser optimiser,
            TrainingPlan plan,
            List<Sentences> pairs,
            List<Sentences> held,
            Order order,
            DistillationOptions options)
            implements Objective {
        @Override
        public int learn(int step, Means means) {
            TrainingNetwork.VectorLoss loss = learn(order.batch(step, options.batchSize()));
            means.add(Means.LOSS, loss.squaredError(), 1);
            means.add("contrast", loss.contrast(), 1);
            means.add("otherRate", options.otherRateAt(step, plan.steps()), 1);
            return options.batchSize();
        }

        @Override
        public Evaluation evaluate(int stepsDone) {
            RetrievalFigures found = RetrievalFigures.of(
                    vectors(held.stream().map(Sentences::knownToStudent).toList()),
                    vectors(held.stream().map(Sentences::translated).toList()));
            return Evaluation.of(Map.of("forth", found.forth(), "back", found.back()));
        }

        @Override
        public void resume(TrainingState.Saved saved) {
            if (!options.beforeCooldown(saved.step(), plan.steps())) {
                throw new IllegalArgumentException("the run has come to step " + saved.step() + ", so it needs "
                        + (saved.step() + options.cooldown()) + " steps at least, and not " + plan.steps());
            }
            saved.restore(start, network);
        }

        @Override
        public void write(Path out, Optional<Path> kept) throws IOException {
            CheckpointDirectory.writeEncoder(
                    out,
                    start.config(),
                    network.weights(),
                    directory -> CheckpointDirectory.copyTokenizer(start.directory(), directory));
        }

        private TrainingNetwork.VectorLoss learn(int[] batch) {
            List<float[]> vectors = teacher.embedTokens(
                    Arrays.stream(batch).mapToObj(i -> pairs.get(i).known()).toList());
            List<EncodedPair> sequences = new ArrayList<>();
            List<float[]> targets = new ArrayList<>();
            for (int i = 0; i < batch.length; i++) {
                sequences.add(pairs.get(batch[i]).translated());
                targets.add(vectors.get(i));
            }
            for (int i = 0; i < batch.length; i += options.knownEvery()) {
                sequences.add(pairs.get(batch[i]).knownToStudent());
                targets.add(vectors.get(i));
            }
            int known = sequences.size() - batch.length;
            List<Integer> order = PackedBatch.byLength(sequences);
            float[] shares = new float[order.size()];
            long[] asked = new long[batch.length];
            int at = 0;
            for (int row = 0; row < order.size(); row++) {
                boolean translated = order.get(row) < batch.length;
                shares[row] = (float) (translated ? 1.0 / batch.length : options.known() / known);
                if (translated) {
                    asked[at++] = row;
                }
            }
            return network.learnVectors(
                    PackedBatch.of(
                            order.stream().map(sequences::get).toList(),
                            start.config().firstPosition()),
                    order.stream().map(targets::get).toArray(float[][]::new),
                    shares,
                    asked,
                    new TrainingNetwork.Contrast(options.contrast(), SHARPNESS));
        }

        private List<float[]> vectors(List<EncodedPair> sequences) {
            return Arrays.asList(PackedBatch.inParts(
                    sequences,
                    network.tokensAtOnce(),
                    part -> network.vectors(PackedBatch.of(part, start.config().firstPosition()))));
        }
    }

    /** The order of the pairs in each pass, which depends only on the seed and the pass. */
    private static final class Order {
        private final int[] places;
        private final long seed;
        private int pass = -1;

        Order(int size, long seed) {
            places = new int[size];
            this.seed = seed;
        }

        int[] batch(int step, int size) {
            int[] batch = new int[Math.min(size, places.length)];
            for (int i = 0; i < batch.length; i++) {
                long place = (long) step * batch.length + i;
                shuffleFor((int) (place / places.length));
                batch[i] = places[(int) (place % places.length)];
            }
            return batch;
        }

        private void shuffleFor(int wanted) {
            if (wanted == pass) {
                return;
            }
            Random random = new Random(seed * 1_000_003 + wanted);
            for (int i = 0; i < places.length; i++) {
                int other = random.nextInt(i + 1);
                places[i] = places[other];
                places[other] = i;
            }
            pass = wanted;
        }
    }
}
