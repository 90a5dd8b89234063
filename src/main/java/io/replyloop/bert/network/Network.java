package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.Pooling;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The network in native memory. Its forward and backward passes and its optimiser are TorchScript
 * ({@link NetworkScript}), so that a single call processes a batch or a training step, in precisions and with operators
 * that DJL's own arrays do not offer. Every method runs on the native thread.
 *
 * <p>A bf16 array must never leave the script: DJL kills the JVM when it encounters one.
 */
public final class Network implements AutoCloseable {
    private static final int FP32 = 6;
    private static final Object[] NONE = {};

    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final Device device;
    private boolean packed;

    private Network(PtNDManager manager, PtSymbolBlock module, Device device) {
        this.manager = manager;
        this.module = module;
        this.device = device;
    }

    /** Loads the weights of a checkpoint as fp32; missing heads are initialised from the seed. */
    public static Network load(Checkpoint checkpoint, boolean masked, Device device, long seed) {
        return load(checkpoint, masked, device, FP32, seed);
    }

    /** @param type PyTorch's number of the type in which a network computes that has not been {@link #prepare}d */
    public static Network load(Checkpoint checkpoint, boolean masked, Device device, int type, long seed) {
        BertConfig config = checkpoint.config();
        NetworkScript.Task task = masked
                ? NetworkScript.Task.MASKED
                : checkpoint.slots().stream().anyMatch(slot -> slot.part() == TensorSlot.Part.HEAD)
                        ? NetworkScript.Task.CLASSIFICATION
                        : NetworkScript.Task.VECTORS;
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("config", settings(config, type));
        attributes.put("weights", NONE);
        attributes.put("model", null);
        attributes.put("optimizer", null);
        Network network = of(NetworkScript.of(config.family, task), attributes, device);
        try {
            Torch.run(() -> network.fill(checkpoint, new Random(seed)));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        return network;
    }

    public void reload(Checkpoint checkpoint) {
        Torch.run(() -> fill(checkpoint, new Random(0)));
    }

    /** Provides losses and optimiser for the parameters of another module. */
    public static Network adopting(Device device) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("weights", NONE);
        attributes.put("optimizer", null);
        return of(NetworkScript.adopted(), attributes, device);
    }

    /** A module without weights, for benchmarking the device. */
    public static Network empty(Device device) {
        return of(NetworkScript.arithmetic(), new LinkedHashMap<>(Map.of("factors", NONE)), device);
    }

