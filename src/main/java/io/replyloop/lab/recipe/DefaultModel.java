package io.replyloop.lab.recipe;

import io.replyloop.bert.checkpoint.HalfPrecision;
import io.replyloop.bert.checkpoint.Head;
import io.replyloop.bert.checkpoint.WeightMean;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.lab.recipe.Curriculum.PairStage;
import io.replyloop.lab.recipe.Curriculum.Subset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The recipe of the model that the product starts with: its stages and their order. The word embeddings are trained with
 * a linear classifier, the network is pretrained by masked language modelling on all the text, and then fine-tuned on the
 * picks in two steps: list-wise with one context shared by all replies of an impression, which is cheap, and in real
 * pairs, which makes it a cross-encoder. Teachers, each trained the same way on some of the dialogues, provide soft labels
 * for the others. A separate network that never sees some of the tasks shows how the model performs on the replies of an
 * unknown team, and so how much weight its score may have there. A finished stage leaves its directory and is not
 * repeated.
 */
public final class DefaultModel {

    /** Tasks that one of the networks never sees. */
    public static final Set<String> UNSEEN_TASKS =
            Set.of("doctor_followup", "hotel_service_request", "party_rsvp", "ride_status", "spaceship_life_support");

    /** Turns of a conversation that the cross-encoder reads at most. */
    public static final int CONTEXT_TURNS = 12;

    static final long SEED = 42;
    static final int POSITIONS = 128;

    private static final String TEACHER = "teacher-";

    /** Stages by the names that they had before. */
    private static final Map<String, String> OLD_NAMES =
            Map.of("memory-opinions", "memory-soft-labels", "choices", "shared-contexts");

    private final Corpora corpora;
    private final Path work;
    private final DefaultModelOptions options;
    private final Consumer<String> log;
    private final List<String> topics;
    private final Curriculum curriculum;
    private final StageTraining training;

    /** @param work directory for the results of the stages */
    public DefaultModel(Corpora corpora, Path work, DefaultModelOptions options, Consumer<String> log)
            throws IOException {
        this.corpora = corpora;
        this.work = work;
        this.options = options;
        this.log = log;
        topics = topics();
        curriculum = new Curriculum(corpora, topics, options.softLabelWeight());
        training = new StageTraining(corpora, topics, options, log);
        Files.createDirectories(work);
    }

    /** Makes the model; {@code out} must not exist. */
    public void make(Path out) throws IOException {
        if (options.unseenPasses() > 0) {
            Path unseen = pairsWithoutUnseenTasks();
            once("figures-of-unseen-tasks", directory -> weighing().measureUnseen(unseen, directory));
        }
        finish(pairs(), out);
    }

    /**
     * Makes one stage and those that it needs, so that a machine can make several at the same time.
     *
     * @param name of the stage, which is also the name of its directory
     */
    public Path make(String name) throws IOException {
        if (name.startsWith(TEACHER)) {
            return teacher(Integer.parseInt(name.substring(TEACHER.length())));
        }
        return switch (OLD_NAMES.getOrDefault(name, name)) {
            case "tokenizer" -> tokenizer();
            case "words" -> words();
            case "pretrained" -> pretrained();
            case "pairs-without-unseen-tasks" -> pairsWithoutUnseenTasks();
            case "memory-soft-labels" -> memorySoftLabels();
            case "shared-contexts" -> sharedContexts();
            case "pairs" -> pairs();
            default -> throw new IllegalArgumentException("there is no stage '" + name + "'");
        };
    }

    private Path tokenizer() throws IOException {
        return once("tokenizer", training::learnVocabulary);
    }

    private Path words() throws IOException {
        Path tokenizer = tokenizer();
        return once("words", directory -> training.trainWordEmbeddings(tokenizer, directory));
    }

    private Path pretrained() throws IOException {
        Path words = words();
        return options.pretrainingSteps() == 0
                ? words
                : once("pretrained", directory -> training.pretrain(words, directory));
    }

    private Path pairsWithoutUnseenTasks() throws IOException {
        Subset seen = Subset.withoutTasks(UNSEEN_TASKS);
        Path sharedContexts = sharedContexts(
                "shared-contexts-without-unseen-tasks", seen, options.unseenPasses(), SEED, () -> SoftLabels.NONE);
        return pairs(
                "pairs-without-unseen-tasks",
                sharedContexts,
                seen,
                PairStage.RANDOM_NEGATIVES,
                firstPairs(),
                SEED,
                () -> SoftLabels.NONE);
    }

    /** @param number from 1 */
    private Path teacher(int number) throws IOException {
        if (number < 1 || number > options.teachers()) {
            throw new IllegalArgumentException(
                    "there is no teacher " + number + "; the teachers are 1 to " + options.teachers());
        }
        String name = TEACHER + number;
        Folds folds = new Folds(options.teachers());
        Path teacher = sharedContexts(
                name,
                Subset.of(folds.allBut(number - 1)),
                options.teacherPasses(),
                SEED + number,
                () -> SoftLabels.NONE);
        return once(name + "-soft-labels", directory -> {
            Path single = StageTraining.copy(teacher, work.resolve(name + "-single"));
            Head.keepFirst(single);
            Files.createDirectories(directory);
            try (CrossEncoder encoder = CrossEncoder.open(single, serving())) {
                List<Pick> picks = curriculum.picks(Subset.of(folds.only(number - 1)));
                SoftLabels.of(encoder, picks, corpora.knowledgeBase()).write(directory);
            }
        });
    }

