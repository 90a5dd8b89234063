package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.TorchScriptFile;

/**
 * How a cross-encoder, or an {@link Encoder}, runs.
 *
 * @param device {@code auto} (a GPU where there is one), {@code cpu} or {@code cuda:N}
 * @param maxLength tokens per pair at most, special tokens included, and never more than the checkpoint allows; 0 stands
 *     for as many as it allows, or 512 where it allows any number
 * @param threads threads of one matrix product; 0 stands for all cores
 */
public record CrossEncoderOptions(Precision precision, String device, int maxLength, int threads) {
    /**
     * System property (or environment variable, in capitals) that lets TorchScript be loaded. It is the operator's word
     * for the whole process, not an option of one call, because such a file is a program.
     */
    public static final String ALLOW_TORCHSCRIPT = TorchScriptFile.PERMISSION;

    public CrossEncoderOptions {
        if (maxLength < 0 || threads < 0) {
            throw new IllegalArgumentException("maxLength and threads must not be negative");
        }
    }

    public static CrossEncoderOptions defaults() {
        return new CrossEncoderOptions(Precision.AUTO, "auto", 0, 0);
    }

    public CrossEncoderOptions withPrecision(Precision wanted) {
        return new CrossEncoderOptions(wanted, device, maxLength, threads);
    }
}
