package io.replyloop.lab.recipe;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.FreshNetwork;
import io.replyloop.bert.checkpoint.HalfPrecision;
import io.replyloop.bert.checkpoint.Head;
import io.replyloop.bert.checkpoint.WeightMean;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import io.replyloop.bert.training.BagOfWords;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.ImpressionTrainer;
import io.replyloop.bert.training.Loss;
import io.replyloop.bert.training.MaskedText;
import io.replyloop.bert.training.Pretrainer;
import io.replyloop.bert.training.PretrainingOptions;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.platform.Json;
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
 * The recipe of the model that the product starts with. Word embeddings by a linear model, masked language modelling on
 * all the text, then picks of replies in two steps: contexts read once for all the replies of an impression, which is
 * cheap, and real pairs, which make a cross-encoder of it. Teachers, made the same way from a part of the dialogues each,
 * say what they hold of the picks that they have not seen, and the model learns from that too. Beside it a network that
 * never sees some tasks tells how it will do on a team's own replies, and so how far to trust it there. Each stage that is
 * done leaves its directory and is not done again.
 */
public final class DefaultModel {

    /** Tasks that one network must not see. */
    public static final Set<String> UNSEEN_TASKS =
            Set.of("doctor_followup", "hotel_service_request", "party_rsvp", "ride_status", "spaceship_life_support");

    /** Turns of a conversation that the cross-encoder reads at most. */
    public static final int CONTEXT_TURNS = 12;

    static final long SEED = 42;

    /**
     * What it may cost.
     *
     * @param dropout of the network while it learns
     * @param pretrainingSteps of 32,768 tokens
     * @param unseenPasses over the picks of the tasks that may be seen by the network that tells how others will do, and
     *     by which the stages are weighed for a team's first day; 0 leaves it out
     * @param teachers how many; 0 is a model that learns from the picks alone
     * @param teacherPasses over the picks that a teacher may see
     * @param teachersShare what the teachers' opinion counts; the rest is the pick's
     * @param passes over all picks, contexts shared
     * @param pairs picks that are learned from after that, with each reply and its context in a pair of its own
     * @param pairPasses over all picks in pairs, in the end
     * @param device auto, cpu or cuda:N
     */
    public record Effort(
            int layers,
            int hidden,
            double dropout,
            int pretrainingSteps,
            int unseenPasses,
            int teachers,
            int teacherPasses,
            double teachersShare,
            int passes,
            int pairs,
            int pairPasses,
            Precision precision,
            String device,
            int threads) {
        public Effort {
            if (layers < 1 || hidden < HEAD_SIZE || hidden % HEAD_SIZE != 0) {
                throw new IllegalArgumentException("the network needs a layer and a hidden size that is a multiple of "
                        + HEAD_SIZE + ", not " + layers + " layers of " + hidden);
            }
            if (!(dropout >= 0 && dropout < 1) || !(teachersShare >= 0 && teachersShare <= 1)) {
                throw new IllegalArgumentException("dropout and the teachers' share lie between 0 and 1");
            }
            if (teachers == 1) {
                throw new IllegalArgumentException(
                        "a single teacher would have nothing to learn from; name 0 or 2 and more");
            }
        }
    }

    private static final int VOCABULARY = 11_000;
    private static final int HEAD_SIZE = 64;
    static final int POSITIONS = 128;
    private static final int WORD_EPOCHS = 3;
    private static final int TOKENS_PER_STEP = 32_768;
    /** More than BERT's 0.15 in the last turn: the network is to learn which replies follow. */
    private static final double REPLY_MASKING = 0.3;

    private static final double TOPIC_WEIGHT = 0.5;
    static final int CHOICES_PER_STEP = 128;
    private static final double CHOICE_RATE = 1e-3;
    private static final int PAIRS_PER_STEP = 256;
    private static final double PAIR_RATE = 1e-4;

    private final Corpora corpora;
    private final Path work;
    private final Effort effort;
    private final Consumer<String> log;
    private final List<String> topics;
    private final Curriculum lessons;

    /** @param work directory for what the stages leave */
    public DefaultModel(Corpora corpora, Path work, Effort effort, Consumer<String> log) throws IOException {
        this.corpora = corpora;
        this.work = work;
        this.effort = effort;
        this.log = log;
        topics = topics();
        lessons = new Curriculum(corpora, topics, effort.teachersShare);
        Files.createDirectories(work);
    }

    /** Makes the model; {@code out} must not exist. */
    public void make(Path out) throws IOException {
        if (effort.unseenPasses > 0) {
            Path unseen = pairsWithoutUnseenTasks();
            once("figures-of-unseen-tasks", directory -> weighing().measureUnseen(unseen, directory));
        }
        finish(pairs(), out);
    }

