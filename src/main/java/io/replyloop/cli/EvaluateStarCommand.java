package io.replyloop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.lab.recipe.DefaultModel;
import io.replyloop.lab.recipe.FirstStage;
import io.replyloop.lab.recipe.StarEvaluation;
import io.replyloop.platform.Json;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.UnusableModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates each stage of ranking, and all of them together, on the dev part of STAR. */
@Command(
        name = "evaluate-star",
        description = "Ranks the replies of the dialogue's own tasks for each pick of STAR's dev part; prints JSON.",
        mixinStandardHelpOptions = true)
final class EvaluateStarCommand implements Callable<Integer> {

    private static final long SEED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Directory that holds star/.")
    private Path data;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Cross-encoder; without one, only the first stage is measured.")
    private Path model;

    @Option(names = "--encoder", paramLabel = "DIR", description = "Encoder of texts; without one, words alone.")
    private Path encoder;

    @Option(
            names = "--limit",
            defaultValue = "2147483647",
            description = "Measures a random sample of this many picks.")
    private int limit;

    @Option(
            names = "--unseen",
            description =
                    "Measures only the tasks that one network of the recipe never sees, with no memory of them: how"
                            + " the model performs on the replies of an unknown team.")
    private boolean unseen;

    @Mixin
    private DeviceArguments network;

    @Override
    public Integer call() throws IOException {
        PrintWriter log = spec.commandLine().getErr();
        try {
            Corpora corpora = Corpora.open(data);
            KnowledgeBase replies = corpora.knowledgeBase();
            Set<String> tasks = DefaultModel.UNSEEN_TASKS;
            List<Dialogue> measured = unseen ? Corpora.only(corpora.dev(), tasks) : corpora.dev();
            List<Dialogue> known = new ArrayList<>(corpora.train());
            known.addAll(corpora.ownDev());
            if (unseen) {
                known = Corpora.without(known, tasks);
            }
            List<Pick> picks = StarEvaluation.sample(Pick.of(measured, DefaultModel.CONTEXT_TURNS), limit, SEED);
            StarEvaluation.Result result;
            CrossEncoderOptions options = network.options();
            try (Encoder meanings = encoder == null ? null : Encoder.open(encoder, options);
                    FirstStage firstStage = new FirstStage(
                            replies,
                            Pick.of(known, DefaultModel.CONTEXT_TURNS),
                            meanings == null ? null : new CachedVectors(meanings::embed));
                    CrossEncoder judge = model == null ? null : CrossEncoder.open(model, options)) {
                boolean combined = model != null && Files.isRegularFile(model.resolve(FinalScore.FILE));
                result = StarEvaluation.figures(
                        StarEvaluation.candidates(picks, replies, firstStage, judge, done -> {
                            log.printf("%,d of %,d picks%n", done, picks.size());
                            log.flush();
                        }),
                        model != null,
                        combined ? FinalScore.of(model) : null);
            }
            ObjectNode json = Json.PRETTY.createObjectNode();
            json.put("part", "star/dev");
            if (unseen) {
                json.set(
                        "tasks",
                        Json.PRETTY.valueToTree(
                                new LinkedHashSet<>(tasks.stream().sorted().toList())));
            }
            json.setAll((ObjectNode) Json.PRETTY.valueToTree(result));
            spec.commandLine().getOut().println(Json.PRETTY.writeValueAsString(json));
            return 0;
        } catch (CheckpointException | UnusableModel wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
