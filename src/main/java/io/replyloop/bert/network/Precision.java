package io.replyloop.bert.network;

/** The number type of the matrix products; results are always fp32. */
public enum Precision {
    FP32,
    /** Faster where the CPU has AMX or AVX512-BF16, or on a GPU. */
    BF16,
    /** For GPUs; CPUs emulate it slowly. */
    FP16,
    /** Weights in int8 with dynamic activations, for CPUs without bf16 units; inference only. */
    INT8,
    /** The fastest whose scores stay within 0.02 of fp32's; measured once per model and machine, then remembered. */
    AUTO
}