    /**
     * Makes one stage and what it needs, for machines that can make several at once.
     *
     * @param name of the directory that the stage leaves
     */
    public Path make(String name) throws IOException {
        if (name.startsWith("teacher-")) {
            return teacher(Integer.parseInt(name.substring("teacher-".length())));
        }
        return switch (name) {
            case "tokenizer" -> tokenizer();
            case "words" -> words();
            case "pretrained" -> pretrained();
            case "pairs-without-unseen-tasks" -> pairsWithoutUnseenTasks();
            case "memory-opinions" -> memoryOpinions();
            case "choices" -> choices();
            case "pairs" -> pairs();
            default -> throw new IllegalArgumentException("there is no stage '" + name + "'");
        };
    }

    private Path tokenizer() throws IOException {
        return once("tokenizer", this::learnVocabulary);
    }

    private Path words() throws IOException {
        Path tokenizer = tokenizer();
        return once("words", directory -> teachWords(tokenizer, directory));
    }

    private Path pretrained() throws IOException {
        Path words = words();
        return effort.pretrainingSteps == 0 ? words : once("pretrained", directory -> pretrain(words, directory));
    }

    private Path pairsWithoutUnseenTasks() throws IOException {
        Curriculum.Scope seen = Curriculum.Scope.without(UNSEEN_TASKS);
        Path base = withTopics(pretrained(), "choices-without-unseen-tasks-base");
        Path choices = once(
                "choices-without-unseen-tasks",
                directory -> choose(base, directory, lessons.choices(seen, effort.unseenPasses, SEED, Map.of()), SEED));
        return once(
                "pairs-without-unseen-tasks",
                directory -> fineTune(
                        choices,
                        directory,
                        lessons.pairs(seen, Curriculum.Round.RANDOM, firstPairs(), SEED, Map.of()),
                        SEED));
    }

    /** @param number from 1 */
    private Path teacher(int number) throws IOException {
        if (number < 1 || number > effort.teachers) {
            throw new IllegalArgumentException(
                    "there are teachers 1 to " + effort.teachers + ", none of number " + number);
        }
        long seed = SEED + number;
        Curriculum.Scope others =
                new Curriculum.Scope(Set.of(), dialogue -> Teachers.part(dialogue, effort.teachers) != number - 1);
        Path base = withTopics(pretrained(), "teacher-" + number + "-base");
        Path choices = once(
                "teacher-" + number,
                directory ->
                        choose(base, directory, lessons.choices(others, effort.teacherPasses, seed, Map.of()), seed));
        return once("teacher-" + number + "-opinions", directory -> {
            Path single = copy(choices, work.resolve("teacher-" + number + "-single"));
            Head.keepFirst(single);
            Files.createDirectories(directory);
            try (CrossEncoder encoder = CrossEncoder.open(single, serving())) {
                Teachers.write(
                        directory,
                        Teachers.opinions(
                                encoder,
                                lessons.picks(new Curriculum.Scope(
                                        Set.of(), dialogue -> Teachers.part(dialogue, effort.teachers) == number - 1)),
                                corpora.knowledgeBase()));
            }
        });
    }

    private Path memoryOpinions() throws IOException {
        return once("memory-opinions", directory -> {
            MemoryTeacher memory = new MemoryTeacher(corpora.knowledgeBase(), effort.teachers);
            Map<String, Map<String, Double>> opinions = memory.opinions(lessons.picks(Curriculum.Scope.ALL), SEED);
            Files.createDirectories(directory);
            Teachers.write(directory, opinions);
        });
    }

    /** What the networks and the memory hold of each pick together. */
    private Map<String, Map<String, Double>> opinions() throws IOException {
        Map<String, Map<String, Double>> memory = Teachers.read(memoryOpinions());
        Map<String, Map<String, Double>> all = new HashMap<>();
        for (int number = 1; number <= effort.teachers; number++) {
            Teachers.read(teacher(number))
                    .forEach(
                            (group, opinion) -> all.put(group, Teachers.together(List.of(opinion, memory.get(group)))));
        }
        return all;
    }

    private Path choices() throws IOException {
        Path base = withTopics(pretrained(), "choices-base");
        long seed = SEED + 100;
        return once("choices", directory -> {
            Map<String, Map<String, Double>> opinions = effort.teachers == 0 ? Map.of() : opinions();
            choose(base, directory, lessons.choices(Curriculum.Scope.ALL, effort.passes, seed, opinions), seed);
        });
    }

    private int firstPairs() {
        return effort.pairs * 2 / 5;
    }

