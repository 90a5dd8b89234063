package io.replyloop.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.BagOfWords;
import io.replyloop.bert.BertConfig;
import io.replyloop.bert.CrossEncoder;
import io.replyloop.bert.CrossEncoderOptions;
import io.replyloop.bert.FineTuner;
import io.replyloop.bert.FineTuningListener;
import io.replyloop.bert.FineTuningOptions;
import io.replyloop.bert.FineTuningProgress;
import io.replyloop.bert.FreshNetwork;
import io.replyloop.bert.HalfPrecision;
import io.replyloop.bert.Head;
import io.replyloop.bert.Impression;
import io.replyloop.bert.ImpressionTrainer;
import io.replyloop.bert.Loss;
import io.replyloop.bert.MaskedText;
import io.replyloop.bert.Precision;
import io.replyloop.bert.Pretrainer;
import io.replyloop.bert.PretrainingListener;
import io.replyloop.bert.PretrainingOptions;
import io.replyloop.bert.TrainingExample;
import io.replyloop.bert.WordPieceVocabulary;
import io.replyloop.knowledge.TurnMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The recipe of the model that the product starts with. Word embeddings by a linear model, masked language modelling on
 * all the text, then picks of replies in two stages: contexts read once for all the replies of an impression, which is
 * cheap, and real pairs, which make a cross-encoder of it. A first turn of both never sees some tasks, so that what it
 * makes of them tells how it will do on a team's own replies; a second turn goes on with all of them. Each stage that is
 * done leaves its directory and is not done again.
 */
public final class DefaultModel {

    /** Tasks that the first turn must not see. */
    public static final Set<String> UNSEEN_TASKS =
            Set.of("doctor_followup", "hotel_service_request", "party_rsvp", "ride_status", "spaceship_life_support");

    /** Turns of a conversation that the cross-encoder reads at most. */
    public static final int CONTEXT_TURNS = 12;

    /**
     * What it may cost.
     *
     * @param pretrainingSteps of 4,096 tokens
     * @param unseenPasses over the picks of the tasks that may be seen, contexts shared
     * @param unseenPairs picks of those that are then learned from in pairs
     * @param rounds passes over the picks of all tasks, contexts shared, each with a learning rate that rises and falls
     * @param taughtPasses passes over the picks of all tasks with a teacher's opinion of each reply beside the pick
     * @param pairs picks that the last stage learns from; beyond the picks there are, each comes again with other
     *     negatives
     */
    public record Effort(
            int pretrainingSteps,
            int unseenPasses,
            int unseenPairs,
            int rounds,
            int taughtPasses,
            int pairs,
            Precision precision,
            int threads) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VOCABULARY = 11_000;
    private static final int LAYERS = 2;
    private static final int HIDDEN = 256;
    private static final int HEADS = 4;
    private static final int INTERMEDIATE = 1024;
    private static final int POSITIONS = 128;
    private static final double DROPOUT = 0.1;
    private static final int WORD_EPOCHS = 3;
    private static final int TOKENS_PER_STEP = 4_096;
    /** More than BERT's 0.15 in the last turn: the network is to learn which replies follow. */
    private static final double REPLY_MASKING = 0.3;

    private static final PairSampler.Negatives CHOICES = new PairSampler.Negatives(3, 5, 1);
    private static final PairSampler.Negatives TAUGHT_CHOICES = new PairSampler.Negatives(4, 7, 1);
    private static final PairSampler.Negatives NEGATIVES = new PairSampler.Negatives(2, 1, 0);
    private static final double TOPIC_WEIGHT = 0.5;
    /**
     * On STAR the words of a reply say next to nothing beside a network that knows every reply; on a team's first day
     * there is nothing else to go by.
     */
    private static final double LEAST_WEIGHT_OF_WORDS = 1;

    private static final double LATER_RATE = 7e-4;
    /** What the teacher's opinion counts; the rest is the pick's. */
    private static final double TEACHERS_SHARE = 0.5;

    private static final double UNREAD = 0.1;
    /** Of each other corpus, one impression for so many picks. */
    private static final int PICKS_PER_OTHER = 30;

