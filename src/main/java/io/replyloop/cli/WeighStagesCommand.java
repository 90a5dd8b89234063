package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.recipe.StageWeighing;
import io.replyloop.ranking.FinalScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Refits the final score of a model, for example for a different encoder. */
@Command(
        name = "weigh-stages",
        description = "Fits how words, meaning, memory and the cross-encoder combine, on impressions that the model was"
                + " not trained on, and writes " + FinalScore.FILE + " into its directory.",
        mixinStandardHelpOptions = true)
final class WeighStagesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Directory with star/, clinc150/, ...")
    private Path data;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The cross-encoder.")
    private Path model;

    @Option(
            names = "--encoder",
            paramLabel = "DIR",
            description = "Encoder of texts; without one, words alone are used.")
    private Path encoder;

    @Option(
            names = "--unseen",
            paramLabel = "DIR",
            description = "Network that has never seen the unseen tasks of the recipe; shows how much weight a"
                    + " cross-encoder may have for a new team.")
    private Path unseen;

    @Mixin
    private DeviceArguments network;

    @Override
    public Integer call() throws IOException {
        PrintWriter log = spec.commandLine().getErr();
        CrossEncoderOptions options = network.options();
        try {
            new StageWeighing(Corpora.open(data), options, encoder, line -> {
                        log.println(line);
                        log.flush();
                    })
                    .weigh(model, unseen)
                    .write(model);
            return 0;
        } catch (CheckpointException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
