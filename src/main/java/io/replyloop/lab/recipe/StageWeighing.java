package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
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
 * Weighs the stages of ranking for a model, on moments that it has not learned from: beside a full memory, as teams meet
 * it on their first day, when nothing has been answered and the network has never seen a reply, on the days between, and
 * where no reply fits. Without the first day it would be sure that none of a new team's replies fits.
 */
public final class StageWeighing {
    /** Of which corpus the intents are a team; banking77's questions are for measuring alone. */
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

    /** @param unseen a network that has never seen {@link DefaultModel#UNSEEN_TASKS}, or null where there is none */
    public FinalScore weigh(Path model, Path unseen) throws IOException {
        if (encoderDirectory == null) {
            return weighAll(model, unseen, null);
        }
        CrossEncoderOptions reading = new CrossEncoderOptions(Precision.AUTO, options.device(), 0, options.threads());
        try (Encoder encoder = Encoder.open(encoderDirectory, reading)) {
            return weighAll(model, unseen, new EncoderVectors(encoder));
        }
    }

    private FinalScore weighAll(Path model, Path unseen, EncoderVectors vectors) throws IOException {
        List<List<Candidate>> besideMemory;
        List<List<Candidate>> shop;
        List<List<List<Candidate>>> teams = new ArrayList<>();
        try (CrossEncoder encoder = CrossEncoder.open(model, options)) {
            besideMemory = besideMemory(encoder, vectors);
            shop = candidates(DemoShop.picks(), DemoShop.replies(), List.of(), encoder, vectors);
            Map<String, List<String>> questions = corpora.intents().get(INTENTS);
            if (vectors != null && questions != null) {
                teams.addAll(WeighedTeams.of(questions, vectors, encoder).moments());
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
        log.accept("own dev part: " + StarEvaluation.figures(besideMemory, true, score));
        if (!firstDay.isEmpty()) {
            log.accept("first day, unseen tasks: " + StarEvaluation.figures(firstDay, true, score));
        }
        log.accept("first day, shop, not fitted: " + StarEvaluation.figures(shop, true, score));
        return score;
    }

    /** The own dev part, with a memory of the rest of the training part. */
    private List<List<Candidate>> besideMemory(CrossEncoder encoder, EncoderVectors vectors) throws IOException {
        return candidates(
                Pick.of(corpora.ownDev(), DefaultModel.CONTEXT_TURNS),
                corpora.knowledgeBase(),
                Pick.of(corpora.train(), DefaultModel.CONTEXT_TURNS),
                encoder,
                vectors);
    }

    private List<List<Candidate>> firstDay(CrossEncoder unseen, EncoderVectors vectors) throws IOException {
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
            List<Pick> picks,
            KnowledgeBase replies,
            List<Pick> answered,
            CrossEncoder encoder,
            EncoderVectors vectors) {
        try (FirstStage firstStage = new FirstStage(replies, answered, vectors)) {
            return StarEvaluation.candidates(
                    picks, replies, firstStage, encoder, done -> log.accept("weighed " + done + " picks"));
        }
    }

    /** BM25 and the cross-encoder on the dev part's tasks that it has not seen; no memory of them either. */
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
            log.accept("tasks that were left out: " + result);
            Json.MAPPER.writeValue(out.resolve("figures.json").toFile(), result);
        }
    }
}
