package io.replyloop.bert.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Masked language modelling (Devlin et al. 2019), from a checkpoint or from random weights. Writes a
 * {@code ...ForMaskedLM} directory, which fine-tuning takes as its base. After a crash the same call goes on from the
 * last state and ends with the same weights.
 */
public final class Pretrainer {
    private final TrainingNetwork network;
    private final IntFunction<List<MaskedSequence>> batches;
    private final PretrainingOptions options;
    private final int vocabulary;
    private final int firstPosition;
    private final int maxLength;

    private Pretrainer(
            TrainingNetwork network,
            BertConfig config,
            IntFunction<List<MaskedSequence>> batches,
            PretrainingOptions options) {
        this.network = network;
        this.batches = batches;
        this.options = options;
        vocabulary = config.vocabularySize;
        firstPosition = config.firstPosition();
        maxLength = config.maxLength();
    }

    /**
     * @param start checkpoint to go on from, or null for random weights of {@code fresh}
     * @param fresh shape of the network when there is no start; null otherwise
     * @param tokenizer directory whose tokenizer files are copied beside the weights
     * @param batches the sequences of a step, by its number from 0; the same number must give the same sequences
     * @param out a directory that does not exist yet
     */
    public static void run(
            Path start,
            BertConfig fresh,
            Path tokenizer,
            IntFunction<List<MaskedSequence>> batches,
            Path out,
            PretrainingOptions options,
            PretrainingListener listener) {
        if ((start == null) == (fresh == null)) {
            throw new IllegalArgumentException("pretraining needs either a checkpoint or the shape of a fresh network");
        }
        Checkpoint.requireFree(out);
        Torch.setThreads(options.threads());
        try (Checkpoint checkpoint = start == null ? Checkpoint.fresh(fresh, true) : Checkpoint.openMasked(start);
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint,
                        true,
                        Torch.device(options.device()),
                        TrainingNetwork.choose(options.precision(), Torch.device(options.device())),
                        TrainingNetwork.Frozen.NOTHING,
                        options.seed())) {
            BertConfig config = checkpoint.config();
            TrainingState state = TrainingState.beside(out, start + "|" + config.toJson(true) + "|" + options);
            Pretrainer pretrainer = new Pretrainer(network, config, batches, options);
            pretrainer.train(checkpoint, state, listener);
            Checkpoint.write(out, config, true, network.weights(), tokenizer);
            state.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(out + ": the model cannot be written", e);
        }
    }

    private void train(Checkpoint checkpoint, TrainingState state, PretrainingListener listener) {
        int step = state.restore(checkpoint, network);
        AdamW optimiser = new AdamW(
                options.learningRate(),
                (int) Math.ceil(options.steps() * options.warmupShare()),
                options.steps(),
                options.weightDecay(),
                options.maxGradNorm());
        int first = step;
        long begin = System.nanoTime();
        long last = begin;
        Sums sums = new Sums();
        while (step < options.steps()) {
            if (listener.cancelled()) {
                throw new CancellationException("cancelled after " + step + " of " + options.steps() + " steps");
            }
            learn(batches.apply(step), step, sums);
            double rate = optimiser.rateAt(step);
            double norm = network.update(optimiser, step);
            if (!Double.isFinite(norm) || !Double.isFinite(sums.loss)) {
                throw new IllegalStateException(
                        "the loss is no longer a number after step " + step + "; lower the learning rate");
            }
            step++;
            if (step % options.reportEvery() == 0 || step == options.steps()) {
                long now = System.nanoTime();
                double perStep = (now - begin) / (double) (step - first);
                listener.progress(new PretrainingListener.Progress(
                        step,
                        options.steps(),
                        sums.loss / sums.steps,
                        (double) sums.right / sums.asked,
                        rate,
                        norm,
                        sums.tokens / ((now - last) / 1e9),
                        Duration.ofNanos((long) (perStep * (options.steps() - step)))));
                last = now;
                sums = new Sums();
            }
            if (options.saveEvery() > 0 && step % options.saveEvery() == 0 && step < options.steps()) {
                state.save(network, step, new ObjectMapper().createObjectNode());
            }
        }
    }

    private static final class Sums {
        private double loss;
        private int steps;
        private long right;
        private long asked;
        private long tokens;
    }

    private void learn(List<MaskedSequence> batch, int step, Sums sums) {
        int asked = batch.stream().mapToInt(MaskedSequence::asked).sum();
        if (asked == 0) {
            throw new IllegalArgumentException("the batch of step " + step + " asks for no token");
        }
        List<MaskedSequence> sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparingInt(MaskedSequence::length));
        int part = 0;
        for (int from = 0; from < sorted.size(); ) {
            int to = from;
            int tokens = 0;
            while (to < sorted.size() && (to == from || tokens + sorted.get(to).length() <= network.tokensAtOnce())) {
                tokens += sorted.get(to++).length();
            }
            TrainingNetwork.MaskedLoss loss =
                    predict(sorted.subList(from, to), 1.0 / asked, options.seed() + step * 1_009L + part++);
            sums.loss += loss.loss();
            sums.right += loss.right();
            sums.tokens += tokens;
            from = to;
        }
        sums.steps++;
        sums.asked += asked;
    }

    private TrainingNetwork.MaskedLoss predict(List<MaskedSequence> sequences, double weight, long seed) {
        int asked = sequences.stream().mapToInt(MaskedSequence::asked).sum();
        long[] rows = new long[asked];
        long[] targets = new long[asked];
        List<EncodedPair> packed = new ArrayList<>();
        int row = 0;
        int at = 0;
        for (MaskedSequence sequence : sequences) {
            requireFits(sequence);
            packed.add(new EncodedPair(sequence.ids(), sequence.segments()));
            for (int target : sequence.targets()) {
                if (target != MaskedSequence.NOT_ASKED) {
                    rows[at] = row;
                    targets[at++] = target;
                }
                row++;
            }
        }
        if (asked == 0) {
            return new TrainingNetwork.MaskedLoss(0, 0);
        }
        return network.predictMasked(PackedBatch.of(packed, firstPosition), rows, targets, weight, true, seed);
    }

    private void requireFits(MaskedSequence sequence) {
        if (sequence.length() > maxLength) {
            throw new IllegalArgumentException(
                    "a sequence has " + sequence.length() + " tokens, but the network reads " + maxLength);
        }
        for (int i = 0; i < sequence.length(); i++) {
            int target = sequence.targets()[i];
            boolean known = target == MaskedSequence.NOT_ASKED || target >= 0 && target < vocabulary;
            if (!known || sequence.ids()[i] < 0 || sequence.ids()[i] >= vocabulary) {
                throw new IllegalArgumentException("a token id lies outside the vocabulary of " + vocabulary);
            }
        }
    }
}