    private static Network of(String source, Map<String, Object> attributes, Device device) {
        attributes.put("training", false);
        attributes.put("_is_full_backward_hook", null);
        byte[] archive = TorchScriptArchive.pack(source, attributes);
        return Torch.call(() -> {
            PtNDManager manager = Torch.manager(device);
            try {
                return new Network(
                        manager, JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false), device);
            } catch (RuntimeException | IOException e) {
                manager.close();
                throw e;
            }
        });
    }

    /** The tensors of a network in the order in which it takes them, without those that its family does not have. */
    public static List<TensorSlot> present(List<TensorSlot> slots) {
        return slots.stream()
                .filter(slot -> slot.kind() != TensorSlot.Kind.ABSENT)
                .toList();
    }

    /** Whether this CPU has bf16 instructions. */
    static boolean cpuHasBf16() {
        try (Network network = empty(Device.cpu())) {
            return Torch.call(() -> {
                try (NDManager scope = network.scope()) {
                    NDList sample = new NDList(scope.zeros(new Shape(1)));
                    return network.invoke(scope, "tell_bf16", false, sample)
                                    .get(0)
                                    .getFloat()
                            > 0;
                }
            });
        }
    }

    private void fill(Checkpoint checkpoint, Random random) {
        try (NDManager scope = manager.newSubManager()) {
            NDList weights = new NDList();
            for (TensorSlot slot : present(checkpoint.slots())) {
                ByteBuffer values = checkpoint.read(slot, random);
                NDArray array = scope.create(values, new Shape(slot.shape()), DataType.FLOAT32);
                array.setName("weights[]");
                weights.add(array);
            }
            invoke(scope, "load", true, weights);
        }
    }

    /**
     * Calls a method of the script. Its name is passed as the name of an extra array, because DJL has no other public
     * way to call a method with training enabled.
     */
    public NDList invoke(NDManager scope, String method, boolean train, NDList inputs) {
        NDList list = new NDList();
        NDArray name = scope.create(0f);
        name.setName("module_method:" + method);
        list.add(name);
        list.addAll(inputs);
        return IValueUtils.forward(module, list, train);
    }

    public NDManager scope() {
        return manager.newSubManager();
    }

    public NDArray onDevice(NDManager scope, long[] values) {
        return scope.create(values);
    }

    /** Control numbers are read one by one by the script, so they stay on the CPU. */
    public NDArray onCpu(NDManager scope, long... values) {
        return scope.newSubManager(Device.cpu()).create(values);
    }

    public NDArray onCpu(NDManager scope, double... values) {
        return scope.newSubManager(Device.cpu()).create(values);
    }

    public Device device() {
        return device;
    }

    /**
     * Returns a network that computes in this precision and cannot be trained.
     *
     * @param each whether all tokens will be used, not only the first of each sequence
     */
    static Network ready(Checkpoint checkpoint, Device device, Precision precision, boolean each) {
        if (precision == Precision.INT8 && !device.equals(Device.cpu())) {
            throw new IllegalArgumentException("int8 runs on the CPU only; use bf16 or fp16 on a GPU");
        }
        Network network = load(checkpoint, false, device, 0);
        try {
            network.prepare(precision, each);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Converts the fp32 weights for inference; training is not possible afterwards. */
    public void prepare(Precision precision, boolean each) {
        Torch.run(() -> {
            try (NDManager scope = scope()) {
                boolean quantized = precision == Precision.INT8;
                packed = !quantized && device.getDeviceType().equals("cpu") && precision != Precision.FP16;
                NDList inputs = new NDList(
                        onCpu(scope, type(precision)),
                        onCpu(scope, quantized ? 1 : 0),
                        onCpu(scope, packed ? 1 : 0),
                        onCpu(scope, each ? 1 : 0));
                invoke(scope, "prepare", false, inputs);
            }
        });
    }

    /** PyTorch's number of the type in which products are computed. */
    public static int type(Precision precision) {
        return switch (precision) {
            case BF16 -> 15;
            case FP16 -> 5;
            default -> FP32;
        };
    }

    /** Logits of each sequence, in the same order, in which sequences of equal length must be neighbours. */
    float[][] score(List<EncodedPair> sequences, int firstPosition) {
        return read("score", sequences, firstPosition);
    }

    /** The vector of each sequence, in the same order; requires a network prepared for every token. */
    float[][] embed(List<EncodedPair> sequences, int firstPosition, Pooling pooling) {
        return read(pooling.method, sequences, firstPosition);
    }

    private float[][] read(String method, List<EncodedPair> sequences, int firstPosition) {
        PackedBatch batch =
                packed ? PackedBatch.filled(sequences, firstPosition) : PackedBatch.of(sequences, firstPosition);
        return Torch.call(() -> {
            try (NDManager scope = scope()) {
                NDList inputs = new NDList(onDevice(scope, batch.numbers()), onCpu(scope, batch.layout()));
                float[][] all = rows(invoke(scope, method, false, inputs).get(0), (int) batch.layout()[1]);
                return Arrays.copyOf(all, batch.sequences());
            }
        });
    }

    /**
     * Returns the two matrices, in row-major order, that map the vectors of two encoders for the same texts, in the
     * same order, into a common space.
     */
    public List<float[]> rotations(float[][] one, float[][] other, int dimension) {
        return Torch.call(() -> {
            try (NDManager scope = scope()) {
                NDList inputs = new NDList(scope.create(one), scope.create(other), onCpu(scope, (long) dimension));
                NDList found = invoke(scope, "rotations", false, inputs);
                return List.of(found.get(0).toFloatArray(), found.get(1).toFloatArray());
            }
        });
    }

    public static float[][] rows(NDArray logits, int rows) {
        float[] flat = logits.toFloatArray();
        int width = flat.length / rows;
        float[][] result = new float[rows][width];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(flat, i * width, result[i], 0, width);
        }
        return result;
    }

    /** The current fp32 weights, under the names of the slots. */
    public List<SafetensorsWriter.Tensor> weights(List<TensorSlot> slots) {
        return Torch.call(() -> {
            try (NDManager scope = scope()) {
                NDList state = invoke(scope, "state", false, new NDList());
                List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
                for (TensorSlot slot : present(slots)) {
                    NDArray tensor = state.get(tensors.size());
                    tensors.add(new SafetensorsWriter.Tensor(slot.name(), slot.shape(), tensor.toFloatArray()));
                }
                return tensors;
            }
        });
    }

    private static TorchScriptArchive.Instance settings(BertConfig config, int type) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("num_hidden_layers", config.layers);
        settings.put("num_attention_heads", config.heads);
        settings.put("hidden_size", config.hidden);
        settings.put("embedding_size", config.embedding);
        settings.put("type_vocab_size", config.typeVocabulary);
        settings.put("layer_norm_eps", config.epsilon);
        settings.put("hidden_act", config.activation);
        settings.put("head_act", config.headActivation);
        settings.put("hidden_dropout_prob", config.dropout);
        settings.put("attention_probs_dropout_prob", config.attentionDropout);
        settings.put("attention_output_dropout_prob", config.outputDropout);
        settings.put("head_dropout_prob", config.headDropout);
        settings.put("classifier_dropout", config.classifierDropout);
        settings.put("dtype", type);
        settings.put("training", false);
        settings.put("serving", false);
        return new TorchScriptArchive.Instance("Config", settings);
    }

    @Override
    public void close() {
        if (Torch.ending()) {
            return;
        }
        Torch.run(() -> {
            module.close();
            manager.close();
        });
    }
}
