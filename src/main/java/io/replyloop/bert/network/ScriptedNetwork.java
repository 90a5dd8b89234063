package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TorchScript classifier in native memory. */
public final class ScriptedNetwork implements Scorer {
    private static final int TOKENS_PER_BATCH = 2048;

    private final ScriptedClassifier classifier;
    private final PtNDManager manager;
    private final PtSymbolBlock module;

    private ScriptedNetwork(ScriptedClassifier classifier, PtNDManager manager, PtSymbolBlock module) {
        this.classifier = classifier;
        this.manager = manager;
        this.module = module;
    }

    /**
     * Loads the archive and computes the logits of one short pair, so that a wrong signature is reported immediately.
     *
     * @param trainable whether its parameters take gradients
     */
    public static ScriptedNetwork load(ScriptedClassifier classifier, Device device, boolean trainable) {
        return Torch.call(() -> {
            PtNDManager manager = Torch.manager(device);
            try {
                PtSymbolBlock module = JniUtils.loadModule(
                        manager, classifier.archive(), true, new String[0], new String[0], trainable);
                ScriptedNetwork network = new ScriptedNetwork(classifier, manager, module);
                network.score(List.of(new EncodedPair(new int[8], new byte[8])));
                return network;
            } catch (EngineException e) {
                manager.close();
                throw new CheckpointException(
                        classifier.archive() + ": PyTorch cannot run it as forward(input_ids, attention_mask,"
                                + " token_type_ids): " + e.getMessage(),
                        e);
            } catch (RuntimeException e) {
                manager.close();
                throw e;
            }
        });
    }

    @Override
    public float[][] score(List<EncodedPair> pairs) {
        float[][] results = new float[pairs.size()][];
        List<Integer> order = PackedBatch.byLength(pairs);
        for (int from = 0; from < order.size(); ) {
            int to = from + 1;
            while (to < order.size()
                    && (to - from + 1) * pairs.get(order.get(to)).length() <= TOKENS_PER_BATCH) {
                to++;
            }
            List<Integer> part = order.subList(from, to);
            float[][] rows = evaluate(part.stream().map(pairs::get).toList());
            for (int i = 0; i < rows.length; i++) {
                results[part.get(i)] = rows[i];
            }
            from = to;
        }
        return results;
    }

    public float[][] evaluate(List<EncodedPair> pairs) {
        return Torch.call(() -> {
            JniUtils.enableInferenceMode(module);
            try (NDManager scope = manager.newSubManager()) {
                return Network.rows(forward(scope, pairs, false), pairs.size());
            }
        });
    }

    /** Logits of one padded batch. Runs on the native thread. */
    public NDArray forward(NDManager scope, List<EncodedPair> pairs, boolean train) {
        int length = pairs.stream().mapToInt(EncodedPair::length).max().orElseThrow();
        long[] ids = new long[pairs.size() * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        for (int p = 0; p < pairs.size(); p++) {
            EncodedPair pair = pairs.get(p);
            for (int i = 0; i < length; i++) {
                int at = p * length + i;
                boolean real = i < pair.length();
                ids[at] = real ? pair.id(i) : classifier.padId();
                mask[at] = real ? 1 : 0;
                types[at] = real ? pair.segment(i) : 0;
            }
        }
        Shape shape = new Shape(pairs.size(), length);
        NDList outputs = IValueUtils.forward(
                module,
                new NDList(scope.create(ids, shape), scope.create(mask, shape), scope.create(types, shape)),
                train);
        NDArray logits = outputs.stream()
                .filter(output -> "logits".equals(output.getName()))
                .findFirst()
                .orElse(outputs.get(0));
        if (!logits.getShape().equals(new Shape(pairs.size(), classifier.labels()))) {
            throw new CheckpointException(classifier.archive() + ": gives an array of " + logits.getShape() + " for "
                    + pairs.size() + " pairs, but config.json says " + classifier.labels() + " labels");
        }
        return logits;
    }

    public void train(boolean on) {
        if (on) {
            JniUtils.enableTrainingMode(module);
        } else {
            JniUtils.enableInferenceMode(module);
        }
    }

    /** The parameters themselves, not copies. */
    public NDList parameters() {
        NDList parameters = JniUtils.moduleGetParams(module, manager);
        if (parameters.isEmpty()) {
            throw new CheckpointException(classifier.archive()
                    + ": has no parameters that could be trained; it was frozen when it was exported");
        }
        return parameters;
    }

    /** 0 if the export has frozen them into constants. */
    long parameterCount() {
        return Torch.call(() -> JniUtils.moduleGetParams(module, manager).stream()
                .mapToLong(NDArray::size)
                .sum());
    }

    public NDManager scope() {
        return manager.newSubManager();
    }

    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            Torch.run(() -> {
                train(false);
                JniUtils.writeModule(module, out, false);
            });
        }
    }

    /** Slots of the parameters, derived from their names, for freezing and for weight decay. */
    public static List<TensorSlot> slots(NDList parameters) {
        List<TensorSlot> slots = new ArrayList<>();
        parameters.forEach(parameter ->
                slots.add(slot(parameter.getName(), parameter.getShape().getShape())));
        return slots;
    }

    private static TensorSlot slot(String name, long[] shape) {
        // Norms and biases have one dimension in every network, and do not decay.
        TensorSlot.Kind kind = shape.length > 1 ? TensorSlot.Kind.WEIGHT : TensorSlot.Kind.BIAS;
        Matcher layer = Pattern.compile("(?:^|\\.)(?:layers?|h|blocks?)\\.(\\d{1,6})\\.")
                .matcher(name);
        if (layer.find()) {
            return new TensorSlot(name, shape, kind, TensorSlot.Part.ENCODER, Integer.parseInt(layer.group(1)));
        }
        boolean embeddings = name.matches("(?i)(.*[._])?(\\w*embed\\w*|wte|wpe)([._].*)?");
        return new TensorSlot(name, shape, kind, embeddings ? TensorSlot.Part.EMBEDDINGS : TensorSlot.Part.HEAD, -1);
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