    private static final int OTHER_NEGATIVES = 2;
    private static final int STOPPING_PICKS = 120;
    private static final int UNSEEN_PICKS = 400;
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
        List<String> topics = topics();
        Path tokenizer = once("tokenizer", this::learnVocabulary);
        Path words = once("words", directory -> teachWords(tokenizer, directory, topics));
        Path pretrained =
                effort.pretrainingSteps == 0 ? words : once("pretrained", directory -> pretrain(words, directory));
        Path unseen = once("choices-without-unseen-tasks", directory -> {
            Path base = copy(pretrained, work.resolve("choices-base"));
            Head.replace(base, topics);
            choose(base, directory, picks(UNSEEN_TASKS, effort.unseenPasses, 1e-3, SEED));
        });
        Path unseenPairs = once(
                "pairs-without-unseen-tasks",
                directory -> fineTune(unseen, directory, UNSEEN_TASKS, effort.unseenPairs, SEED));
        once("figures-of-unseen-tasks", directory -> measureUnseen(unseenPairs, directory));
        Path choices = unseen;
        for (int round = 1; round <= effort.rounds; round++) {
            Path before = choices;
            long seed = SEED + 100L * round;
            double rate = round == 1 ? 1e-3 : LATER_RATE;
            choices = once("choices-" + round, directory -> choose(before, directory, picks(Set.of(), 1, rate, seed)));
        }
        Path untaught = choices;
        Path chosen = effort.taughtPasses == 0
                ? choices
                : once("choices-with-teacher", directory -> {
                    Path base = copy(untaught, work.resolve("choices-with-teacher-base"));
                    Head.keepFirst(base, topics);
                    choose(base, directory, taught());
                });
        Path pairs = once("pairs", directory -> fineTune(chosen, directory, Set.of(), effort.pairs, SEED + 200));
        finish(pairs, out);
    }

    /** Copies a fine-tuned model, weighs the stages of ranking on the own dev part, and halves the weights. */
    public void finish(Path model, Path out) throws IOException {
        copy(model, out);
        HalfPrecision.halve(out);
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

    void learnVocabulary(Path out) throws IOException {
        Path partial = Files.createDirectories(out.resolveSibling(out.getFileName() + ".partial"));
        WordPieceVocabulary.learn(
                        corpora.text(Set.of()).stream().flatMap(List::stream).iterator(),
                        VOCABULARY,
                        2,
                        WordPieceVocabulary.commonChineseCharacters())
                .write(partial, POSITIONS);
        Files.move(partial, out);
    }

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
                .put("hidden_dropout_prob", DROPOUT)
                .put("attention_probs_dropout_prob", DROPOUT)
                .put("layer_norm_eps", 1e-12)
                .put("initializer_range", 0.02)
                .put("pad_token_id", 0));
    }

    /** The labels of the head while it learns choices: the first is whether a reply fits, then the labels of STAR. */
    private List<String> topics() throws IOException {
        List<String> topics = new ArrayList<>(List.of("fits"));
        Pick.of(corpora.train(), CONTEXT_TURNS).stream()
                .map(Pick::label)
                .distinct()
                .sorted()
                .forEach(topics::add);
        return topics;
    }

    /**
     * Word embeddings that tell picks and intents apart, before the network above them learns anything: measured, they
     * alone guess more than half of the labels.
     */
    private void teachWords(Path tokenizer, Path out, List<String> topics) throws IOException {
        List<TrainingExample> examples = new ArrayList<>();
        for (Pick pick : Pick.of(Corpora.without(corpora.train(), UNSEEN_TASKS), CONTEXT_TURNS)) {
            examples.add(new TrainingExample(pick.query(), "", topics.indexOf(pick.label()), null));
        }
        int next = topics.size();
        for (Map<String, List<String>> corpus : corpora.intents().values()) {
            for (List<String> questions : corpus.values()) {
                for (String question : questions) {
                    examples.add(new TrainingExample(TurnMark.CUSTOMER.before(question), "", next, null));
                }
                next++;
            }
        }
        Path partial = out.resolveSibling(out.getFileName() + ".partial");
        int vocabulary = Files.readAllLines(tokenizer.resolve("vocab.txt")).size();
        FreshNetwork.write(shape(vocabulary), tokenizer, partial, SEED);
        double right = BagOfWords.teach(partial, examples, WORD_EPOCHS, SEED);
        log.accept(String.format(Locale.ROOT, "bag of words: %.1f %% right", 100 * right));
        Files.move(partial, out);
    }

    private void pretrain(Path words, Path out) throws IOException {
        MaskedText masked = MaskedText.of(
                corpora.text(UNSEEN_TASKS),
                words,
                new MaskedText.Options(POSITIONS, MaskedText.Options.BERT_SHARE, REPLY_MASKING, SEED));
        Pretrainer.run(
                words,
                null,
                words,
                masked.steps(TOKENS_PER_STEP),
                out,
                new PretrainingOptions(
                        1e-3,
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

    private record Course(List<Impression> train, List<Impression> dev, double rate, long seed) {}

    /** Picks as they are: one reply of each impression fits. */
    private Course picks(Set<String> without, int passes, double rate, long seed) throws IOException {
        return course(without, CHOICES, 0, passes, rate, seed, Map.of());
    }

    /** Picks of all tasks, contexts with a few words left out, and what a teacher holds of each reply. */
    private Course taught() throws IOException {
        Map<String, Map<String, Double>> opinions =
                new Teacher(corpora.knowledgeBase()).opinions(Pick.of(corpora.train(), CONTEXT_TURNS), SEED);
        return course(Set.of(), TAUGHT_CHOICES, UNREAD, effort.taughtPasses, LATER_RATE, SEED + 1_000, opinions);
    }

    private Course course(
            Set<String> without,
            PairSampler.Negatives negatives,
            double unread,
            int passes,
            double rate,
            long seed,
            Map<String, Map<String, Double>> opinions)
            throws IOException {
        List<String> topics = topics();
        KnowledgeBase replies = corpora.knowledgeBase().without(without);
        List<Pick> picks = Pick.of(Corpora.without(corpora.train(), without), CONTEXT_TURNS);
        List<Pick> held = StarEvaluation.sample(
                Pick.of(Corpora.without(corpora.ownDev(), without), CONTEXT_TURNS), STOPPING_PICKS, SEED);
        List<Impression> train = new ArrayList<>();
        try (FirstStage firstStage = new FirstStage(replies, picks)) {
            PairSampler sampler = new PairSampler(replies, firstStage, negatives, unread);
            for (int pass = 0; pass < passes; pass++) {
                Map<String, Integer> topicOf = new HashMap<>();
                Map<String, Map<String, Double>> shares = new HashMap<>();
                for (Pick pick : picks) {
                    String group = PairSampler.group(pick, pass);
                    topicOf.put(group, topics.indexOf(pick.label()) - 1);
                    if (opinions.getOrDefault(pick.group(), Map.of()).containsKey(pick.label())) {
                        shares.put(group, replies.byText(pick.tasks(), opinions.get(pick.group())));
                    }
                }
                List<TrainingExample> pairs = new ArrayList<>(sampler.picks(picks, pass, seed));
                pairs.addAll(others(picks.size() / PICKS_PER_OTHER, seed + pass));
                List<Impression> impressions =
                        new ArrayList<>(PairSampler.impressions(pairs, topicOf, shares, TEACHERS_SHARE));
                Collections.shuffle(impressions, new Random(seed + pass));
                train.addAll(impressions);
            }
            Map<String, Integer> topicOf = new HashMap<>();
            held.forEach(pick -> topicOf.put("star/" + pick.group(), topics.indexOf(pick.label()) - 1));
            List<Impression> dev = PairSampler.impressions(sampler.whole(held), topicOf, Map.of(), 0);
            return new Course(train, dev, rate, seed);
        }
    }

    private void choose(Path base, Path out, Course course) {
        log.accept(course.train.size() + " impressions");
        FineTuningOptions options = FineTuningOptions.defaults().toBuilder()
                .learningRate(course.rate)
                .batchSize(32)
                .maxLength(POSITIONS)
                .warmupShare(0.04)
                .seed(course.seed)
                .precision(effort.precision)
                .threads(effort.threads)
                .evaluateEvery(200)
                .build();
        ImpressionTrainer.run(base, course.train, course.dev, TOPIC_WEIGHT, out, options, progress());
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

    void fineTune(Path choices, Path out, Set<String> without, int impressions, long seed) throws IOException {
        Path base = copy(choices, work.resolve(out.getFileName() + "-base"));
        Head.keepFirst(base);
        if (impressions == 0) {
            Files.move(base, out);
            return;
        }
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
                .learningRate(2e-4)
                .batchSize(96)
                .epochs(1)
                .maxLength(POSITIONS)
                .warmupShare(0.06)
                .loss(Loss.LIST_WISE)
                .seed(seed)
                .precision(effort.precision)
                .threads(effort.threads)
                .evaluateEvery(100)
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

    /** BM25 and the cross-encoder on tasks that it has not seen; no memory of them either. */
    private void measureUnseen(Path model, Path out) throws IOException {
        KnowledgeBase replies = corpora.knowledgeBase();
        List<Pick> picks = Pick.of(Corpora.only(corpora.dev(), UNSEEN_TASKS), CONTEXT_TURNS);
        Files.createDirectories(out);
        if (picks.isEmpty()) {
            return;
        }
        List<Pick> known = Pick.of(Corpora.without(corpora.train(), UNSEEN_TASKS), CONTEXT_TURNS);
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.AUTO, "auto", 0, effort.threads);
        try (FirstStage firstStage = new FirstStage(replies, known);
                CrossEncoder encoder = CrossEncoder.open(model, options)) {
            StarEvaluation.Result result = StarEvaluation.figures(
                    StarEvaluation.candidates(
                            StarEvaluation.sample(picks, UNSEEN_PICKS, SEED), replies, firstStage, encoder, done -> {}),
                    true,
                    null);
            log.accept("tasks that were left out: " + result);
            JSON.writeValue(out.resolve("figures.json").toFile(), result);
        }
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
        List<Pick> picks = Pick.of(corpora.ownDev(), CONTEXT_TURNS);
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.AUTO, "auto", 0, effort.threads);
        try (FirstStage firstStage = new FirstStage(replies, Pick.of(corpora.train(), CONTEXT_TURNS));
                CrossEncoder encoder = CrossEncoder.open(model, options)) {
            List<List<FinalScore.Candidate>> impressions = StarEvaluation.candidates(
                    picks, replies, firstStage, encoder, done -> log.accept("weighed " + done + " picks"));
            FinalScore score = FinalScore.fit(impressions, withAndWithoutMemory(impressions))
                    .withWordsAtLeast(LEAST_WEIGHT_OF_WORDS);
            log.accept("own dev part: " + StarEvaluation.figures(impressions, true, score));
            return score;
        }
    }
}
