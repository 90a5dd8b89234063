package io.replyloop.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.BagOfWords;
import io.replyloop.bert.BertConfig;
import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.CrossEncoderOptions;
import io.replyloop.bert.FineTuner;
import io.replyloop.bert.FineTuningListener;
import io.replyloop.bert.FineTuningOptions;
import io.replyloop.bert.FineTuningProgress;
import io.replyloop.bert.HalfPrecision;
import io.replyloop.bert.Head;
import io.replyloop.bert.Loss;
import io.replyloop.bert.MaskedText;
import io.replyloop.bert.Precision;
import io.replyloop.bert.Pretrainer;
import io.replyloop.bert.PretrainingListener;
import io.replyloop.bert.PretrainingOptions;
import io.replyloop.bert.TrainingExample;
import io.replyloop.bert.WordPieceVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The recipe of the model that the product starts with: a vocabulary and masked language modelling on all the text, then
 * fine-tuning on impressions in two stages. The first stage never sees some tasks, so that what it makes of them tells
 * how it will do on a team's own replies; the second stage goes on with all of them. Each stage that is done leaves its
 * directory and is not done again.
 */
public final class DefaultModel {

    /** Tasks that the first stage must not see. */
    public static final Set<String> UNSEEN_TASKS =
            Set.of("doctor_followup", "hotel_service_request", "party_rsvp", "ride_status", "spaceship_life_support");

    /** Turns of a conversation that the cross-encoder reads at most. */
    public static final int CONTEXT_TURNS = 6;

    /**
     * What it may cost.
     *
     * @param pretrainingSteps of 4,096 tokens
     * @param labelEpochs times over the picks with their labels as classes
     * @param unseenImpressions picks that the stage without the unseen tasks learns from
     * @param impressions picks that the last stage learns from; beyond the picks there are, each comes again with other
     *     negatives
     */
    public record Effort(
            int pretrainingSteps,
            int labelEpochs,
            int unseenImpressions,
            int impressions,
            Precision precision,
            int threads) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VOCABULARY = 11_000;
    private static final int LAYERS = 2;
    private static final int HIDDEN = 128;
    private static final int HEADS = 2;
    private static final int INTERMEDIATE = 512;
    private static final int POSITIONS = 128;
    private static final int WORD_EPOCHS = 3;
    private static final int TRAINING_LENGTH = 96;
    private static final int TOKENS_PER_STEP = 4_096;
    /** More than BERT's 0.15 in the last turn: the network is to learn which replies follow. */
    private static final double REPLY_MASKING = 0.3;

    private static final PairSampler.Negatives NEGATIVES = new PairSampler.Negatives(1, 1, 1);
    /** Of each other corpus, one impression for so many picks. */
    private static final int PICKS_PER_OTHER = 20;

    private static final int OTHER_NEGATIVES = 2;
    private static final int STOPPING_PICKS = 100;
    private static final int WEIGHING_PICKS = 600;
    private static final long SEED = 42;

    private final Corpora corpora;
    private final Path work;
    private final Effort effort;
    private final Consumer<String> log;

    /** @param work directory for what the stages leave */
    public DefaultModel(Corpora corpora, Path work, Effort effort, Consumer<String> log) {
        this.corpora = corpora;
        this.work = work;
        this.effort = effort;
        this.log = log;
    }

    /** Makes the model; {@code out} must not exist. */
    public void make(Path out) throws IOException {
        Files.createDirectories(work);
        Path pretrained = once("pretrained", this::pretrain);
        Path labels = once("labels", directory -> classify(pretrained, directory));
        Path unseen = once(
                "without-unseen-tasks",
                directory -> fineTune(labels, directory, UNSEEN_TASKS, effort.unseenImpressions, SEED));
        Path all = once("all-tasks", directory -> fineTune(unseen, directory, Set.of(), effort.impressions, SEED + 1));
        finish(all, out);
    }

