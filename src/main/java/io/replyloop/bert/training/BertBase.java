package io.replyloop.bert.training;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A checkpoint of a built-in family, opened with the head that the loss trains. */
record BertBase(Path directory, Checkpoint checkpoint) implements FineTuningBase {
    @Override
    public int labels() {
        return checkpoint.config().labels;
    }

    @Override
    public boolean isRegression() {
        return checkpoint.config().isRegression();
    }

    @Override
    public int layers() {
        return checkpoint.config().layers;
    }

    @Override
    public int maxLength() {
        return checkpoint.config().maxLength();
    }

    @Override
    public PairTokenizer tokenizer(int maxLength) {
        return PairTokenizer.open(directory, checkpoint.config(), maxLength);
    }

    @Override
    public TrainingNetwork load(FineTuningOptions options) {
        Device device = Torch.device(options.device());
        return TrainingNetwork.load(
                checkpoint,
                false,
                device,
                TrainingNetwork.choose(options.precision(), device),
                new TrainingNetwork.Frozen(options.frozenEmbeddings(), options.frozenLayers()),
                options.seed());
    }

    @Override
    public void restore(Learner learner, Path weights, SafetensorsFile moments) {
        try (Checkpoint saved = checkpoint.withWeights(weights)) {
            ((TrainingNetwork) learner).restore(saved, moments);
        }
    }

    @Override
    public void write(Path out, Learner learner, Optional<Path> kept) throws IOException {
        List<SafetensorsWriter.Tensor> tensors;
        if (kept.isPresent()) {
            try (Checkpoint weights = checkpoint.withWeights(kept.get())) {
                tensors = weights.readAll();
            }
        } else {
            tensors = learner.weights();
        }
        CheckpointDirectory.write(out, checkpoint.config(), false, tensors, directory);
    }

    @Override
    public void close() {
        checkpoint.close();
    }
}
