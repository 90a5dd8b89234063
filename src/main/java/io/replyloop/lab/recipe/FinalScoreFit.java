package io.replyloop.lab.recipe;

import io.replyloop.bert.training.Calibration;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.LogitFit;
import io.replyloop.ranking.StageWeights;
import io.replyloop.retrieval.Evidence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fits the {@link FinalScore} on impressions that the cross-encoder was not trained on. */
public final class FinalScoreFit {

    /** A candidate of an impression with the scores of all stages. */
    public record Candidate(double logit, Evidence evidence, boolean fits) {}

    private static final double NO_BOUND = Double.NEGATIVE_INFINITY;

    /** Share of the helpful suggestions that may fall below the threshold. */
    private static final double SILENCED = 0.03;

    /** The same if there are impressions without a fitting reply. */
    private static final double SILENCED_BESIDE_OTHERS = 0.02;

    /** What the confidence levels promise, plus a margin, because they are measured on the data of the fit. */
    private static final double PRECISION_OF_SURE = 0.92;

    private static final double PRECISION_OF_LIKELY = 0.79;
    private static final int FEWEST_PER_LEVEL = 20;

    private static final int SHOWN = 3;

    private FinalScoreFit() {}

    /** The probability of each candidate of an impression. */
    public static double[] probabilities(FinalScore score, List<Candidate> impression) {
        return impression.stream()
                .mapToDouble(candidate -> score.probability(candidate.logit, candidate.evidence))
                .toArray();
    }

    /**
     * The weights of the stages come from a conditional logit (McFadden, 1974), which depends only on the order within an
     * impression. A logistic regression over all candidates, on that score and on how much the memory knows, turns it into
     * a probability. Weights are never negative: no evidence counts against a reply.
     *
     * @param impressions may include some in which no candidate fits
     */
    public static FinalScore fit(List<List<Candidate>> impressions) {
        return ofTeams(List.of(impressions));
    }

    /**
     * The same for the impressions of several teams. The levels 'sure' and 'likely' have to be precise enough for each
     * team: on average over all teams, they would promise too much for languages that the networks know less well.
     */
    public static FinalScore ofTeams(List<List<List<Candidate>>> teams) {
        List<List<Candidate>> impressions = teams.stream().flatMap(List::stream).toList();
        List<Candidate> all = impressions.stream().flatMap(List::stream).toList();
        double temperature = Calibration.temperature(
                all.stream().mapToDouble(Candidate::logit).toArray(),
                all.stream().mapToDouble(candidate -> candidate.fits ? 1 : 0).toArray());
        ToDoubleFunction<Candidate> judged = candidate -> candidate.logit / temperature;
        ToDoubleFunction<Candidate> unjudged = candidate -> 0;
        FinalScore open = new FinalScore(
                temperature,
                0,
                new FinalScore.Confidence(1, 1),
                weights(impressions, judged, true),
                weights(impressions, unjudged, true),
                new FinalScore.Near(weights(impressions, judged, false), weights(impressions, unjudged, false)));
        double threshold = thresholdFor(open, impressions);
        return new FinalScore(
                temperature,
                threshold,
                confidence(open, threshold, teams),
                open.weights(),
                open.unjudged(),
                open.near());
    }

    /**
     * @param logit of the cross-encoder; always 0 without one, which then gets the weight 0
     * @param byShare whether the lead over the other candidates is a feature
     */
    private static StageWeights weights(
            List<List<Candidate>> impressions, ToDoubleFunction<Candidate> logit, boolean byShare) {
        Function<Candidate, double[]> features = candidate ->
                StageWeights.features(logit.applyAsDouble(candidate), candidate.evidence, ahead(candidate, byShare));
        double[] none = StageWeights.features(0, Evidence.NONE, 0);
        double[] order = LogitFit.conditional(
                rankable(impressions)
                        .map(impression -> choice(impression, features))
                        .toList(),
                none,
                LogitFit.Prior.weak(none));
        List<List<Candidate>> familiar = spoken(impressions, 0);
        StageWeights usual = calibrated(familiar.isEmpty() ? impressions : familiar, features, byShare, order);
        List<List<Candidate>> others = spoken(impressions, 1);
        return familiar.isEmpty() || others.isEmpty() ? usual : inOtherLanguages(usual, logit, others);
    }

    private static double ahead(Candidate candidate, boolean byShare) {
        boolean known = byShare && candidate.evidence.meaning() > 0;
        return known ? StageWeights.logOdds(candidate.evidence.share()) : 0;
    }

    /** The impressions in a language that is unfamiliar to the encoder (1), or the others (0). */
    private static List<List<Candidate>> spoken(List<List<Candidate>> impressions, double unfamiliar) {
        return impressions.stream()
                .filter(impression ->
                        impression.stream().allMatch(candidate -> candidate.evidence.unfamiliar() == unfamiliar))
                .toList();
    }

