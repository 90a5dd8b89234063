package io.replyloop.bert.network;

import io.replyloop.bert.checkpoint.TorchScriptFile;

/**
 * How a cross-encoder, or an {@link Encoder}, runs.
 *
 * @param device {@code auto} (a GPU if there is one), {@code cpu} or {@code cuda:N}
 * @param maxLength maximum tokens per pair, including special tokens, limited by the checkpoint; 0 stands for the
 *     checkpoint's limit, or 512 if it has none
 * @param threads threads of one matrix product; 0 means all cores
 */
public record CrossEncoderOptions(Precision precision, String device, int maxLength, int threads) {
    /**
     * System property (or environment variable, in capitals) that permits TorchScript to be loaded. It is set by the
     * operator for the whole process, not per call, because such a file is a program.
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
