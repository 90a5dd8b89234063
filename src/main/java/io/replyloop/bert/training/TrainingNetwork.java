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
 * A network with fp32 weights, their gradients and AdamW's moments. Gradients of several micro-batches accumulate until
 * {@link #update}.
 */
public final class TrainingNetwork implements Learner {
    /** The first layers that are not trained. */
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
    /** The parameters with a learning rate of their own in {@link #updateApart}; otherwise those that decay. */
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

    /** For sentence vectors: no head, no dropout, no decay, and a separate learning rate for the word embeddings. */
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

    /** Whether to pad sequences to equal length: on a GPU, each length takes a separate call. */
    boolean padsImpressions() {
        return network.device().isGpu();
    }

    /** Disables dropout, for comparison with a reference. */
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

    /** Loss and number of correct predictions of masked tokens. */
    record MaskedLoss(double loss, int right) {}

    /**
     * Adds the gradients of one micro-batch of masked language modelling.
     *
     * @param rows rows of the packed batch whose token is predicted; only they are multiplied with the vocabulary
     * @param learn false only evaluates
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
     * Adds the gradients of one micro-batch of impressions with shared contexts.
     *
     * @param topicWeight weight of the topic loss; 0 only evaluates
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

    /** The losses of a batch of sentence vectors: the weighted squared errors, and the contrastive loss. */
    record VectorLoss(double squaredError, double contrast) {}

    /**
     * Adds the gradients of one batch of sentence vectors.
     *
     * @param targets one row per sequence, of length 1
     * @param shares weight of each sequence's squared error
     * @param asked the sequences in the contrastive loss
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

    /** @param sharpness scale of the cosines before the softmax */
    record Contrast(double weight, double sharpness) {}

    /**
     * One step without decay, with separate rates for word embeddings and all else; returns the norm before clipping.
     */
    double updateApart(double wordRate, double otherRate, double maxGradNorm) {
        return optimizer.update(otherRate, wordRate, maxGradNorm);
    }

    /** Sentence vectors of the current network. */
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

    /** Computed in the precision of the training. */
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

    /** Continues from saved weights and moments. */
    void restore(Checkpoint weights, SafetensorsFile moments) {
        network.reload(weights);
        begin();
        optimizer.restore(moments);
    }

    /** Uses mixed precision if large matrix products are measured to be at least 1.5 times as fast as in fp32. */
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