    private static LogitFit.Choice choice(List<Candidate> impression, Function<Candidate, double[]> features) {
        boolean[] fits = new boolean[impression.size()];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = impression.get(i).fits;
        }
        return new LogitFit.Choice(impression.stream().map(features).toArray(double[][]::new), fits);
    }

    private static Stream<List<Candidate>> rankable(List<List<Candidate>> impressions) {
        return impressions.stream().filter(impression -> impression.stream().anyMatch(Candidate::fits));
    }

    private static double thresholdFor(FinalScore score, List<List<Candidate>> impressions) {
        double[] helpful = impressions.stream()
                .flatMap(impression -> shown(score, impression))
                .filter(Suggested::fits)
                .mapToDouble(Suggested::probability)
                .sorted()
                .toArray();
        boolean others = rankable(impressions).count() < impressions.size();
        double silenced = others ? SILENCED_BESIDE_OTHERS : SILENCED;
        return helpful.length == 0 ? 0 : helpful[(int) (silenced * helpful.length)];
    }

    private record Suggested(double probability, boolean fits) {}

    /** The first candidates, best first. */
    private static Stream<Suggested> shown(FinalScore score, List<Candidate> impression) {
        double[] probabilities = probabilities(score, impression);
        return IntStream.range(0, probabilities.length)
                .mapToObj(i -> new Suggested(probabilities[i], impression.get(i).fits))
                .sorted(Comparator.comparingDouble(Suggested::probability).reversed())
                .limit(SHOWN);
    }

    private static FinalScore.Confidence confidence(
            FinalScore score, double threshold, List<List<List<Candidate>>> teams) {
        double sure = 0;
        double likely = 0;
        for (List<List<Candidate>> team : teams) {
            FinalScore.Confidence own = confidenceOf(score, threshold, team);
            sure = Math.max(sure, own.sure());
            likely = Math.max(likely, own.likely());
        }
        return sure == 0 ? new FinalScore.Confidence(1, 1) : new FinalScore.Confidence(sure, Math.min(sure, likely));
    }

    /** 0 if too few suggestions were shown; if not even the best ones are precise enough, a level is almost never used. */
    private static FinalScore.Confidence confidenceOf(
            FinalScore score, double threshold, List<List<Candidate>> impressions) {
        List<Suggested> shown = impressions.stream()
                .flatMap(impression -> shown(score, impression))
                .filter(suggested -> suggested.probability >= threshold)
                .sorted(Comparator.comparingDouble(Suggested::probability).reversed())
                .toList();
        if (shown.size() < FEWEST_PER_LEVEL) {
            return new FinalScore.Confidence(0, 0);
        }
        int sure = precise(shown, PRECISION_OF_SURE);
        List<Suggested> others = shown.subList(sure, shown.size());
        int likely = precise(others, PRECISION_OF_LIKELY);
        double sureFrom = shown.get((sure == 0 ? FEWEST_PER_LEVEL : sure) - 1).probability;
        return new FinalScore.Confidence(sureFrom, likely == 0 ? sureFrom : others.get(likely - 1).probability);
    }

    /** The largest number of top suggestions with this precision; 0 if it would be too small to tell. */
    private static int precise(List<Suggested> bestFirst, double precision) {
        int right = 0;
        int precise = 0;
        for (int i = 0; i < bestFirst.size(); i++) {
            right += bestFirst.get(i).fits ? 1 : 0;
            if (i + 1 >= FEWEST_PER_LEVEL && right >= precision * (i + 1)) {
                precise = i + 1;
            }
        }
        return precise;
    }

    /**
     * Turns the score of the conditional logit into log-odds, with a bias, a slope, a bias for what the memory does not
     * know, and additional weights for the share, which shows how clear a case is.
     */
    private static StageWeights calibrated(
            List<List<Candidate>> impressions,
            Function<Candidate, double[]> features,
            boolean byShare,
            double[] order) {
        double[] of = logistic(
                new double[] {0, 1, 0, 0, 0},
                impressions,
                candidate -> {
                    double known = candidate.evidence.known();
                    double ahead = ahead(candidate, byShare);
                    double score = LogitFit.dot(features.apply(candidate), order);
                    return new double[] {1, score, 1 - known, known * ahead, (1 - known) * ahead};
                },
                NO_BOUND,
                0,
                NO_BOUND,
                0,
                0);
        double[] weights = Arrays.stream(order).map(weight -> of[1] * weight).toArray();
        weights[5] += of[3];
        weights[6] += of[4];
        return new StageWeights(of[0], 0, 0, 0, 0, of[2], 0, 0, 0).ordered(weights);
    }

    /**
     * In a language that is unfamiliar to the encoder, the same scores mean lower probabilities, so the log-odds have a
     * separate scale and bias (Platt, 1999).
     */
    private static StageWeights inOtherLanguages(
            StageWeights usual, ToDoubleFunction<Candidate> logit, List<List<Candidate>> impressions) {
        double[] platt = logistic(
                new double[] {0, 1},
                impressions,
                candidate -> new double[] {1, usual.score(logit.applyAsDouble(candidate), candidate.evidence)},
                NO_BOUND,
                0);
        return usual.inOtherLanguages(platt[1], platt[0]);
    }

    /** Logistic regression over all candidates. */
    private static double[] logistic(
            double[] start,
            List<List<Candidate>> impressions,
            Function<Candidate, double[]> features,
            double... least) {
        List<Candidate> candidates = impressions.stream().flatMap(List::stream).toList();
        boolean[] fits = new boolean[candidates.size()];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = candidates.get(i).fits;
        }
        return LogitFit.binary(candidates.stream().map(features).toList(), fits, start, LogitFit.Prior.weak(least));
    }
}
