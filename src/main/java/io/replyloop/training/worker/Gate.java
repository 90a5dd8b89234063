package io.replyloop.training.worker;

import io.replyloop.bert.training.RankingMetrics;
import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.Script;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.suggestion.Shortlist;
import io.replyloop.training.TestQuestions;
import io.replyloop.training.worker.TestPart.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Champion and challenger on the same questions that neither has learned from, by what an agent would have seen: all
 * candidates, weighed by each model's own final score, cut off at its threshold, three at most, with the same rules for
 * languages and small talk as on the screen.
 */
record Gate(List<Compared> compared, double championMillis, double challengerMillis) {
    /** How many suggestions an agent sees. */
    private static final int SHOWN = 3;

    static final int FEWEST_QUESTIONS = TestQuestions.FEWEST;

    static final int FEWEST_CONVERSATIONS = TestQuestions.FEWEST_CONVERSATIONS;

    /** Below these nothing is said about a kind of questions. */
    static final int FEWEST_OF_SLICE = 15;

    static final int FEWEST_CONVERSATIONS_OF_SLICE = 8;

    /** So much worse is too much for a kind by itself, where there are enough questions to say so. */
    private static final double FLOOR = -0.1;

    private static final int MOST_CATEGORIES = 12;

    /**
     * A model as it would serve.
     *
     * @param logits one for each pair of the test part
     * @param millis of the processor that the network took for one question
     */
    record Side(FinalScore score, double[] logits, double millis) {
        Side with(FinalScore another) {
            return new Side(another, logits, millis);
        }
    }

    /**
     * What an agent would have seen.
     *
     * @param shown best first
     * @param place of the right reply among those, from 1; 0 where it is not there
     * @param rank among all candidates, from 1; 0 where it is none
     */
    record Seen(List<Scored> shown, int place, int rank, List<RankingMetrics.Scored> probabilities) {
        /** What the first place is worth: all; the second: half; the third: a third; none: nothing. */
        double worth() {
            return place == 0 ? 0 : 1.0 / place;
        }

        double reciprocalRank() {
            return rank == 0 ? 0 : 1.0 / rank;
        }
    }

    record Compared(Question question, Seen champion, Seen challenger) {
        double gain() {
            return challenger.worth() - champion.worth();
        }

        UUID conversation() {
            return question.conversation();
        }
    }

    /** A figure of both, and how sure the difference is. */
    record Figure(double champion, double challenger, PairedBootstrap difference) {}

    enum State {
        FINE,
        WORSE,
        TOO_FEW
    }

    /** The questions of one kind, measured by {@link Seen#worth}. */
    record Slice(String by, String value, int questions, int conversations, Figure worth, State state) {}

    static Gate of(TestPart test, Side champion, Side challenger) {
        List<Compared> compared = new ArrayList<>();
        int at = 0;
        for (Question question : test.questions()) {
            compared.add(new Compared(question, seen(question, champion, at), seen(question, challenger, at)));
            at += question.candidates().size();
        }
        return new Gate(List.copyOf(compared), champion.millis, challenger.millis);
    }

    private static Seen seen(Question question, Side model, int from) {
        List<Scored> scored = new ArrayList<>();
        List<RankingMetrics.Scored> probabilities = new ArrayList<>();
        for (int i = 0; i < question.candidates().size(); i++) {
            Candidate candidate = question.candidates().get(i);
            double logit = model.logits[from + i];
            double probability = model.score.probability(logit, candidate.evidence());
            scored.add(new Scored(candidate, logit, probability));
            probabilities.add(new RankingMetrics.Scored(
                    probability,
                    candidate.reply().equals(question.right()) ? 1 : 0,
                    question.impression().toString()));
        }
        // Of equal ones the right one comes last, so that a model which gives one score to everything earns nothing.
        scored.sort(Comparator.comparingDouble(Scored::probability)
                .reversed()
                .thenComparing(one -> one.candidate().reply().equals(question.right())));
        List<Scored> shown = Shortlist.of(
                        question.query(),
                        TurnMark.question(question.query()),
                        scored,
                        model.score.threshold(),
                        SHOWN,
                        scored.size())
                .shown();
        return new Seen(shown, place(shown, question.right()), place(scored, question.right()), probabilities);
    }

    private static int place(List<Scored> scored, UUID right) {
        for (int i = 0; i < scored.size(); i++) {
            if (scored.get(i).candidate().reply().equals(right)) {
                return i + 1;
            }
        }
        return 0;
    }

