package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;

/**
 * Fine-tunes a checkpoint on labelled pairs. A run periodically evaluates the dev part, keeps the best weights, and
 * writes a Hugging Face directory atomically. After a crash, the same call resumes from the last evaluation and ends
 * with the same weights.
 */
public final class FineTuner {
    private static final int REPORT_EVERY = 10;

    private FineTuner() {}

    /**
     * @param dev may be empty; then the last weights are kept
     * @param out a directory that does not exist yet
     * @throws CheckpointException if the base checkpoint or {@code out} cannot be used
     * @throws IllegalArgumentException if the examples do not suit the loss
     * @throws Diverged if the loss, a gradient or a logit is no longer a finite number
     * @throws CancellationException if the listener cancelled; no state is left
     */
    public static TrainingResult run(
            Path base,
            List<TrainingExample> train,
            List<TrainingExample> dev,
            Path out,
            FineTuningOptions options,
            TrainingListener listener) {
        CheckpointDirectory.requireFree(out);
        TrainingSet.requireLabels(train, dev, options.loss());
        String fingerprint = TrainingState.fingerprint(base, List.of(train, dev), options);
        try (FineTuningBase start = FineTuningBase.open(base, options.loss())) {
            TrainingSet.requireClasses(train, start.labels(), options.loss());
            TrainingSet.requireClasses(dev, start.labels(), options.loss());
            int length = CrossEncoder.lengthWithin(start.maxLength(), options.maxLength());
            if (options.frozenLayers() > start.layers()) {
                throw new IllegalArgumentException(
                        "cannot freeze " + options.frozenLayers() + " layers of a network that has " + start.layers());
            }
            Torch.setThreads(options.threads());
            BatchPlan batches = BatchPlan.of(train, options);
            try (PairTokenizer tokenizer = start.tokenizer(length);
                    Learner network = start.load(options)) {
                IntPredicate evaluates =
                        options.evaluateEvery() > 0 ? TrainingPlan.every(options.evaluateEvery()) : batches::endsEpoch;
                evaluates = evaluates.or(step -> step == batches.steps());
                PairObjective objective = new PairObjective(
                        start,
                        network,
                        Optimiser.of(options.adamW(batches.steps()), network),
                        new TrainingPlan(batches.steps(), REPORT_EVERY, evaluates, evaluates, options.patience()),
                        batches,
                        TrainingSet.encode(train, tokenizer, options.loss()),
                        TrainingSet.encode(dev, tokenizer, options.loss()),
                        options,
                        listener);
                return TrainingLoop.run(objective, out, fingerprint, listener);
            }
        }
    }

    private record PairObjective(
            FineTuningBase base,
            Learner network,
            Optimiser optimiser,
            TrainingPlan plan,
            BatchPlan batches,
            TrainingSet train,
            TrainingSet dev,
            FineTuningOptions options,
            TrainingListener listener)
            implements Objective {
        @Override
        public int epochOf(int step) {
            return batches.epochOf(step);
        }

        @Override
        public int learn(int step, Means means) {
            List<Integer> batch = batches.batch(step);
            means.add(
                    Means.LOSS,
                    train.learn(
                            network,
                            batch,
                            options.batchSize(),
                            options.seed() + step,
                            () -> listener.beforeBatch(TrainingListener.Batch.LEARNING)),
                    1);
            return batch.size();
        }

        @Override
        public Evaluation evaluate(int stepsDone) {
            if (dev.isEmpty()) {
                return Evaluation.NONE;
            }
            List<float[]> logits = dev.logits(network, () -> listener.beforeBatch(TrainingListener.Batch.MEASURING));
            for (float[] row : logits) {
                for (float logit : row) {
                    if (!Float.isFinite(logit)) {
                        throw new Diverged(stepsDone);
                    }
                }
            }
            return dev.measure(logits, base.isRegression());
        }

        @Override
        public void resume(TrainingState.Saved saved) {
            try (SafetensorsFile moments = saved.openMoments()) {
                base.restore(network, saved.weights(), moments);
            }
        }

        @Override
        public void write(Path out, Optional<Path> kept) throws IOException {
            base.write(out, network, kept);
        }
    }
}
