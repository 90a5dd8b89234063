package io.replyloop.cli;

import io.replyloop.bert.network.Precision;
import picocli.CommandLine.Option;

/** Device and precision of a network, for commands that make or measure one. */
final class DeviceArguments extends ProcessorArguments {
    @Option(names = "--precision", defaultValue = "AUTO", description = "${COMPLETION-CANDIDATES}")
    private Precision precision;

    @Override
    Precision precision() {
        return precision;
    }
}
