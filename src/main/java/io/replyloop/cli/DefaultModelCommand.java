package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.recipe.DefaultModel;
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

    @Option(names = "--out", paramLabel = "DIR", description = "Directory to write; must not exist.")
    private Path out;

    @Option(names = "--work", required = true, paramLabel = "DIR", description = "Directory for what the stages leave.")
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
            description = "Steps of masked language modelling, of 32,768 tokens. Default: ${DEFAULT-VALUE}")
    private int pretrainingSteps;

    @Option(
            names = "--unseen-passes",
            defaultValue = "8",
            description =
                    "Passes of a network that never sees some tasks, which tells how it does on others' replies and"
                            + " how far to trust it on a team's first day; 0 leaves it out. Default: ${DEFAULT-VALUE}")
    private int unseenPasses;

    @Option(
            names = "--teachers",
            defaultValue = "5",
            description = "Networks that each leave a part of the dialogues out and then say what they hold of them."
                    + " Default: ${DEFAULT-VALUE}")
    private int teachers;

    @Option(names = "--teacher-passes", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}")
    private int teacherPasses;

    @Option(
            names = "--teachers-share",
            defaultValue = "0.5",
            description = "What the teachers' opinion counts; the rest is the pick's. Default: ${DEFAULT-VALUE}")
    private double teachersShare;

    @Option(
            names = "--passes",
            defaultValue = "9",
            description = "Passes over all picks with the teachers' opinions. Default: ${DEFAULT-VALUE}")
    private int passes;

    @Option(
            names = "--pairs",
            defaultValue = "15000",
            description = "Picks that are learned from in pairs after that. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--pair-passes",
            defaultValue = "1",
            description = "Passes over all picks in pairs, in the end. Default: ${DEFAULT-VALUE}")
    private int pairPasses;

    @Option(
            names = "--stage",
            description = "Makes this stage alone, with what it needs, and no --out: tokenizer, words, pretrained,"
                    + " memory-opinions, teacher-1 and so on, choices, pairs, pairs-without-unseen-tasks. A machine with a GPU"
                    + " can make several at once.")
    private String stage;

    @Mixin
    private DeviceArguments network;

    @Override
    public Integer call() throws IOException {
        if (stage == null && out == null) {
            throw new ParameterException(spec.commandLine(), "name the directory to write: --out DIR");
        }
        if (stage == null && Files.exists(out)) {
            throw new ParameterException(spec.commandLine(), out + " is there already");
        }
        PrintWriter log = spec.commandLine().getErr();
        DefaultModel.Effort effort = new DefaultModel.Effort(
                layers,
                hidden,
                dropout,
                pretrainingSteps,
                unseenPasses,
                teachers,
                teacherPasses,
                teachersShare,
                passes,
                pairs,
                pairPasses,
                network.precision(),
                network.device(),
                network.threads());
        try {
            DefaultModel model = new DefaultModel(Corpora.open(data), work, effort, line -> {
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
