package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.evaluation.HistoryEvaluation;
import io.replyloop.model.BuiltInModel;
import io.replyloop.model.ModelDirectory;
import io.replyloop.ranking.UnusableModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates the import of a team's history. */
@Command(
        name = "evaluate-history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures what an empty knowledge base learns from transcripts: makes drafts of replies from them,"
                    + " publishes the first with the questions that they answered, and asks what customers asked later.",
            "Uses the product's own grouping, retrieval, ranking and shortlist. Prints JSON."
        })
final class EvaluateHistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dialogues",
            required = true,
            paramLabel = "FILE",
            description = "JSONL of the transcripts, as for replay ({events: [{by, text}]}); labels of picks are read"
                    + " for measuring alone")
    private Path transcripts;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "JSONL of later dialogues with picks; without it, the drafts are only shown")
    private Path asked;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Cross-encoder with its ranking.json; default: the one that comes with the application")
    private Path model;

    @Option(
            names = "--encoder",
            paramLabel = "DIR",
            description = "Encoder of texts; default: the one that comes with the application")
    private Path encoder;

    @Option(names = "--published", defaultValue = "150", description = "Drafts to publish; default: ${DEFAULT-VALUE}")
    private int published;

    @Option(
            names = "--pairs",
            defaultValue = "2000",
            description = "Questions remembered of each draft, the newest; default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--questions",
            defaultValue = "1000",
            description = "Maximum number of questions asked; default: ${DEFAULT-VALUE}")
    private int questions;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the choice; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "Time limit for ranking, such as PT5S, instead of the product's")
    private Duration budget;

    @Mixin
    private TorchScriptPermission permission;

    @Override
    public Integer call() throws IOException {
        if (published < 1 || pairs < 0 || questions < 1) {
            throw new ParameterException(spec.commandLine(), "published and questions must be at least 1");
        }
        PrintWriter log = spec.commandLine().getErr();
        Path unpacked = Files.createTempDirectory("replyloop-model");
        Path read = encoder == null ? builtInEncoder(unpacked) : encoder;
        CrossEncoderOptions usual = CrossEncoderOptions.defaults();
        CrossEncoderOptions serving = new CrossEncoderOptions(
                Encoder.whereSomebodyWaits(Precision.AUTO, usual.device()),
                usual.device(),
                usual.maxLength(),
                usual.threads());
        try (Encoder vectors = Encoder.open(read, serving)) {
            HistoryEvaluation.Plan plan = new HistoryEvaluation.Plan(
                    transcripts,
                    asked,
                    model == null ? builtInModel(unpacked) : model,
                    vectors::embed,
                    budget,
                    published,
                    pairs,
                    questions,
                    seed);
            String report = new HistoryEvaluation(plan, line -> {
                        log.println(line);
                        log.flush();
                    })
                    .run();
            spec.commandLine().getOut().println(report);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (CheckpointException | UnusableModel wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        } finally {
            ModelDirectory.delete(unpacked);
        }
    }

    private static Path builtInModel(Path unpacked) throws IOException {
        Path directory = Files.createDirectory(unpacked.resolve("model"));
        BuiltInModel.copyInto(directory);
        return directory;
    }

    private Path builtInEncoder(Path unpacked) throws IOException {
        Path directory = Files.createDirectory(unpacked.resolve("encoder"));
        if (!BuiltInModel.copyEncoderInto(directory)) {
            throw new ParameterException(
                    spec.commandLine(), "The application was built without its encoder; name one with --encoder.");
        }
        return directory;
    }
}
