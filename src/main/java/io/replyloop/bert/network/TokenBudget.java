package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.replyloop.bert.checkpoint.BertConfig;

/**
 * How many tokens are processed at once. On a CPU, few enough to keep activations near the caches; on a GPU, as many as
 * its memory allows, because small batches do not utilise it.
 */
public final class TokenBudget {
    private static final int CPU_SCORING = 2_048;
    public static final int CPU_TRAINING = 4_096;
    private static final int MOST = 131_072;
    /** Bytes that a training step keeps of a token for the backward pass, per layer and unit of the hidden size. */
    private static final double BYTES_KEPT = 100;

    private static final double SHARE_OF_MEMORY = 0.4;

    private TokenBudget() {}

    static int scoring(Device device) {
        return device.isGpu() ? MOST / 2 : CPU_SCORING;
    }

    public static int training(Device device, BertConfig config) {
        return device.isGpu()
                ? onGpu(CudaUtils.getGpuMemory(device).getMax(), config.layers, config.hidden)
                : CPU_TRAINING;
    }

    /** @param memory of the GPU, in bytes */
    static int onGpu(long memory, int layers, int hidden) {
        double tokens = SHARE_OF_MEMORY * memory / (BYTES_KEPT * layers * hidden);
        return (int) Math.max(CPU_TRAINING, Math.min(MOST, tokens));
    }
}
