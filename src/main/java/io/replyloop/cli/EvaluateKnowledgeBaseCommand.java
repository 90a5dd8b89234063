package io.replyloop.cli;

import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.evaluation.KnowledgeBaseEvaluation;
import io.replyloop.model.BuiltInModel;
import io.replyloop.model.ModelDirectory;
import io.replyloop.ranking.UnusableModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates suggestions on a team's own data. */
@Command(
        name = "evaluate-knowledge-base",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the suggestions for a knowledge base and its questions: on the first day and after several"
                    + " numbers of decisions, for new replies, and where no reply exists, beside BM25 and other"
                    + " baselines.",
            "Uses the product's own retrieval, ranking and shortlist within the product's time limit, so other work on"
                    + " the machine makes the figures worse. Prints a table; writes JSON and a plot to --out."
        })
final class EvaluateKnowledgeBaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kb",
            required = true,
            paramLabel = "FILE",
            description = "Replies: any file that can be imported (JSONL, CSV, Markdown), plain or gzipped")
    private Path replies;

    @Option(
            names = "--dialogues",
            required = true,
            paramLabel = "FILE",
            description = "JSONL of dialogues as for replay ({events: [{by, text, picked}], tasks}), or of"
                    + " {question, reply}, where reply is a label or a title, or a knowledge base with questions")
    private Path questions;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Cross-encoder with its ranking.json; default: the one that comes with the application")
    private Path model;

    @Option(
            names = "--encoder",
            paramLabel = "DIR",
            description =
                    "Encoder of texts for the product and for the baselines on its frozen vectors: cosine, nearest"
                            + " answered questions, logistic regression; default: the one that comes with the application")
    private Path encoder;

    @Option(names = "--out", paramLabel = "DIR", description = "For evaluation.json and evaluation.svg; default: here")
    private Path out = Path.of(".");

    @Option(
            names = "--decisions",
            split = ",",
            paramLabel = "N",
            defaultValue = "0,50,200,1000",
            description = "Numbers of decisions after which to measure; default: ${DEFAULT-VALUE}")
    private List<Integer> decisions;

    @Option(
            names = "--rounds",
            defaultValue = "6",
            description =
                    "Rounds of six-fold cross-validation, each with a different sixth of the questions and another"
                            + " order of decisions; default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--questions",
            defaultValue = "200",
            description = "Maximum number of questions per round; default: ${DEFAULT-VALUE}")
    private int most;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all shuffling; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--training-run",
            split = ",",
            paramLabel = "N",
            description = "Also trains the model after these numbers of decisions, which must be among --decisions, and"
                    + " measures again; each run takes minutes. The targets are for 200,1000")
    private List<Integer> trainingRuns = new ArrayList<>();

    @Option(
            names = "--training-rounds",
            defaultValue = "2",
            description = "Number of rounds with training runs; default: ${DEFAULT-VALUE}")
    private int trainingRounds;

    @Option(
            names = "--unanswered",
            paramLabel = "FILE",
            description =
                    "JSONL of {question} without a reply, of which 300 are asked, in addition to thanks, greetings"
                            + " and goodbyes")
    private Path unanswered;

    @Option(
            names = "--new-replies",
            paramLabel = "FILE",
            description = "Replies published after the decisions; default: some of the knowledge base's own")
    private Path newReplies;

    @Option(
            names = "--new-questions",
            paramLabel = "FILE",
            description = "JSONL of {question, reply} about the new replies")
    private Path newQuestions;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "LABEL",
            description = "Labels of replies to leave out with their questions")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--seeded",
            description =
                    "The questions in the knowledge base file are known from the first day on, as after an import;"
                            + " otherwise they are ignored")
    private boolean seeded;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "Time limit for ranking, such as PT5S, instead of the product's")
    private Duration budget;

    @Option(names = "--threads", defaultValue = "0", description = "For a training run; 0 is all cores (default)")
    private int threads;

    @Mixin
    private TorchScriptPermission permission;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || most < 1 || decisions.stream().anyMatch(count -> count < 0)) {
            throw new ParameterException(spec.commandLine(), "rounds, questions and decisions must not be negative");
        }
        PrintWriter log = spec.commandLine().getErr();
        Path unpacked = Files.createTempDirectory("replyloop-model");
        Path read = encoder == null ? builtInEncoder(unpacked) : encoder;
        try (Encoder vectors = read == null ? null : Encoder.open(read, asServing())) {
            KnowledgeBaseEvaluation.Plan plan = new KnowledgeBaseEvaluation.Plan(
                    model == null ? builtInModel(unpacked) : model,
                    read,
                    vectors == null ? null : vectors::embed,
                    budget,
                    decisions,
                    rounds,
                    most,
                    seed,
                    trainingRuns,
                    trainingRounds,
                    seeded,
                    threads);
            KnowledgeBaseEvaluation.Files files = new KnowledgeBaseEvaluation.Files(
                    replies, questions, new LinkedHashSet<>(without), unanswered, newReplies, newQuestions);
            try (KnowledgeBaseEvaluation evaluation = new KnowledgeBaseEvaluation(files, plan, line -> {
                log.println(line);
                log.flush();
            })) {
                spec.commandLine().getOut().print(evaluation.run(out));
                spec.commandLine().getOut().flush();
            }
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

    private static CrossEncoderOptions asServing() {
        CrossEncoderOptions usual = CrossEncoderOptions.defaults();
        return new CrossEncoderOptions(
                Encoder.whereSomebodyWaits(Precision.AUTO, usual.device()),
                usual.device(),
                usual.maxLength(),
                usual.threads());
    }

    private static Path builtInEncoder(Path unpacked) throws IOException {
        Path directory = Files.createDirectory(unpacked.resolve("encoder"));
        return BuiltInModel.copyEncoderInto(directory) ? directory : null;
    }
}
