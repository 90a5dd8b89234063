package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.DemoShop;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.lab.recipe.FinalScoreFit.Candidate;
import io.replyloop.platform.Json;
import io.replyloop.ranking.FinalScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Fits the final score of a model on impressions that it was not trained on: with a full memory; as on a team's first day,
 * with an empty memory and replies that the network has never seen; in between; and without a fitting reply. Without the
 * first day, the score would be confident that none of a new team's replies fits.
 */
public final class StageWeighing {
    /** The corpus whose intents are the simulated teams; banking77 is kept for measurements. */
    private static final String INTENTS = "clinc150";

    private static final int UNSEEN_PICKS = 400;
    private static final int FIRST_DAY_PICKS = 1_500;

    private final Corpora corpora;
    private final CrossEncoderOptions options;
    private final Path encoderDirectory;
    private final Consumer<String> log;

    /** @param encoder of texts; null for a product without one */
    public StageWeighing(Corpora corpora, CrossEncoderOptions options, Path encoder, Consumer<String> log) {
        this.corpora = corpora;
        this.options = options;
        encoderDirectory = encoder;
        this.log = log;
    }

    /** @param unseen a network that has never seen {@link DefaultModel#UNSEEN_TASKS}; null if there is none */
    public FinalScore weigh(Path model, Path unseen) throws IOException {
        if (encoderDirectory == null) {
            return weighAll(model, unseen, null);
        }
        CrossEncoderOptions reading = new CrossEncoderOptions(Precision.AUTO, options.device(), 0, options.threads());
        try (Encoder encoder = Encoder.open(encoderDirectory, reading)) {
            return weighAll(model, unseen, new CachedVectors(encoder::embed));
        }
    }

    private FinalScore weighAll(Path model, Path unseen, CachedVectors vectors) throws IOException {
        List<List<Candidate>> besideMemory;
        List<List<Candidate>> shop;
        List<List<List<Candidate>>> teams = new ArrayList<>();
        try (CrossEncoder encoder = CrossEncoder.open(model, options)) {
            besideMemory = besideMemory(encoder, vectors);
            shop = candidates(DemoShop.picks(), DemoShop.replies(), List.of(), encoder, vectors);
            Map<String, List<String>> questions = corpora.intents().get(INTENTS);
            if (vectors != null && questions != null) {
                teams.addAll(SimulatedTeams.of(questions, vectors, encoder).moments());
            }
        }
        List<List<Candidate>> firstDay = new ArrayList<>();
        if (unseen != null) {
            try (CrossEncoder encoder = CrossEncoder.open(unseen, options)) {
                firstDay.addAll(firstDay(encoder, vectors));
            }
        }
        teams.add(besideMemory);
        teams.add(firstDay);
        FinalScore score = FinalScoreFit.ofTeams(teams);
        log.accept("held-out part of the training data: " + StarEvaluation.figures(besideMemory, true, score));
        if (!firstDay.isEmpty()) {
            log.accept("first day, unseen tasks: " + StarEvaluation.figures(firstDay, true, score));
        }
        log.accept("first day, demo shop, not used for fitting: " + StarEvaluation.figures(shop, true, score));
        return score;
    }

    /** The held-out part of the training data, with a memory of the rest. */
    private List<List<Candidate>> besideMemory(CrossEncoder encoder, CachedVectors vectors) throws IOException {
        return candidates(
                Pick.of(corpora.ownDev(), DefaultModel.CONTEXT_TURNS),
                corpora.knowledgeBase(),
                Pick.of(corpora.train(), DefaultModel.CONTEXT_TURNS),
                encoder,
                vectors);
    }

    private List<List<Candidate>> firstDay(CrossEncoder unseen, CachedVectors vectors) throws IOException {
        List<Pick> picks =
                Pick.of(Corpora.only(corpora.train(), DefaultModel.UNSEEN_TASKS), DefaultModel.CONTEXT_TURNS);
        return candidates(
                StarEvaluation.sample(picks, FIRST_DAY_PICKS, DefaultModel.SEED),
                corpora.knowledgeBase(),
                List.of(),
                unseen,
                vectors);
    }

    private List<List<Candidate>> candidates(
            List<Pick> picks, KnowledgeBase replies, List<Pick> answered, CrossEncoder encoder, CachedVectors vectors) {
        try (FirstStage firstStage = new FirstStage(replies, answered, vectors)) {
            return StarEvaluation.candidates(
                    picks, replies, firstStage, encoder, done -> log.accept("scored " + done + " picks"));
        }
    }

    /** Measures BM25 and the cross-encoder on the unseen tasks of the dev part, of which the memory knows nothing either. */
    void measureUnseen(Path model, Path out) throws IOException {
        List<Pick> picks = Pick.of(Corpora.only(corpora.dev(), DefaultModel.UNSEEN_TASKS), DefaultModel.CONTEXT_TURNS);
        List<Pick> known =
                Pick.of(Corpora.without(corpora.train(), DefaultModel.UNSEEN_TASKS), DefaultModel.CONTEXT_TURNS);
        Files.createDirectories(out);
        if (picks.isEmpty()) {
            return;
        }
        try (CrossEncoder encoder = CrossEncoder.open(model, options)) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    candidates(
                            StarEvaluation.sample(picks, UNSEEN_PICKS, DefaultModel.SEED),
                            corpora.knowledgeBase(),
                            known,
                            encoder,
                            null),
                    true,
                    null);
            log.accept("unseen tasks: " + result);
            Json.MAPPER.writeValue(out.resolve("figures.json").toFile(), result);
        }
    }
}