    private Path memorySoftLabels() throws IOException {
        return once("memory-soft-labels", directory -> {
            MemoryTeacher memory = new MemoryTeacher(corpora.knowledgeBase(), new Folds(options.teachers()));
            SoftLabels softLabels = memory.label(curriculum.picks(Subset.ALL), SEED);
            Files.createDirectories(directory);
            softLabels.write(directory);
        });
    }

    /** The mean of what the networks and the memory predict. */
    private SoftLabels softLabels() throws IOException {
        if (options.teachers() == 0) {
            return SoftLabels.NONE;
        }
        SoftLabels memory = SoftLabels.read(memorySoftLabels());
        Map<String, Map<String, Double>> all = new HashMap<>();
        for (int number = 1; number <= options.teachers(); number++) {
            SoftLabels.read(teacher(number)).byGroup().forEach((group, network) -> {
                List<Map<String, Double>> both =
                        List.of(network, memory.byGroup().get(group));
                all.put(group, SoftLabels.geometricMean(both));
            });
        }
        return new SoftLabels(all);
    }

    private Path sharedContexts() throws IOException {
        return sharedContexts("shared-contexts", Subset.ALL, options.passes(), SEED + 100, this::softLabels);
    }

    private Path sharedContexts(String name, Subset subset, int passes, long seed, LabelSource softLabels)
            throws IOException {
        Path base = StageTraining.copy(pretrained(), work.resolve(name + "-base"));
        Head.replace(base, topics);
        return once(
                name,
                directory -> training.trainWithSharedContexts(
                        base, directory, curriculum.sharedContexts(subset, passes, seed, softLabels.read()), seed));
    }

    private int firstPairs() {
        return options.pairs() * 2 / 5;
    }

    /**
     * Random negatives first, then hard ones; the mean of both networks is better than either of them. Then more passes
     * over all picks.
     */
    private Path pairs() throws IOException {
        int hardPairs = options.pairs() - firstPairs();
        Path random = pairs("pairs-random", sharedContexts(), PairStage.RANDOM_NEGATIVES, firstPairs(), SEED + 200);
        Path hard = pairs("pairs-hard", random, PairStage.HARD_NEGATIVES, hardPairs, SEED + 300);
        Path model = once("pairs-mean", directory -> WeightMean.write(random, hard, directory));
        int all = curriculum.picks(Subset.ALL).size();
        for (int pass = 1; pass <= options.pairPasses(); pass++) {
            model = pairs("pairs-" + pass, model, PairStage.SOFT_LABELS, all, SEED + 400 + pass);
        }
        return model;
    }

    private Path pairs(String name, Path from, PairStage stage, int picks, long seed) throws IOException {
        boolean isLabelled = stage.negatives().hard() > 0 && options.teachers() > 0;
        return pairs(
                name,
                from,
                Subset.ALL,
                stage,
                picks,
                seed,
                () -> isLabelled ? SoftLabels.read(memorySoftLabels()) : SoftLabels.NONE);
    }

    private Path pairs(
            String name, Path from, Subset subset, PairStage stage, int picks, long seed, LabelSource softLabels)
            throws IOException {
        return once(
                name,
                directory -> training.fineTune(
                        from, directory, curriculum.pairs(subset, stage, picks, seed, softLabels.read()), seed));
    }

    private CrossEncoderOptions serving() {
        return new CrossEncoderOptions(
                options.precision() == Precision.FP32 ? Precision.FP32 : Precision.AUTO,
                options.device(),
                0,
                options.threads());
    }

    /** Copies a fine-tuned model, converts its weights to half precision, and fits the final score. */
    public void finish(Path model, Path out) throws IOException {
        StageTraining.copy(model, out);
        HalfPrecision.halve(out);
        Path unseen = options.unseenPasses() > 0 ? pairsWithoutUnseenTasks() : null;
        weighing().weigh(out, unseen).write(out);
    }

    private StageWeighing weighing() {
        // An encoder in this directory is used; without one, the final score is fitted to words alone.
        Path encoder = work.resolve("encoder");
        return new StageWeighing(corpora, serving(), Files.isDirectory(encoder) ? encoder : null, log);
    }

    private interface Stage {
        void run(Path directory) throws IOException;
    }

    /** Read only by a stage that is not done yet, since the labels need stages of their own. */
    private interface LabelSource {
        SoftLabels read() throws IOException;
    }

    private Path once(String name, Stage stage) throws IOException {
        Path directory = work.resolve(name);
        if (Files.isDirectory(directory)) {
            log.accept(name + ": already done, see " + directory);
        } else {
            log.accept(name + ":");
            stage.run(directory);
        }
        return directory;
    }

    /** The labels of the head with shared contexts: whether a reply fits, then the labels of STAR as topics. */
    private List<String> topics() throws IOException {
        List<String> labels = new ArrayList<>(List.of("fits"));
        Pick.of(corpora.train(), CONTEXT_TURNS).stream()
                .map(Pick::label)
                .distinct()
                .sorted()
                .forEach(labels::add);
        return labels;
    }
}
