package io.replyloop.bert.training;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Masked language modelling (Devlin et al. 2019), from a checkpoint or from random weights. Writes a
 * {@code ...ForMaskedLM} directory, a base for fine-tuning. After a crash, the same call resumes from the last state
 * and ends with the same weights.
 */
public final class Pretrainer {
    private Pretrainer() {}

    /**
     * @param start checkpoint to continue from, or null for random weights of {@code fresh}
     * @param fresh shape of the network if there is no start; null otherwise
     * @param tokenizer directory whose tokenizer files are copied beside the weights
     * @param batches the sequences of a step, by its number from 0; must be deterministic
     * @param out a directory that does not exist yet
     * @param listener receives the share of masked tokens predicted correctly as the metric {@code right}
     * @throws CheckpointException if the start or {@code out} cannot be used
     * @throws IllegalArgumentException if a batch has no masked token, or the network cannot read it
     * @throws Diverged if the loss or a gradient is no longer a finite number
     * @throws CancellationException if the listener cancelled; no state is left
     */
    public static void run(
            Path start,
            BertConfig fresh,
            Path tokenizer,
            IntFunction<List<MaskedSequence>> batches,
            Path out,
            PretrainingOptions options,
            TrainingListener listener) {
        if ((start == null) == (fresh == null)) {
            throw new IllegalArgumentException("pretraining needs either a checkpoint or the shape of a fresh network");
        }
        CheckpointDirectory.requireFree(out);
        Torch.setThreads(options.threads());
        Device device = Torch.device(options.device());
        try (Checkpoint checkpoint = start == null ? Checkpoint.fresh(fresh, true) : Checkpoint.openMasked(start);
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint,
                        true,
                        device,
                        TrainingNetwork.choose(options.precision(), device),
                        TrainingNetwork.Frozen.NOTHING,
                        options.seed())) {
            TrainingPlan plan = new TrainingPlan(
                    options.steps(),
                    options.reportEvery(),
                    TrainingPlan.NEVER,
                    TrainingPlan.every(options.saveEvery()).and(step -> step < options.steps()),
                    0);
            String fingerprint = start + "|" + checkpoint.config().toJson(true) + "|" + options;
            Optimiser optimiser = Optimiser.of(options.adamW(), network);
            TrainingLoop.run(
                    new MaskingObjective(checkpoint, network, optimiser, plan, tokenizer, batches, options.seed()),
                    out,
                    fingerprint,
                    listener);
        }
    }

    private record MaskingObjective(
            Checkpoint checkpoint,
            TrainingNetwork network,
            Optimiser optimiser,
            TrainingPlan plan,
            Path tokenizer,
            IntFunction<List<MaskedSequence>> batches,
            long seed)
            implements Objective {
        @Override
        public int learn(int step, Means means) {
            List<MaskedSequence> sorted = new ArrayList<>(batches.apply(step));
            int asked = sorted.stream().mapToInt(MaskedSequence::asked).sum();
            if (asked == 0) {
                throw new IllegalArgumentException("the batch of step " + step + " asks for no token");
            }
            sorted.sort(Comparator.comparingInt(MaskedSequence::length));
            double loss = 0;
            int right = 0;
            int read = 0;
            int part = 0;
            for (int from = 0; from < sorted.size(); ) {
                int to = from;
                int tokens = 0;
                while (to < sorted.size()
                        && (to == from || tokens + sorted.get(to).length() <= network.tokensAtOnce())) {
                    tokens += sorted.get(to++).length();
                }
                TrainingNetwork.MaskedLoss micro =
                        predict(sorted.subList(from, to), 1.0 / asked, seed + step * 1_009L + part++);
                loss += micro.loss();
                right += micro.right();
                read += tokens;
                from = to;
            }
            means.add(Means.LOSS, loss, 1);
            means.add("right", right, asked);
            return read;
        }

        @Override
        public void resume(TrainingState.Saved saved) {
            saved.restore(checkpoint, network);
        }

        @Override
        public void write(Path out, Optional<Path> kept) throws IOException {
            CheckpointDirectory.write(out, checkpoint.config(), true, network.weights(), tokenizer);
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
            return network.predictMasked(
                    PackedBatch.of(packed, checkpoint.config().firstPosition()), rows, targets, weight, true, seed);
        }

        private void requireFits(MaskedSequence sequence) {
            int maxLength = checkpoint.config().maxLength();
            int vocabulary = checkpoint.config().vocabularySize;
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
}
