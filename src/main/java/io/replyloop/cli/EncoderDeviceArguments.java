package io.replyloop.cli;

import io.replyloop.bert.network.Precision;
import picocli.CommandLine.Option;

/** What an encoder runs on, whose vectors may be kept. */
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