    /** Copies a fine-tuned model, weighs the stages of ranking on the own dev part, and halves the weights. */
    public void finish(Path model, Path out) throws IOException {
        copy(model, out);
        HalfPrecision.halve(out);
        ObjectNode config =
                (ObjectNode) JSON.readTree(out.resolve("config.json").toFile());
        config.put("hidden_dropout_prob", 0.1).put("attention_probs_dropout_prob", 0.1);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve("config.json").toFile(), config);
        fit(out).write(out);
    }

    private interface Stage {
        void run(Path directory) throws IOException;
    }

    private Path once(String name, Stage stage) throws IOException {
        Path directory = work.resolve(name);
        if (Files.isDirectory(directory)) {
            log.accept(name + ": done already in " + directory);
        } else {
            log.accept(name + ":");
            stage.run(directory);
        }
        return directory;
    }

    void pretrain(Path out) throws IOException {
        List<List<String>> text = corpora.text(Set.of());
        Path tokenizer = Files.createDirectories(work.resolve("tokenizer"));
        WordPieceVocabulary vocabulary = WordPieceVocabulary.learn(
                text.stream().flatMap(List::stream).iterator(),
                VOCABULARY,
                2,
                WordPieceVocabulary.commonChineseCharacters());
        vocabulary.write(tokenizer, POSITIONS);
        MaskedText masked = MaskedText.of(
                text, tokenizer, new MaskedText.Options(POSITIONS, MaskedText.Options.BERT_SHARE, REPLY_MASKING, SEED));
        Pretrainer.run(
                null,
                shape(vocabulary.size()),
                tokenizer,
                masked.steps(TOKENS_PER_STEP),
                out,
                new PretrainingOptions(
                        1.5e-3,
                        effort.pretrainingSteps,
                        0.05,
                        0.01,
                        1,
                        SEED,
                        effort.precision,
                        "auto",
                        effort.threads,
                        25,
                        200),
                new PretrainingListener() {
                    @Override
                    public void progress(Progress at) {
                        log.accept(String.format(
                                Locale.ROOT,
                                "step %d of %d  loss %.3f  right %.1f %%  %.0f tokens/s  left %s",
                                at.step(),
                                at.steps(),
                                at.loss(),
                                100 * at.accuracy(),
                                at.tokensPerSecond(),
                                at.left()));
                    }
                });
    }

    /** Few passes over the data leave nothing for dropout to prevent; {@link #finish} gives it back for later tuning. */
    private static BertConfig shape(int vocabulary) {
        return BertConfig.of(JSON.createObjectNode()
                .put("model_type", "bert")
                .put("vocab_size", vocabulary)
                .put("hidden_size", HIDDEN)
                .put("num_hidden_layers", LAYERS)
                .put("num_attention_heads", HEADS)
                .put("intermediate_size", INTERMEDIATE)
                .put("max_position_embeddings", POSITIONS)
                .put("type_vocab_size", 2)
                .put("hidden_act", "gelu")
                .put("hidden_dropout_prob", 0)
                .put("attention_probs_dropout_prob", 0)
                .put("layer_norm_eps", 1e-12)
                .put("initializer_range", 0.02)
                .put("pad_token_id", 0));
    }

    /**
     * Word embeddings that tell picks and intents apart, before the network above them learns anything: measured, they
     * alone guess 57 % of the labels in a first pass over the picks.
     */
    private void teachWords(Path model, List<TrainingExample> picks, int labels) throws IOException {
        List<TrainingExample> examples = new ArrayList<>(picks);
        int next = labels;
        for (Map<String, List<String>> corpus : corpora.intents().values()) {
            for (List<String> questions : corpus.values()) {
                for (String question : questions) {
                    examples.add(new TrainingExample(question, "", next, null));
                }
                next++;
            }
        }
        double right = BagOfWords.teach(model, examples, WORD_EPOCHS, SEED);
        log.accept(String.format(Locale.ROOT, "bag of words: %.1f %% right", 100 * right));
    }

    /**
     * One sequence per pick, the label of the picked reply as its class: four times cheaper than impressions, and the
     * quickest way to a network that tells one moment of a conversation from another. The head is then thrown away.
     */
    void classify(Path pretrained, Path out) throws IOException {
        List<Pick> picks = Pick.of(Corpora.without(corpora.train(), UNSEEN_TASKS), CONTEXT_TURNS);
        List<String> labels =
                picks.stream().map(Pick::label).distinct().sorted().toList();
        Map<String, Integer> classes = new HashMap<>();
        labels.forEach(label -> classes.put(label, classes.size()));
        List<TrainingExample> train = new ArrayList<>();
        for (Pick pick : picks) {
            train.add(new TrainingExample(pick.query(), "", classes.get(pick.label()), null));
        }
        List<TrainingExample> dev = new ArrayList<>();
        for (Pick pick : StarEvaluation.sample(Pick.of(corpora.ownDev(), CONTEXT_TURNS), STOPPING_PICKS, SEED)) {
            if (classes.containsKey(pick.label())) {
                dev.add(new TrainingExample(pick.query(), "", classes.get(pick.label()), null));
            }
        }
        Path base = copy(pretrained, work.resolve("labels-base"));
        Head.replace(base, labels);
        teachWords(base, train, labels.size());
        FineTuningOptions options = FineTuningOptions.defaults().toBuilder()
                .learningRate(1e-3)
                .batchSize(64)
                .epochs(effort.labelEpochs)
                .maxLength(80)
                .warmupShare(0.05)
                .loss(Loss.CROSS_ENTROPY)
                .seed(SEED)
                .precision(effort.precision)
                .threads(effort.threads)
                .evaluateEvery(200)
                .build();
        FineTuner.run(base, train, dev, out, options, progress());
        Head.replace(out, List.of());
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    void fineTune(Path base, Path out, Set<String> without, int impressions, long seed) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase().without(without);
        List<Pick> picks = Pick.of(Corpora.without(corpora.train(), without), CONTEXT_TURNS);
        List<Pick> stopping = StarEvaluation.sample(
                Pick.of(Corpora.without(corpora.ownDev(), without), CONTEXT_TURNS), STOPPING_PICKS, SEED);
        List<TrainingExample> train = new ArrayList<>();
        List<TrainingExample> dev;
        try (FirstStage firstStage = new FirstStage(replies, picks)) {
            PairSampler sampler = new PairSampler(replies, firstStage, NEGATIVES);
            for (int left = impressions, pass = 0; left > 0; left -= picks.size(), pass++) {
                train.addAll(sampler.picks(StarEvaluation.sample(picks, left, seed + pass), pass, seed));
            }
            train.addAll(others(impressions / PICKS_PER_OTHER, seed));
            dev = sampler.whole(stopping);
        }
        log.accept(train.size() + " pairs of " + picks.size() + " picks and other corpora");
        FineTuningOptions options = FineTuningOptions.defaults().toBuilder()
                .learningRate(8e-4)
                .batchSize(64)
                .epochs(1)
                .maxLength(TRAINING_LENGTH)
                .warmupShare(0.06)
                .loss(Loss.LIST_WISE)
                .seed(seed)
                .precision(effort.precision)
                .threads(effort.threads)
                .evaluateEvery(150)
                .build();
        FineTuner.run(base, train, dev, out, options, progress());
    }

    private FineTuningListener progress() {
        return new FineTuningListener() {
            @Override
            public void progress(FineTuningProgress at) {
                log.accept(String.format(
                        Locale.ROOT,
                        "step %d of %d  loss %.3f  %.0f pairs/s  left %s  %s",
                        at.step(),
                        at.steps(),
                        at.loss(),
                        at.pairsPerSecond(),
                        at.left(),
                        at.devMetrics()));
            }
        };
    }

    private List<TrainingExample> others(int limit, long seed) throws IOException {
        List<TrainingExample> examples = new ArrayList<>();
        for (Map.Entry<String, List<Dialogue>> corpus : corpora.otherDialogues().entrySet()) {
            examples.addAll(PairSampler.nextTurns(
                    corpus.getKey(), corpus.getValue(), limit, CONTEXT_TURNS, OTHER_NEGATIVES, seed));
        }
        for (Map.Entry<String, Map<String, List<String>>> corpus :
                corpora.intents().entrySet()) {
            examples.addAll(PairSampler.intents(corpus.getKey(), corpus.getValue(), limit, OTHER_NEGATIVES, seed));
        }
        return examples;
    }

    /** Each impression a second time as a team meets it on its first day, when nothing has been answered yet. */
    private static List<List<FinalScore.Candidate>> withAndWithoutMemory(List<List<FinalScore.Candidate>> impressions) {
        List<List<FinalScore.Candidate>> both = new ArrayList<>(impressions);
        for (List<FinalScore.Candidate> impression : impressions) {
            both.add(impression.stream()
                    .map(candidate ->
                            new FinalScore.Candidate(candidate.logit(), candidate.firstStage(), 0, candidate.fits()))
                    .toList());
        }
        return both;
    }

    /** Weighs the stages on the own dev part, with a memory of the rest of the training part. */
    private FinalScore fit(Path model) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = StarEvaluation.sample(Pick.of(corpora.ownDev(), CONTEXT_TURNS), WEIGHING_PICKS, SEED);
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.AUTO, "auto", 0, effort.threads);
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), CONTEXT_TURNS));
                CrossEncoder encoder = CrossEncoder.open(model, options)) {
            List<List<FinalScore.Candidate>> impressions = StarEvaluation.candidates(
                    picks, replies, firstStage, encoder, done -> log.accept("weighed " + done + " picks"));
            FinalScore score = FinalScore.fit(impressions, withAndWithoutMemory(impressions));
            log.accept("own dev part: " + StarEvaluation.figures(impressions, true, score));
            return score;
        }
    }
}
