package io.replyloop.cli;

import io.replyloop.bert.network.Precision;
import picocli.CommandLine.Option;

/** Device and precision of an encoder whose vectors may be stored. */
final class EncoderDeviceArguments extends ProcessorArguments {
    @Option(
            names = "--precision",
            defaultValue = "AUTO",
            description = "${COMPLETION-CANDIDATES}; AUTO is FP32, so that vectors of several machines can be compared")
    private Precision precision;

    @Override
    Precision precision() {
        return precision;
    }
}
