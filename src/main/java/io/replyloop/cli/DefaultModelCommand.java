package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.recipe.DefaultModel;
import io.replyloop.lab.recipe.DefaultModelOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the default model from public data. */
@Command(
        name = "default-model",
        description =
                "Makes the model that the product starts with: vocabulary, pretraining, fine-tuning, final score. After"
                        + " an interruption, the same call continues with the first stage that is not finished.",
        mixinStandardHelpOptions = true)
final class DefaultModelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Directory with star/, multiwoz/, ...")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path out;

    @Option(
            names = "--work",
            required = true,
            paramLabel = "DIR",
            description = "Directory for the results of the stages.")
    private Path work;

    @Option(names = "--layers", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}")
    private int layers;

    @Option(names = "--hidden", defaultValue = "256", description = "Default: ${DEFAULT-VALUE}")
    private int hidden;

    @Option(names = "--dropout", defaultValue = "0.1", description = "Default: ${DEFAULT-VALUE}")
    private double dropout;

    @Option(
            names = "--pretraining-steps",
            defaultValue = "3500",
            description = "Steps of masked language modelling, with 32,768 tokens each. Default: ${DEFAULT-VALUE}")
    private int pretrainingSteps;

    @Option(
            names = "--unseen-passes",
            defaultValue = "8",
            description = "Passes of a network that never sees some of the tasks, which shows how much weight a"
                    + " cross-encoder may have for a new team; 0 leaves it out. Default: ${DEFAULT-VALUE}")
    private int unseenPasses;

    @Option(
            names = "--teachers",
            defaultValue = "5",
            description = "Number of networks that provide soft labels, each for the dialogues that it was not trained"
                    + " on. Default: ${DEFAULT-VALUE}")
    private int teachers;

    @Option(names = "--teacher-passes", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}")
    private int teacherPasses;

    @Option(
            names = {"--soft-label-weight", "--teachers-share"},
            defaultValue = "0.5",
            description = "Weight of the teachers' soft labels; the pick has the rest. Default: ${DEFAULT-VALUE}")
    private double softLabelWeight;

    @Option(
            names = "--passes",
            defaultValue = "9",
            description = "Passes over all picks with shared contexts and soft labels. Default: ${DEFAULT-VALUE}")
    private int passes;

    @Option(
            names = "--pairs",
            defaultValue = "15000",
            description = "Picks of the pair stages that follow. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--pair-passes",
            defaultValue = "1",
            description = "Final passes over all picks in pairs. Default: ${DEFAULT-VALUE}")
    private int pairPasses;

    @Option(
            names = "--stage",
            description = "Makes only this stage and those that it needs, without --out: tokenizer, words, pretrained,"
                    + " memory-soft-labels, teacher-1 and so on, shared-contexts, pairs, pairs-without-unseen-tasks."
                    + " A machine with a GPU can make several at the same time.")
    private String stage;

    @Mixin
    private DeviceArguments network;

    @Override
    public Integer call() throws IOException {
        if (stage == null && out == null) {
            throw new ParameterException(spec.commandLine(), "--out DIR is missing: the directory to write");
        }
        if (stage == null && Files.exists(out)) {
            throw new ParameterException(spec.commandLine(), out + " already exists");
        }
        PrintWriter log = spec.commandLine().getErr();
        DefaultModelOptions options = new DefaultModelOptions(
                layers,
                hidden,
                dropout,
                pretrainingSteps,
                unseenPasses,
                teachers,
                teacherPasses,
                softLabelWeight,
                passes,
                pairs,
                pairPasses,
                network.precision(),
                network.device(),
                network.threads());
        try {
            DefaultModel model = new DefaultModel(Corpora.open(data), work, options, line -> {
                log.println(line);
                log.flush();
            });
            if (stage == null) {
                model.make(out);
            } else {
                model.make(stage);
            }
            return 0;
        } catch (CheckpointException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
