package io.replyloop.lab.evaluation;

import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.ranking.DirectoryRanker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Measures a team's knowledge base with its questions: suggestions on the first day and after several numbers of
 * decisions, suggestions of new replies, abstention where no reply fits, and the gain of a training run.
 */
public final class KnowledgeBaseEvaluation implements AutoCloseable {
    /**
     * Settings of a measurement.
     *
     * @param model directory of the cross-encoder
     * @param encoder directory of the encoder; null leaves out the baselines that need one
     * @param vectors the encoder's vectors of texts
     * @param budget time for ranking; null for the product's
     * @param decisions numbers of decisions after which to measure
     * @param questions maximum per round
     * @param trainingRuns numbers of decisions after which to train the model
     * @param trainingRounds number of rounds with training runs
     * @param seeded whether the questions in the knowledge base file are answered before the first day
     * @param threads for training
     */
    public record Plan(
            Path model,
            Path encoder,
            Function<List<String>, List<float[]>> vectors,
            Duration budget,
            List<Integer> decisions,
            int rounds,
            int questions,
            long seed,
            List<Integer> trainingRuns,
            int trainingRounds,
            boolean seeded,
            int threads) {}

    /**
     * The team's files.
     *
     * @param without labels of replies to leave out
     * @param unanswered questions without a reply; may be null
     * @param newReplies replies that are published late; null for some of the team's own
     * @param newQuestions more questions about them than their own file has; may be null
     */
    public record Files(
            Path replies, Path questions, Set<String> without, Path unanswered, Path newReplies, Path newQuestions) {}

    private record Method(String name, Supplier<Suggester> team) {}

    private static final int UNANSWERED = 300;
    /** Another file has many replies, and every round asks about all of them. */
    private static final int ROUNDS_OF_OTHER_REPLIES = 2;

    private final Plan plan;
    private final Files files;
    private final Consumer<String> log;
    private final KnowledgeBase base;
    private final Moments moments;
    private final List<Round> rounds;
    private final List<Integer> counts;
    private final DirectoryRanker serving;
    private final List<Method> methods = new ArrayList<>();
    private final Progress progress;
    private final Map<String, List<Moment>> unanswered = new LinkedHashMap<>();

    public KnowledgeBaseEvaluation(Files files, Plan plan, Consumer<String> log) throws IOException {
        this.plan = plan;
        this.files = files;
        this.log = log;
        base = KnowledgeBase.read(files.replies(), files.without());
        moments = Moments.read(files.questions(), base);
        rounds = Round.of(moments.all(), plan.rounds(), plan.questions(), plan.seed());
        counts = Round.reachable(rounds, plan.decisions());
        if (files.unanswered() != null) {
            List<Moment> all = Moments.withoutReply(files.unanswered());
            unanswered.put(Unanswered.OF_FILE, all.subList(0, Math.min(UNANSWERED, all.size())));
        }
        unanswered.putAll(Unanswered.smallTalk());
        serving = new DirectoryRanker(plan.model(), plan.budget());
        CachedVectors vectors = plan.vectors() == null ? null : new CachedVectors(plan.vectors());
        methods.add(new Method("product", () -> new Product(serving.ranker(), vectors)));
        methods.add(new Method("BM25", WordsBaseline::new));
        if (vectors != null) {
            vectors.prepare(base.replies().stream().map(CosineBaseline::text).toList());
            vectors.prepare(moments.all().stream().map(Moment::withContext).toList());
            methods.add(new Method("cosine", () -> new CosineBaseline(vectors, false)));
            methods.add(new Method("nearest questions", () -> new CosineBaseline(vectors, true)));
            methods.add(new Method("logistic regression", () -> new LogisticBaseline(vectors)));
        }
        progress = new Progress(expectedQuestions(), log);
    }

