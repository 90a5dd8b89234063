package io.replyloop.bert.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.checkpoint.TorchScriptFile;
import io.replyloop.bert.network.ScriptedClassifier;
import io.replyloop.bert.network.ScriptedNetwork;
import io.replyloop.bert.network.TokenBudget;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A TorchScript classifier as the start of fine-tuning; its weights are written back into the same archive layout. */
public record ScriptedBase(ScriptedClassifier classifier) implements FineTuningBase {
    @Override
    public int labels() {
        return classifier.labels();
    }

    @Override
    public boolean isRegression() {
        return classifier.regression();
    }

    @Override
    public int layers() {
        return classifier.layers();
    }

    @Override
    public int maxLength() {
        return classifier.maxLength();
    }

    @Override
    public PairTokenizer tokenizer(int maxLength) {
        return classifier.tokenizer(maxLength);
    }

    @Override
    public Learner load(FineTuningOptions options) {
        ScriptedClassifier.requireFull(options.precision());
        return new ScriptedLearner(
                ScriptedNetwork.load(classifier, Torch.device(options.device()), true),
                new TrainingNetwork.Frozen(options.frozenEmbeddings(), options.frozenLayers()),
                Torch.device(options.device()));
    }

    @Override
    public void restore(Learner learner, Path weights, SafetensorsFile moments) {
        ScriptedLearner network = (ScriptedLearner) learner;
        overwrite(network, weights);
        network.optimiser.restoreMoments(moments);
    }

    private static void overwrite(ScriptedLearner network, Path weights) {
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            network.overwrite(file);
        }
    }

    @Override
    public void write(Path out, Learner learner, Optional<Path> kept) throws IOException {
        ScriptedLearner network = (ScriptedLearner) learner;
        kept.ifPresent(weights -> overwrite(network, weights));
        CheckpointDirectory.writeDirectory(out, classifier.directory(), partial -> {
            Files.copy(classifier.directory().resolve("config.json"), partial.resolve("config.json"));
            network.network.write(partial.resolve(TorchScriptFile.NAME));
        });
    }

    @Override
    public void close() {
        // Nothing to close: loading the network reads the whole archive.
    }

    /** The module computes the logits; losses, gradients and AdamW are those of the built-in network. */
    private static final class ScriptedLearner implements Learner {
        private final ScriptedNetwork network;
        private final AdoptedParameters optimiser;
        private final List<TensorSlot> slots;

        ScriptedLearner(ScriptedNetwork network, TrainingNetwork.Frozen frozen, Device device) {
            this.network = network;
            NDList parameters = Torch.call(network::parameters);
            slots = ScriptedNetwork.slots(parameters);
            optimiser = new AdoptedParameters(parameters, slots, frozen, device);
        }

        @Override
        public double learn(
                List<EncodedPair> pairs, float[] labels, long[] groups, Loss loss, double weight, long seed) {
            return Torch.call(() -> {
                JniUtils.setSeed(seed);
                network.train(true);
                JniUtils.setGradMode(true);
                try (NDManager scope = network.scope()) {
                    return optimiser.learn(scope, network.forward(scope, pairs, true), labels, groups, loss, weight);
                } finally {
                    JniUtils.setGradMode(false);
                }
            });
        }

        @Override
        public double update(AdamW adamW, int step) {
            return optimiser.update(adamW, step);
        }

        @Override
        public int tokensAtOnce() {
            return TokenBudget.CPU_TRAINING;
        }

        @Override
        public float[][] evaluate(List<EncodedPair> pairs) {
            return network.evaluate(pairs);
        }

        @Override
        public List<SafetensorsWriter.Tensor> weights() {
            return optimiser.weights();
        }

        @Override
        public List<SafetensorsWriter.Tensor> moments() {
            return optimiser.moments();
        }

        void overwrite(SafetensorsFile file) {
            Torch.run(() -> {
                try (NDManager scope = network.scope()) {
                    NDList tensors = new NDList();
                    for (TensorSlot slot : slots) {
                        SafetensorsFile.Entry entry = file.entries().get(slot.name());
                        if (entry == null) {
                            throw new CheckpointException(file.path() + ": tensor '" + slot.name() + "' is missing");
                        }
                        NDArray array =
                                scope.create(file.readFloats(entry), new Shape(entry.shape()), DataType.FLOAT32);
                        array.setName("tensors[]");
                        tensors.add(array);
                    }
                    optimiser.overwrite(scope, tensors);
                }
            });
        }

        @Override
        public void close() {
            optimiser.close();
            network.close();
        }
    }
}
