package io.replyloop.cli;

import io.replyloop.bert.training.DistillationOptions;
import io.replyloop.lab.recipe.ChineseEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a bilingual network from an English one and public translations. */
@Command(
        name = "distil-encoder",
        description =
                "Teaches an English encoder Chinese: new characters, then the vector of an English sentence as the"
                        + " target for its translation. Interrupted, the same call goes on from the last state.",
        mixinStandardHelpOptions = true)
final class DistilEncoderCommand implements Callable<Integer> {
    private static final int REPORT_EVERY = 50;
    private static final double MAX_GRAD_NORM = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--encoder",
            required = true,
            paramLabel = "DIR",
            description = "The English encoder, as convert-encoder writes it.")
    private Path encoder;

    @Option(
            names = "--pairs",
            required = true,
            paramLabel = "FILE",
            description = "JSONL of {\"en\", \"zh\"}, plain or .gz")
    private Path pairs;

    @Option(
            names = "--work",
            required = true,
            paramLabel = "DIR",
            description = "Directory for the results of the stages.")
    private Path work;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path out;

    @Option(
            names = "--held-out",
            defaultValue = "1000",
            description = "Pairs held out for evaluation (${DEFAULT-VALUE}).")
    private int heldOut;

    @Option(names = "--passes", defaultValue = "2", description = "Passes over all pairs (${DEFAULT-VALUE}).")
    private double passes;

    @Option(names = "--batch", defaultValue = "64", description = "Pairs in a step (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--word-rate",
            defaultValue = "1e-3",
            description = "Peak learning rate of the word embeddings (${DEFAULT-VALUE}).")
    private double wordRate;

    @Option(
            names = "--learning-rate",
            defaultValue = "1e-4",
            description = "Peak learning rate of all other parameters (${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--settling",
            defaultValue = "150",
            description = "First steps, in which only embeddings are trained (${DEFAULT-VALUE}).")
    private int settling;

    @Option(names = "--warmup", defaultValue = "100", description = "Steps (${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--cooldown",
            defaultValue = "400",
            description =
                    "Last steps, in which the rates fall to nothing (${DEFAULT-VALUE}). An interrupted run that has"
                            + " not come to them may be made longer or shorter with --passes.")
    private int cooldown;

    @Option(
            names = "--contrast",
            defaultValue = "0.1",
            description = "Weight of the contrastive loss (${DEFAULT-VALUE}).")
    private double contrast;

    @Option(
            names = "--english",
            defaultValue = "0.5",
            description = "Weight of the error on English sentences (${DEFAULT-VALUE}).")
    private double english;

    @Option(
            names = "--english-every",
            defaultValue = "4",
            description = "One in this many sentences is also read in English (${DEFAULT-VALUE}).")
    private int englishEvery;

    @Option(
            names = "--max-length",
            defaultValue = "48",
            description = "Maximum tokens of a sentence; pairs with longer ones are skipped (${DEFAULT-VALUE}).")
    private int maxLength;

    @Mixin
    private DeviceArguments network;

    @Option(names = "--seed", defaultValue = "42", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--evaluate-every", defaultValue = "1000", description = "Steps (${DEFAULT-VALUE}).")
    private int evaluateEvery;

    @Option(
            names = "--save-every",
            defaultValue = "500",
            description = "Steps between saved states, from which an interrupted run resumes (${DEFAULT-VALUE}).")
    private int saveEvery;

    @Override
    public Integer call() throws IOException {
        PrintWriter log = spec.commandLine().getErr();
        DistillationOptions options = new DistillationOptions(
                batch,
                passes,
                wordRate,
                learningRate,
                settling,
                warmup,
                cooldown,
                contrast,
                english,
                englishEvery,
                MAX_GRAD_NORM,
                maxLength,
                network.precision(),
                network.device(),
                network.threads(),
                seed,
                REPORT_EVERY,
                evaluateEvery,
                saveEvery);
        new ChineseEncoder(encoder, pairs, heldOut, options, line -> {
                    log.println(line);
                    log.flush();
                })
                .make(work, out);
        log.println("written: " + out);
        return 0;
    }
}
