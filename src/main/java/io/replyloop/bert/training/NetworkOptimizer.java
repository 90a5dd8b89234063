package io.replyloop.bert.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.network.Network;
import io.replyloop.bert.network.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * AdamW over the parameters of a network, with its moments. Marked parameters have a learning rate or a decay of their
 * own.
 */
final class NetworkOptimizer {
    private final Network network;
    private final List<TensorSlot> slots;
    private final TrainingNetwork.Frozen frozen;

    NetworkOptimizer(Network network, List<TensorSlot> slots, TrainingNetwork.Frozen frozen) {
        this.network = network;
        this.slots = slots;
        this.frozen = frozen;
    }

    /** Resets all moments. */
    void begin(Predicate<TensorSlot> marked) {
        List<Long> trainable = new ArrayList<>();
        List<Long> marks = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (!frozen.holds(slots.get(i))) {
                trainable.add((long) i);
                marks.add(marked.test(slots.get(i)) ? 1L : 0L);
            }
        }
        Torch.run(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(network.onCpu(scope, longs(trainable)), network.onCpu(scope, longs(marks)));
                network.invoke(scope, "optimize", true, inputs);
            }
        });
    }

    /** One step in which only marked parameters decay; returns the norm of the gradients before clipping. */
    double update(AdamW optimiser, int step) {
        double rate = optimiser.rateAt(step);
        double[] decays = {0, optimiser.weightDecay()};
        return step(new double[] {rate, rate}, decays, optimiser.maxGradNorm());
    }

    /** One step without decay, in which marked parameters have a learning rate of their own. */
    double update(double rate, double markedRate, double maxGradNorm) {
        return step(new double[] {rate, markedRate}, new double[] {0, 0}, maxGradNorm);
    }

    private double step(double[] rates, double[] decays, double maxGradNorm) {
        return Torch.call(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        network.onCpu(scope, rates),
                        network.onCpu(scope, decays),
                        network.onCpu(scope, maxGradNorm),
                        network.onCpu(scope, AdamW.BETA1, AdamW.BETA2),
                        network.onCpu(scope, AdamW.EPSILON));
                return (double)
                        network.invoke(scope, "update", true, inputs).get(0).getFloat();
            }
        });
    }

    /** The moments in the order that {@link #restore} expects. */
    List<SafetensorsWriter.Tensor> moments() {
        return Torch.call(() -> {
            try (NDManager scope = network.scope()) {
                NDList state = network.invoke(scope, "moments", false, new NDList());
                List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
                for (int i = 0; i < state.size(); i++) {
                    tensors.add(new SafetensorsWriter.Tensor(
                            "moment." + i,
                            state.get(i).getShape().getShape(),
                            state.get(i).toFloatArray()));
                }
                return tensors;
            }
        });
    }

    void restore(SafetensorsFile moments) {
        Torch.run(() -> {
            try (NDManager scope = network.scope()) {
                NDList tensors = new NDList();
                for (int i = 0; i < moments.entries().size(); i++) {
                    SafetensorsFile.Entry entry = moments.entries().get("moment." + i);
                    NDArray array = scope.create(moments.readFloats(entry), new Shape(entry.shape()), DataType.FLOAT32);
                    array.setName("moments[]");
                    tensors.add(array);
                }
                network.invoke(scope, "resume", true, tensors);
            }
        });
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
