package io.replyloop.bert.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.network.MatrixRate;
import io.replyloop.bert.network.Network;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.SharedContextBatch;
import io.replyloop.bert.network.TokenBudget;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A network with fp32 weights, their gradients and AdamW's moments. Gradients of several micro-batches add up until
 * {@link #update}.
 */
public final class TrainingNetwork implements Learner {
    /** Which first layers stay as they are. */
    public record Frozen(boolean embeddings, int layers) {
        public static final Frozen NOTHING = new Frozen(false, 0);

        boolean holds(TensorSlot slot) {
            return switch (slot.part()) {
                case EMBEDDINGS -> embeddings;
                case ENCODER -> slot.layer() < layers;
                case HEAD -> false;
            };
        }
    }

    private final Network network;
    private final BertConfig config;
    private final List<TensorSlot> slots;
    private final NetworkOptimizer optimizer;
    private final int tokensAtOnce;
    private boolean dropout = true;
    /** The parameters that {@link #updateApart} gives a rate of their own; otherwise those that decay. */
    private Predicate<TensorSlot> marked = TensorSlot::decays;

    private TrainingNetwork(Network network, BertConfig config, List<TensorSlot> slots, Frozen frozen) {
        this.network = network;
        this.config = config;
        this.slots = slots;
        optimizer = new NetworkOptimizer(network, slots, frozen);
        tokensAtOnce = TokenBudget.training(network.device(), config);
    }

    public static TrainingNetwork load(
            Checkpoint checkpoint, boolean masked, Device device, Precision precision, Frozen frozen, long seed) {
        Network network = Network.load(checkpoint, masked, device, Network.type(precision), seed);
        TrainingNetwork training =
                new TrainingNetwork(network, checkpoint.config(), Network.present(checkpoint.slots()), frozen);
        try {
            training.begin();
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        return training;
    }

    /** For sentence vectors: no head, no dropout, no decay, and a learning rate of its own for the vectors of words. */
    static TrainingNetwork loadEncoder(Checkpoint checkpoint, Device device, Precision precision, long seed) {
        TrainingNetwork training = load(checkpoint, false, device, precision, Frozen.NOTHING, seed);
        training.marked = slot -> slot.name().endsWith(".word_embeddings.weight");
        training.begin();
        return training;
    }

    private void begin() {
        optimizer.begin(marked);
    }

    @Override
    public int tokensAtOnce() {
        return tokensAtOnce;
    }

    /** Whether sequences of different lengths should be padded to one: on a GPU each length costs a call of its own. */
    boolean padsImpressions() {
        return network.device().isGpu();
    }

    /** Switches dropout off, for comparison with a reference. */
    void setDropout(boolean on) {
        dropout = on;
    }

    @Override
    public double learn(List<EncodedPair> pairs, float[] labels, long[] groups, Loss loss, double weight, long seed) {
        return learn(PackedBatch.of(pairs, config.firstPosition()), labels, groups, loss, weight, seed);
    }

    public double learn(PackedBatch batch, float[] labels, long[] groups, Loss loss, double weight, long seed) {
        return Torch.call(() -> {
            JniUtils.setSeed(seed);
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        network.onDevice(scope, batch.numbers()),
                        network.onCpu(scope, batch.layout()),
                        scope.create(labels),
                        network.onDevice(scope, groups),
                        network.onCpu(scope, loss.ordinal()),
                        network.onCpu(scope, weight),
                        dropout(scope));
                return (double)
                        network.invoke(scope, "learn", true, inputs).get(0).getFloat();
            }
        });
    }

    /** Loss and number of right guesses of the tokens that were masked. */
    record MaskedLoss(double loss, int right) {}

    /**
     * Adds the gradients of one micro-batch of masked language modelling.
     *
     * @param rows rows of the packed batch whose token is asked for; only they go through the vocabulary
     * @param learn false only measures
     */
    MaskedLoss predictMasked(PackedBatch batch, long[] rows, long[] targets, double weight, boolean learn, long seed) {
        return Torch.call(() -> {
            JniUtils.setSeed(seed);
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        network.onDevice(scope, batch.numbers()),
                        network.onCpu(scope, batch.layout()),
                        network.onDevice(scope, rows),
                        network.onDevice(scope, targets),
                        network.onCpu(scope, learn ? 1 : 0),
                        network.onCpu(scope, weight),
                        dropout(scope));
                float[] result = network.invoke(scope, "predict_masked", true, inputs)
                        .get(0)
                        .toFloatArray();
                return new MaskedLoss(result[0], Math.round(result[1]));
            }
        });
    }

    /** Sums over a micro-batch of impressions, and the logit of 'fits' of each reply. */
    record Choices(double listLoss, double topicLoss, int topicsRight, float[] margins) {}

    /**
     * Adds the gradients of one micro-batch of impressions that share their contexts.
     *
     * @param topicWeight what the topics count; 0 only measures
     */
    Choices learnLists(SharedContextBatch impressions, double topicWeight, double weight, long seed) {
        return Torch.call(() -> {
            JniUtils.setSeed(seed);
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        network.onDevice(scope, impressions.batch().numbers()),
                        network.onCpu(scope, impressions.batch().layout()),
                        network.onDevice(scope, impressions.blocks()),
                        scope.create(impressions.labels()),
                        network.onDevice(scope, impressions.groups()),
                        network.onDevice(scope, impressions.topics()),
                        network.onCpu(scope, topicWeight),
                        network.onCpu(scope, weight),
                        dropout(scope));
                float[] result = network.invoke(scope, "learn_lists", true, inputs)
                        .get(0)
                        .toFloatArray();
                return new Choices(
                        result[0], result[1], Math.round(result[2]), Arrays.copyOfRange(result, 3, result.length));
            }
        });
    }

    /** What a batch of sentence vectors lacks: the squared errors by their shares, and telling the targets apart. */
    record VectorLoss(double squaredError, double contrast) {}

    /**
     * Adds the gradients of one batch of sentence vectors.
     *
     * @param targets one row per sequence, of length 1
     * @param shares what the squared error of each sequence counts
     * @param asked the sequences that have to tell their own target from the others' targets
     */
    VectorLoss learnVectors(PackedBatch batch, float[][] targets, float[] shares, long[] asked, Contrast contrast) {
        return Torch.call(() -> {
            try (NDManager scope = network.scope()) {
                float[] flat = new float[targets.length * config.hidden];
                for (int i = 0; i < targets.length; i++) {
                    System.arraycopy(targets[i], 0, flat, i * config.hidden, config.hidden);
                }
                NDList inputs = new NDList(
                        network.onDevice(scope, batch.numbers()),
                        network.onCpu(scope, batch.layout()),
                        scope.create(flat, new Shape(targets.length, config.hidden)),
                        scope.create(shares),
                        network.onDevice(scope, asked),
                        network.onCpu(scope, contrast.weight()),
                        network.onCpu(scope, contrast.sharpness()));
                float[] losses = network.invoke(scope, "learn_vectors", true, inputs)
                        .get(0)
                        .toFloatArray();
                return new VectorLoss(losses[0], losses[1]);
            }
        });
    }

    /** @param sharpness what cosines are multiplied by before they become probabilities */
    record Contrast(double weight, double sharpness) {}

    /** One step without decay, with a rate for the words' vectors and one for all else; returns the norm before clipping. */
    double updateApart(double wordRate, double otherRate, double maxGradNorm) {
        return optimizer.update(otherRate, wordRate, maxGradNorm);
    }

    /** Sentence vectors as the training stands. */
    float[][] vectors(PackedBatch batch) {
        return Torch.call(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs =
                        new NDList(network.onDevice(scope, batch.numbers()), network.onCpu(scope, batch.layout()));
                return Network.rows(
                        network.invoke(scope, "embed_texts", false, inputs).get(0), batch.sequences());
            }
        });
    }

    private NDArray dropout(NDManager scope) {
        return network.onCpu(scope, dropout ? 1 : 0);
    }

    @Override
    public double update(AdamW optimiser, int step) {
        return optimizer.update(optimiser, step);
    }

    /** In the precision of the training. */
    @Override
    public float[][] evaluate(List<EncodedPair> pairs) {
        return evaluate(PackedBatch.of(pairs, config.firstPosition()));
    }

    private float[][] evaluate(PackedBatch batch) {
        return Torch.call(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs =
                        new NDList(network.onDevice(scope, batch.numbers()), network.onCpu(scope, batch.layout()));
                return Network.rows(
                        network.invoke(scope, "score", false, inputs).get(0), batch.sequences());
            }
        });
    }

    @Override
    public List<SafetensorsWriter.Tensor> weights() {
        return network.weights(slots);
    }

    @Override
    public List<SafetensorsWriter.Tensor> moments() {
        return optimizer.moments();
    }

    /** Continues from weights and moments that were saved. */
    void restore(Checkpoint weights, SafetensorsFile moments) {
        network.reload(weights);
        begin();
        optimizer.restore(moments);
    }

    /** Mixed precision where it is measured to pay: at least half as fast again as fp32 in large matrix products. */
    static Precision choose(Precision wanted, Device device) {
        if (wanted != Precision.AUTO) {
            return wanted;
        }
        double fp32 = MatrixRate.measure(device, Precision.FP32);
        double bf16 = MatrixRate.measure(device, Precision.BF16);
        return bf16 > 1.5 * fp32 ? Precision.BF16 : Precision.FP32;
    }

    @Override
    public void close() {
        network.close();
    }
}
