package io.replyloop.cli;

import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import picocli.CommandLine.Option;

/** What a network runs on, for commands that make or measure one. */
final class DeviceArguments {
    @Option(names = "--precision", defaultValue = "AUTO", description = "${COMPLETION-CANDIDATES}")
    private Precision precision;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N")
    private String device;

    @Option(names = "--threads", defaultValue = "0", description = "0 stands for all cores.")
    private int threads;

    Precision precision() {
        return precision;
    }

    String device() {
        return device;
    }

    int threads() {
        return threads;
    }

    /** Of texts as long as the network allows. */
    CrossEncoderOptions options() {
        return new CrossEncoderOptions(precision, device, 0, threads);
    }
}