    int questions() {
        return compared.size();
    }

    int conversations() {
        return conversations(compared);
    }

    private static int conversations(List<Compared> questions) {
        return (int) questions.stream().map(Compared::conversation).distinct().count();
    }

    boolean isEnough() {
        return questions() >= FEWEST_QUESTIONS && conversations() >= FEWEST_CONVERSATIONS;
    }

    /** What decides: where among the three the right reply stands. */
    Figure worth() {
        return figure(compared, Seen::worth);
    }

    /** By name, the most telling first; none without a question. */
    Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        if (!compared.isEmpty()) {
            figures.put("worth", worth());
            figures.put("acceptAt1", figure(compared, seen -> seen.place == 1 ? 1 : 0));
            figures.put("acceptAt3", figure(compared, seen -> seen.place > 0 ? 1 : 0));
            figures.put("mrr", figure(compared, Seen::reciprocalRank));
            figures.put("silent", figure(compared, seen -> seen.shown.isEmpty() ? 1 : 0));
        }
        return figures;
    }

    private static Figure figure(List<Compared> questions, ToDoubleFunction<Seen> value) {
        PairedBootstrap difference = PairedBootstrap.of(
                questions,
                Compared::conversation,
                one -> value.applyAsDouble(one.challenger) - value.applyAsDouble(one.champion),
                PairedBootstrap.TAIL);
        double before = questions.stream()
                .mapToDouble(one -> value.applyAsDouble(one.champion))
                .average()
                .orElseThrow();
        return new Figure(before, before + difference.difference(), difference);
    }

    /** How far probabilities are from what comes true. */
    double calibrationError(Function<Compared, Seen> model) {
        return RankingMetrics.expectedCalibrationError(compared.stream()
                .flatMap(one -> model.apply(one).probabilities.stream())
                .toList());
    }

    /**
     * By language, category of the right reply, whether it was learned, and whether the team had written before. With many
     * kinds one of them looks worse by chance, so the more there are, the surer it has to be (Bonferroni).
     */
    List<Slice> slices() {
        List<Kind> kinds = new ArrayList<>();
        addKinds(kinds, "language", Gate::language);
        addKinds(kinds, "reply", one -> one.question.learned() ? "learned" : "new");
        addKinds(kinds, "question", one -> TurnMark.hasAnswer(one.question.query()) ? "later" : "first");
        addKinds(kinds, "category", Gate::category);
        long judged = kinds.stream().filter(Kind::isEnough).count();
        return kinds.stream().map(kind -> slice(kind, judged)).toList();
    }

    private record Kind(String by, String value, List<Compared> questions) {
        boolean isEnough() {
            return questions.size() >= FEWEST_OF_SLICE && conversations(questions) >= FEWEST_CONVERSATIONS_OF_SLICE;
        }
    }

    private void addKinds(List<Kind> kinds, String by, Function<Compared, String> kindOf) {
        Map<String, List<Compared>> found = new LinkedHashMap<>();
        compared.forEach(one -> found.computeIfAbsent(kindOf.apply(one), unknown -> new ArrayList<>())
                .add(one));
        found.entrySet().stream()
                .sorted(Comparator.comparingInt(one -> -one.getValue().size()))
                .limit(MOST_CATEGORIES)
                .forEach(one -> kinds.add(new Kind(by, one.getKey(), one.getValue())));
    }

    private static Slice slice(Kind kind, long judged) {
        List<Compared> questions = kind.questions;
        Figure worth = figure(questions, Seen::worth);
        State state = State.TOO_FEW;
        if (kind.isEnough()) {
            PairedBootstrap surely = PairedBootstrap.of(
                    questions, Compared::conversation, Compared::gain, PairedBootstrap.TAIL / Math.max(1, judged));
            boolean muchWorse = questions.size() >= FEWEST_QUESTIONS
                    && worth.difference.difference() <= FLOOR
                    && worth.difference.high() < 0;
            state = surely.high() < 0 || muchWorse ? State.WORSE : State.FINE;
        }
        return new Slice(kind.by, kind.value, questions.size(), conversations(questions), worth, state);
    }

    private static String language(Compared one) {
        return Script.of(TurnMark.question(one.question.query())) == Script.CHINESE ? "zh" : "other";
    }

    private static String category(Compared one) {
        return one.question.candidates().stream()
                .filter(candidate -> candidate.reply().equals(one.question.right()))
                .map(Candidate::category)
                .filter(category -> category != null && !category.isBlank())
                .findFirst()
                .orElse("");
    }
}
