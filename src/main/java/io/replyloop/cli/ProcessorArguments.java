package io.replyloop.cli;

import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import picocli.CommandLine.Option;

/** Device and threads of a network. The precision is declared by subclasses, because AUTO has different meanings. */
abstract class ProcessorArguments {
    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N")
    private String device;

    @Option(names = "--threads", defaultValue = "0", description = "0 is all cores")
    private int threads;

    abstract Precision precision();

    final String device() {
        return device;
    }

    final int threads() {
        return threads;
    }

    /** Options for texts as long as the network allows. */
    final CrossEncoderOptions options() {
        return options(0);
    }

    /** @param maxLength tokens; 0 is the network's default */
    final CrossEncoderOptions options(int maxLength) {
        return new CrossEncoderOptions(precision(), device, maxLength, threads);
    }
}
