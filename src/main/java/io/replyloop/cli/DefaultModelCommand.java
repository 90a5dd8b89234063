package io.replyloop.cli;

import io.replyloop.bert.CheckpointException;
import io.replyloop.bert.Precision;
import io.replyloop.recipe.Corpora;
import io.replyloop.recipe.DefaultModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the default model again, from public data alone. */
@Command(
        name = "default-model",
        description =
                "Makes the model that the product starts with: vocabulary, pretraining, fine-tuning, weights of the"
                        + " final score. Interrupted, the same call goes on with the stage that was not done.",
        mixinStandardHelpOptions = true)
final class DefaultModelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Directory with star/, multiwoz/, ...")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path out;

    @Option(names = "--work", required = true, paramLabel = "DIR", description = "Directory for what the stages leave.")
    private Path work;

    @Option(
            names = "--pretraining-steps",
            defaultValue = "500",
            description = "Steps of masked language modelling, of 4,096 tokens. Default: ${DEFAULT-VALUE}")
    private int pretrainingSteps;

    @Option(
            names = "--unseen-passes",
            defaultValue = "1",
            description = "Passes over the picks of the tasks that may be seen at first. Default: ${DEFAULT-VALUE}")
    private int unseenPasses;

    @Option(
            names = "--unseen-pairs",
            defaultValue = "4000",
            description = "Picks of those that are learned from in pairs. Default: ${DEFAULT-VALUE}")
    private int unseenPairs;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Passes over the picks of all tasks. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--taught-passes",
            defaultValue = "2",
            description = "Passes over the picks of all tasks with a teacher's opinion of the replies that were not"
                    + " picked. Default: ${DEFAULT-VALUE}")
    private int taughtPasses;

    @Option(
            names = "--pairs",
            defaultValue = "30000",
            description = "Picks that are learned from in pairs in the end. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--precision", defaultValue = "AUTO", description = "${COMPLETION-CANDIDATES}")
    private Precision precision;

    @Option(names = "--threads", defaultValue = "0", description = "0 stands for all cores.")
    private int threads;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new ParameterException(spec.commandLine(), out + " is there already");
        }
        PrintWriter log = spec.commandLine().getErr();
        DefaultModel.Effort effort = new DefaultModel.Effort(
                pretrainingSteps, unseenPasses, unseenPairs, rounds, taughtPasses, pairs, precision, threads);
        try {
            new DefaultModel(Corpora.open(data), work, effort, line -> {
                        log.println(line);
                        log.flush();
                    })
                    .make(out);
            return 0;
        } catch (CheckpointException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
