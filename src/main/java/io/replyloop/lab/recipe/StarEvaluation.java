package io.replyloop.lab.recipe;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import io.replyloop.bert.training.RankingMetrics;
import io.replyloop.bert.training.RankingMetrics.Scored;
import io.replyloop.lab.corpus.KnowledgeBase;
import io.replyloop.lab.corpus.KnowledgeBase.Candidate;
import io.replyloop.lab.corpus.Pick;
import io.replyloop.ranking.FinalScore;
import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Ranks the replies of the dialogue's own tasks for each pick, by each stage alone and by all stages together. A pick
 * whose label is not among these replies (8.6 % of STAR's dev part: labels that the knowledge base does not list for the
 * task) cannot be ranked. The figures are over the rankable picks, as in the description of the data, and once more over
 * all picks, where the others count as missed.
 */
public final class StarEvaluation {

    /** Recall at 1 and 3 and mean reciprocal rank. */
    public record Figures(double recallAt1, double recallAt3, double mrr) {}

    /**
     * @param rankable figures over the picks whose label is among the candidates
     * @param all figures over all picks
     */
    public record Stage(Figures rankable, Figures all) {}

    public record Result(int picks, int rankable, Map<String, Stage> stages) {}

    private static final int PAIRS_AT_ONCE = 4_096;

    private StarEvaluation() {}

    /** A random sample of at most {@code limit} picks, determined by the seed. */
    public static List<Pick> sample(List<Pick> picks, int limit, long seed) {
        List<Pick> shuffled = new ArrayList<>(picks);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(limit, shuffled.size()));
    }

    /** The scores of all stages for each candidate, one impression per pick; the logit is 0 without a cross-encoder. */
    public static List<List<FinalScoreFit.Candidate>> candidates(
            List<Pick> picks, KnowledgeBase base, FirstStage firstStage, CrossEncoder model, IntConsumer progress) {
        List<List<FinalScoreFit.Candidate>> impressions = new ArrayList<>();
        Map<String, TokenIds> replies = new HashMap<>();
        List<EncodedPair> pairs = new ArrayList<>();
        int from = 0;
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            if (model != null) {
                TokenIds query = model.tokenize(pick.query());
                for (Candidate candidate : base.candidates(pick.tasks())) {
                    for (String text : candidate.texts()) {
                        pairs.add(model.pair(query, replies.computeIfAbsent(text, model::tokenize)));
                    }
                }
                if (pairs.size() < PAIRS_AT_ONCE && i < picks.size() - 1) {
                    continue;
                }
                List<float[]> scores = model.logits(pairs);
                int next = 0;
                for (; from <= i; from++) {
                    List<Candidate> candidates = base.candidates(picks.get(from).tasks());
                    double[] best = new double[candidates.size()];
                    for (int c = 0; c < best.length; c++) {
                        best[c] = Double.NEGATIVE_INFINITY;
                        for (int text = 0; text < candidates.get(c).texts().size(); text++) {
                            best[c] = Math.max(best[c], CrossEncoder.logOdds(scores.get(next++)));
                        }
                    }
                    logits.add(best);
                }
                pairs.clear();
                progress.accept(from);
            }
        }
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            List<Candidate> candidates = base.candidates(pick.tasks());
            List<Evidence> first = firstStage.score(pick, candidates);
            List<FinalScoreFit.Candidate> impression = new ArrayList<>();
            for (int c = 0; c < candidates.size(); c++) {
                impression.add(new FinalScoreFit.Candidate(
                        model == null ? 0 : logits.get(i)[c],
                        first.get(c),
                        candidates.get(c).label().equals(pick.label())));
            }
            impressions.add(impression);
        }
        return impressions;
    }

    /** @param score null if there is no final score */
    public static Result figures(List<List<FinalScoreFit.Candidate>> impressions, boolean model, FinalScore score) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        stages.put(
                "bm25",
                stage(impressions, each(candidate -> candidate.evidence().firstStage())));
        stages.put(
                "memory",
                stage(impressions, each(candidate -> candidate.evidence().memory())));
        if (model) {
            stages.put("crossEncoder", stage(impressions, each(FinalScoreFit.Candidate::logit)));
        }
        if (model && score != null) {
            stages.put("combined", stage(impressions, impression -> FinalScoreFit.probabilities(score, impression)));
        }
        int rankable = (int) impressions.stream()
                .filter(impression -> impression.stream().anyMatch(FinalScoreFit.Candidate::fits))
                .count();
        return new Result(impressions.size(), rankable, stages);
    }

    private static Function<List<FinalScoreFit.Candidate>, double[]> each(
            ToDoubleFunction<FinalScoreFit.Candidate> score) {
        return impression -> impression.stream().mapToDouble(score).toArray();
    }

    private static Stage stage(
            List<List<FinalScoreFit.Candidate>> impressions, Function<List<FinalScoreFit.Candidate>, double[]> scores) {
        List<List<Scored>> ranked = new ArrayList<>();
        for (List<FinalScoreFit.Candidate> impression : impressions) {
            if (impression.stream().anyMatch(FinalScoreFit.Candidate::fits)) {
                double[] score = scores.apply(impression);
                ranked.add(IntStream.range(0, score.length)
                        .mapToObj(i -> new Scored(score[i], impression.get(i).fits() ? 1 : 0, ""))
                        .toList());
            }
        }
        Figures rankable = new Figures(
                RankingMetrics.recallAt(1, ranked),
                RankingMetrics.recallAt(3, ranked),
                RankingMetrics.meanReciprocalRank(ranked));
        double share = (double) ranked.size() / impressions.size();
        return new Stage(
                rankable, new Figures(rankable.recallAt1 * share, rankable.recallAt3 * share, rankable.mrr * share));
    }
}
