package io.replyloop.bert.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.network.Network;
import io.replyloop.bert.network.Torch;
import java.util.List;

/** Losses and optimiser for the parameters of another module, which computes its own logits. */
final class AdoptedParameters implements AutoCloseable {
    private final Network network;
    private final List<TensorSlot> slots;
    private final NetworkOptimizer optimizer;

    /** @param parameters the tensors themselves, which are updated in place */
    AdoptedParameters(NDList parameters, List<TensorSlot> slots, TrainingNetwork.Frozen frozen, Device device) {
        this.slots = slots;
        network = Network.adopting(device);
        optimizer = new NetworkOptimizer(network, slots, frozen);
        try {
            Torch.run(() -> {
                try (NDManager scope = network.scope()) {
                    NDList adopted = new NDList();
                    for (NDArray parameter : parameters) {
                        parameter.setName("tensors[]");
                        adopted.add(parameter);
                    }
                    network.invoke(scope, "adopt", true, adopted);
                }
            });
            optimizer.begin(TensorSlot::decays);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Like {@link Learner#learn}, for logits with their computation graph. Runs on the native thread. */
    double learn(NDManager scope, NDArray logits, float[] labels, long[] groups, Loss loss, double weight) {
        NDList inputs = new NDList(
                logits,
                scope.create(labels),
                network.onDevice(scope, groups),
                network.onCpu(scope, loss.ordinal()),
                network.onCpu(scope, weight));
        return network.invoke(scope, "learn_from", true, inputs).get(0).getFloat();
    }

    double update(AdamW adamW, int step) {
        return optimizer.update(adamW, step);
    }

    List<SafetensorsWriter.Tensor> weights() {
        return network.weights(slots);
    }

    List<SafetensorsWriter.Tensor> moments() {
        return optimizer.moments();
    }

    void restoreMoments(SafetensorsFile moments) {
        optimizer.restore(moments);
    }

    /** Copies numbers into the parameters. Runs on the native thread. */
    void overwrite(NDManager scope, NDList tensors) {
        network.invoke(scope, "overwrite", false, tensors);
    }

    @Override
    public void close() {
        network.close();
    }
}