    private long expectedQuestions() {
        long asked = rounds.stream().mapToLong(round -> round.asked().size()).sum();
        long silent = unanswered.values().stream().mapToLong(List::size).sum();
        long late = rounds.size() * 5L * Math.min(10, Math.max(1, base.replies().size() / 10));
        return counts.size() * methods.size() * (asked + late) + Math.min(2, counts.size()) * silent;
    }

    Report run() throws IOException {
        long started = System.nanoTime();
        Map<String, Map<Integer, List<Outcome>>> learned = new LinkedHashMap<>();
        Map<Integer, Map<String, List<Suggestions>>> silent = new TreeMap<>();
        for (Round round : rounds) {
            for (Method method : methods) {
                learn(round, method, learned.computeIfAbsent(method.name(), name -> new TreeMap<>()), silent);
            }
        }
        List<Report.Learning> learning = new ArrayList<>();
        learned.forEach((method, byCount) ->
                byCount.forEach((count, outcomes) -> learning.add(Report.Learning.of(method, count, outcomes))));
        List<NewReplies.Found> found = newReplies();
        List<Report.Gain> gains = trainingRuns();
        List<Abstention> abstention = new ArrayList<>();
        silent.forEach((count, kinds) ->
                abstention.add(Abstention.of(count, learned.get("product").get(count), kinds)));
        return new Report(
                data(),
                settings(),
                learning,
                gains,
                found,
                abstention,
                (System.nanoTime() - started) / 1_000_000 / 1e3);
    }

    private void learn(
            Round round,
            Method method,
            Map<Integer, List<Outcome>> outcomes,
            Map<Integer, Map<String, List<Suggestions>>> silent) {
        try (Suggester team = open(method, base.replies())) {
            int done = 0;
            for (int count : counts) {
                decide(team, round.decisions().subList(done, count));
                done = count;
                for (Moment moment : round.asked()) {
                    outcomes.computeIfAbsent(count, unknown -> new ArrayList<>())
                            .add(Outcome.of(moment, team.suggest(moment)));
                    progress.asked(where(round, method, count));
                }
                // Asking the same questions in each round would not add evidence.
                if (round.number() == 0 && team instanceof Product && isFirstOrLast(count)) {
                    Map<String, List<Suggestions>> kinds =
                            silent.computeIfAbsent(count, unknown -> new LinkedHashMap<>());
                    unanswered.forEach((kind, questions) -> questions.forEach(question -> {
                        kinds.computeIfAbsent(kind, unknown -> new ArrayList<>())
                                .add(team.suggest(question));
                        progress.asked("questions without a reply");
                    }));
                }
            }
        }
    }

    private boolean isFirstOrLast(int count) {
        return count == counts.get(0) || count == counts.get(counts.size() - 1);
    }

    private static String where(Round round, Method method, int count) {
        return String.format("round %d, %s after %,d decisions", round.number() + 1, method.name(), count);
    }

    private Suggester open(Method method, List<KnowledgeBase.Reply> replies) {
        Suggester team = method.team().get();
        for (KnowledgeBase.Reply reply : replies) {
            team.publish(reply);
        }
        if (plan.seeded()) {
            for (KnowledgeBase.Reply reply : replies) {
                for (String question : reply.questions()) {
                    team.known(Moment.first("seed", question, Set.of(reply.id())), reply.id());
                }
            }
        }
        return team;
    }

    private static void decide(Suggester team, List<Moment> decisions) {
        decisions.forEach(
                moment -> team.decided(moment, moment.right().iterator().next()));
    }