    /** Random wrong replies first, then likely ones; the mean of both is better than either. Then all picks once more. */
    private Path pairs() throws IOException {
        Path random = round("pairs-random", choices(), Curriculum.Round.RANDOM, firstPairs(), SEED + 200);
        Path likely = round("pairs-likely", random, Curriculum.Round.LIKELY, effort.pairs - firstPairs(), SEED + 300);
        Path model = once("pairs-mean", directory -> WeightMean.write(random, likely, directory));
        int all = lessons.picksOf(Curriculum.Scope.ALL);
        for (int pass = 1; pass <= effort.pairPasses; pass++) {
            model = round("pairs-" + pass, model, Curriculum.Round.WEIGHED, all, SEED + 400 + pass);
        }
        return model;
    }

    private Path round(String name, Path from, Curriculum.Round round, int picks, long seed) throws IOException {
        return once(name, directory -> {
            Map<String, Map<String, Double>> opinions =
                    round.wrong().hard() == 0 || effort.teachers == 0 ? Map.of() : Teachers.read(memoryOpinions());
            fineTune(from, directory, lessons.pairs(Curriculum.Scope.ALL, round, picks, seed, opinions), seed);
        });
    }

    private CrossEncoderOptions serving() {
        return new CrossEncoderOptions(
                effort.precision == Precision.FP32 ? Precision.FP32 : Precision.AUTO, effort.device, 0, effort.threads);
    }

    /** Copies a fine-tuned model, halves its weights, and weighs the stages of ranking. */
    public void finish(Path model, Path out) throws IOException {
        copy(model, out);
        HalfPrecision.halve(out);
        Path unseen = effort.unseenPasses > 0 ? pairsWithoutUnseenTasks() : null;
        weighing().weigh(out, unseen).write(out);
    }

    private StageWeighing weighing() {
        // Whoever has an encoder puts it there; without one, words are weighed alone.
        Path encoder = work.resolve("encoder");
        return new StageWeighing(corpora, serving(), Files.isDirectory(encoder) ? encoder : null, log);
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

    private BertConfig shape(int vocabulary) {
        return BertConfig.of(Json.MAPPER
                .createObjectNode()
                .put("model_type", "bert")
                .put("vocab_size", vocabulary)
                .put("hidden_size", effort.hidden)
                .put("num_hidden_layers", effort.layers)
                .put("num_attention_heads", effort.hidden / HEAD_SIZE)
                .put("intermediate_size", 4 * effort.hidden)
                .put("max_position_embeddings", POSITIONS)
                .put("type_vocab_size", 2)
                .put("hidden_act", "gelu")
                .put("hidden_dropout_prob", effort.dropout)
                .put("attention_probs_dropout_prob", effort.dropout)
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
    private void teachWords(Path tokenizer, Path out) throws IOException {
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
                        effort.device,
                        effort.threads,
                        100,
                        1_000),
                progress("tokens"));
    }

    private void choose(Path base, Path out, Curriculum.Choices lessons, long seed) {
        log.accept(lessons.train().size() + " impressions");
        FineTuningOptions options = FineTuningOptions.defaults().toBuilder()
                .learningRate(CHOICE_RATE)
                .batchSize(CHOICES_PER_STEP)
                .maxLength(POSITIONS)
                .warmupShare(0.04)
                .seed(seed)
                .precision(effort.precision)
                .device(effort.device)
                .threads(effort.threads)
                .evaluateEvery(250)
                .build();
        ImpressionTrainer.run(base, lessons.train(), lessons.dev(), TOPIC_WEIGHT, out, options, progress("pairs"));
    }

    private Path withTopics(Path from, String name) throws IOException {
        Path base = copy(from, work.resolve(name));
        Head.replace(base, topics);
        return base;
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

    private void fineTune(Path model, Path out, Curriculum.Pairs pairs, long seed) throws IOException {
        Path base = copy(model, work.resolve(out.getFileName() + "-base"));
        Head.keepFirst(base);
        if (pairs.train().isEmpty()) {
            Files.move(base, out);
            return;
        }
        log.accept(pairs.train().size() + " pairs");
        FineTuningOptions options = FineTuningOptions.defaults().toBuilder()
                .learningRate(PAIR_RATE)
                .batchSize(PAIRS_PER_STEP)
                .epochs(1)
                .maxLength(POSITIONS)
                .warmupShare(0.06)
                .loss(Loss.LIST_WISE)
                .seed(seed)
                .precision(effort.precision)
                .device(effort.device)
                .threads(effort.threads)
                .build();
        FineTuner.run(base, pairs.train(), pairs.dev(), out, options, progress("pairs"));
    }

    /** @param units what the speed is counted in */
    private TrainingListener progress(String units) {
        return new TrainingListener() {
            @Override
            public void progress(TrainingProgress at) {
                log.accept(String.format(
                        Locale.ROOT,
                        "step %d of %d  loss %.3f  %s  %.0f %s/s  left %s  %s",
                        at.step(),
                        at.steps(),
                        at.loss(),
                        at.trainMetrics(),
                        at.unitsPerSecond(),
                        units,
                        at.left(),
                        at.devMetrics()));
            }
        };
    }
}
