package io.replyloop.bert;

/** What the matrix products are computed in; results leave the network as fp32 in every case. */
public enum Precision {
    FP32,
    /** Pays where the CPU has AMX or AVX512-BF16, or on a GPU. */
    BF16,
    /** For GPUs; CPUs emulate it slowly. */
    FP16,
    /** Weights in int8 with dynamic activations, for CPUs without bf16 units; inference only. */
    INT8,
    /** Measured at start-up: the fastest whose logits stay within tolerance of fp32. */
    AUTO
}