    private List<NewReplies.Found> newReplies() throws IOException {
        KnowledgeBase others = files.newReplies() == null ? null : KnowledgeBase.read(files.newReplies(), Set.of());
        List<Moment> about = others == null ? List.of() : questionsAbout(others);
        Map<String, Map<Integer, Map<String, List<Outcome>>>> all = new LinkedHashMap<>();
        for (Round round :
                others == null ? rounds : rounds.subList(0, Math.min(ROUNDS_OF_OTHER_REPLIES, rounds.size()))) {
            long seed = plan.seed() + round.number();
            NewReplies late = others == null
                    ? NewReplies.heldBack(base.replies(), moments.all(), seed)
                    : NewReplies.of(base.replies(), others.replies(), about, seed);
            for (Method method : methods) {
                publishLate(round, method, late, all.computeIfAbsent(method.name(), name -> new TreeMap<>()));
            }
        }
        List<NewReplies.Found> found = new ArrayList<>();
        all.forEach((method, byCount) -> byCount.forEach((count, ways) ->
                ways.forEach((asked, outcomes) -> found.add(NewReplies.Found.of(method, count, asked, outcomes)))));
        return found;
    }

    /** Each number of decisions needs a new team, because late replies cannot be removed again. */
    private void publishLate(
            Round round, Method method, NewReplies late, Map<Integer, Map<String, List<Outcome>>> found) {
        List<Moment> decisions = late.possible(round.decisions());
        for (int count : counts) {
            try (Suggester team = open(method, late.published())) {
                decide(team, decisions.subList(0, Math.min(count, decisions.size())));
                late.late().forEach(team::publish);
                late.questions()
                        .forEach((asked, questions) -> questions.forEach(question -> {
                            found.computeIfAbsent(count, unknown -> new TreeMap<>())
                                    .computeIfAbsent(asked, unknown -> new ArrayList<>())
                                    .add(Outcome.of(question, team.suggest(question)));
                            progress.asked("new replies, " + where(round, method, count));
                        }));
            }
        }
    }

    private List<Moment> questionsAbout(KnowledgeBase others) throws IOException {
        List<Moment> about = new ArrayList<>();
        for (KnowledgeBase.Reply reply : others.replies()) {
            for (String question : reply.questions()) {
                about.add(Moment.first(reply.id().toString(), question, Set.of(reply.id())));
            }
        }
        if (files.newQuestions() != null) {
            about.addAll(Moments.read(files.newQuestions(), others).all());
        }
        return about;
    }

    private List<Report.Gain> trainingRuns() throws IOException {
        List<Integer> after =
                counts.stream().filter(plan.trainingRuns()::contains).toList();
        if (after.isEmpty()) {
            return List.of();
        }
        Map<Integer, TrainingGain.Asked> all = new TreeMap<>();
        TrainingGain gain = new TrainingGain(plan.model(), plan.budget(), plan.threads(), base, progress);
        for (Round round : rounds.subList(0, Math.min(plan.trainingRounds(), rounds.size()))) {
            try (Product team = (Product) open(methods.get(0), base.replies())) {
                gain.measure(team, round, after).forEach((count, asked) -> {
                    TrainingGain.Asked sum = all.computeIfAbsent(
                            count, unknown -> new TrainingGain.Asked(new ArrayList<>(), new ArrayList<>()));
                    sum.before().addAll(asked.before());
                    sum.after().addAll(asked.after());
                });
            }
        }
        List<Report.Gain> gains = new ArrayList<>();
        all.forEach((count, asked) -> gains.add(asked.gain(count)));
        return gains;
    }

    private Report.Data data() {
        return new Report.Data(
                files.replies().toString(),
                base.replies().size(),
                files.questions().toString(),
                moments.all().size(),
                (int) moments.all().stream().map(Moment::group).distinct().count(),
                moments.unknown(),
                moments.unasked());
    }

    private Report.Settings settings() {
        return new Report.Settings(
                plan.model().toString(),
                plan.encoder() == null ? null : plan.encoder().toString(),
                plan.rounds(),
                plan.questions(),
                plan.seed(),
                plan.budget() == null ? "the product's" : plan.budget().toString());
    }

    /** Measures, writes {@code evaluation.json} and {@code evaluation.svg} into a directory, and returns a table. */
    public String run(Path out) throws IOException {
        Report report = run();
        ReportFiles.write(report, out);
        log.accept("Written to " + out);
        return Table.of(report);
    }

    @Override
    public void close() {
        serving.close();
    }
}
