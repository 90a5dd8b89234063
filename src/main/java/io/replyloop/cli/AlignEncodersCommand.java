package io.replyloop.cli;

import io.replyloop.bert.training.EncoderAlignment;
import io.replyloop.bert.training.Translation;
import io.replyloop.lab.corpus.ParallelText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recomputes the projections of the built-in encoder, which map its two languages into a common space. */
@Command(
        name = "align-encoders",
        description = "Maps the vectors of an English encoder and of a Chinese one into a common space by means of"
                + " translations, and writes a projection for each. Neither encoder is changed.",
        mixinStandardHelpOptions = true)
final class AlignEncodersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--english",
            required = true,
            paramLabel = "DIR",
            description = "The English encoder, as convert-encoder writes it.")
    private Path english;

    @Option(
            names = "--chinese",
            required = true,
            paramLabel = "DIR",
            description = "The Chinese encoder, as convert-encoder writes it.")
    private Path chinese;

    @Option(
            names = "--pairs",
            required = true,
            paramLabel = "FILE",
            description = "JSONL of {\"en\", \"zh\"}, plain or .gz")
    private Path pairs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Directory to which english/projection.safetensors and chinese/projection.safetensors are"
                    + " written; neither may exist.")
    private Path out;

    @Option(
            names = "--held-out",
            defaultValue = "1000",
            description = "Pairs held out for evaluation (${DEFAULT-VALUE}).")
    private int heldOut;

    @Option(
            names = "--most",
            defaultValue = "20000",
            description = "Maximum number of pairs to use (${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--dimension", defaultValue = "384", description = "Length of a vector (${DEFAULT-VALUE}).")
    private int dimension;

    @Mixin
    private DeviceArguments network;

    @Override
    public Integer call() throws IOException {
        PrintWriter log = spec.commandLine().getErr();
        List<Translation> all = ParallelText.read(pairs, heldOut).train();
        // Sampled from the whole file, because it contains its sources one after the other.
        int count = Math.min(most, all.size());
        List<Translation> some = IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
        log.printf("%,d pairs%n", some.size());
        EncoderAlignment.write(
                english,
                chinese,
                some,
                dimension,
                network.options(),
                (sentences, of) -> {
                    log.printf("%,d of %,d sentences%n", sentences, of);
                    log.flush();
                },
                out);
        log.println("written: " + out);
        return 0;
    }
}
