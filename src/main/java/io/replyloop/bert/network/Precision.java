package io.replyloop.bert.network;

/** What the matrix products are computed in; results leave the network as fp32 in every case. */
public enum Precision {
    FP32,
    /** Pays where the CPU has AMX or AVX512-BF16, or on a GPU. */
    BF16,
    /** For GPUs; CPUs emulate it slowly. */
    FP16,
    /** Weights in int8 with dynamic activations, for CPUs without bf16 units; inference only. */
    INT8,
    /** The fastest whose scores stay within 0.02 of fp32's: measured once for a model on a machine, then remembered. */
    AUTO
}
