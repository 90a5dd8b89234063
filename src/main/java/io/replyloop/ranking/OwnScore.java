package io.replyloop.ranking;

import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The final score as a team's own decisions correct it: how much words, meaning, memory and the cross-encoder count for
 * this team, and how often what is said of a suggestion has come true here. The figures that come with a model are those of
 * many teams; a network that has learned from this one, or a knowledge base whose replies are all alike, are worth more or
 * less than those say.
 *
 * <p>Both are learned with the model's figures as what is believed beforehand, so that a few decisions change little, from
 * what was known when each question came, so that no decision is measured with what it taught. Other weights are taken only
 * where those learned from one half of the decisions tell the other half reliably better than the model's do.
 */
public final class OwnScore {
    /** Decisions that count, the newest: a team's replies and its memory change. */
    public static final int NEWEST = 300;

    /** Candidates of each that count, the best: what stands further down decides nothing. */
    public static final int CANDIDATES = 20;

    /** With fewer decisions the model's figures are the better guess. */
    public static final int FEWEST = 20;

    /**
     * How far a team's weights are from those of many teams, as a standard deviation, in the order of
     * {@link StageWeights#order}.
     */
    private static final double[] DEVIATIONS = {0.5, 0.5, 2, 2, 0.7, 0.3, 0.3, 0.3, 0.3};

    /**
     * What a reply says of itself never counts for less than this share of the usual, in the same order: one that was
     * published a moment ago has nothing else. Memory and network may turn out to be worth nothing.
     */
    private static final double[] LEAST_SHARE = {0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0, 0};

    /** How far slope and bias are from 1 and 0, as standard deviations: of the log-odds, of all candidates and of those that were shown. */
    private static final double[] DEVIATION_OF_ALL = {0.25, 1};

    private static final double[] DEVIATION_OF_SHOWN = {0.3, 0.7};
    private static final double LEAST_SLOPE = 0.2;

    /** In standard errors. */
    private static final double RELIABLY = 2;

    private static final int SHOWN = 3;

    /** From which share of right ones on a suggestion is called so, at its worst: on the average both are right more often. */
    static final FinalScore.Confidence PROMISED = new FinalScore.Confidence(0.94, 0.65);

    /**
     * A candidate of a question that was decided.
     *
     * @param logit of the network that serves; null where it was not asked
     * @param fits whether it was used; of a question to which an agent wrote an answer none does
     */
    public record Candidate(Double logit, Evidence evidence, boolean fits) {}

    private OwnScore() {}

    /**
     * @param usual the model's
     * @param decisions one list of candidates each, with the logits of that model
     * @return the usual one where there are too few to tell
     */
    public static FinalScore of(FinalScore usual, List<List<Candidate>> decisions) {
        List<List<Candidate>> meant = decisions.stream()
                .map(OwnScore::meant)
                .filter(candidates -> !candidates.isEmpty())
                .toList();
        if (meant.size() < FEWEST) {
            return usual;
        }
        List<List<Candidate>> even = everySecond(meant, 0);
        List<List<Candidate>> odd = everySecond(meant, 1);
        FinalScore byEven = weighed(usual, even);
        FinalScore byOdd = weighed(usual, odd);
        boolean better = isReliablyBetter(gains(usual, byEven, odd), gains(usual, byOdd, even));
        FinalScore weighed = better ? weighed(usual, meant) : usual;
        List<Shown> shown = new ArrayList<>(shown(better ? byEven : usual, odd));
        shown.addAll(shown(better ? byOdd : usual, even));
        return said(weighed, shown);
    }

    /** What was found by words alone is weighed by figures that are nobody's own. */
    private static List<Candidate> meant(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.evidence.meaning() > 0)
                .toList();
    }

    private static <T> List<T> everySecond(List<T> all, int from) {
        List<T> half = new ArrayList<>();
        for (int i = from; i < all.size(); i += 2) {
            half.add(all.get(i));
        }
        return half;
    }

    /** The weights that the decisions speak for, and log-odds that promise what they bear out. */
    private static FinalScore weighed(FinalScore usual, List<List<Candidate>> decisions) {
        List<List<Candidate>> judged = decisions.stream()
                .map(candidates -> candidates.stream()
                        .filter(candidate -> candidate.logit != null)
                        .toList())
                .toList();
        return usual.weighing(
                weights(usual.weights(), usual.temperature(), judged),
                weights(usual.unjudged(), Double.POSITIVE_INFINITY, decisions));
    }

    private static StageWeights weights(StageWeights usual, double temperature, List<List<Candidate>> decisions) {
        double[] precision = Arrays.stream(DEVIATIONS)
                .map(deviation -> 1 / (deviation * deviation))
                .toArray();
        double[] start = usual.order();
        double[] least = new double[start.length];
        Arrays.setAll(least, i -> LEAST_SHARE[i] * start[i]);
        LogitFit.Prior prior = new LogitFit.Prior(start, precision, least);
        StageWeights ordered = usual.ordered(LogitFit.conditional(choices(temperature, decisions), start, prior));
        List<Candidate> all = decisions.stream().flatMap(List::stream).toList();
        double[] scores = all.stream()
                .mapToDouble(candidate -> ordered.score(cooled(candidate, temperature), candidate.evidence))
                .toArray();
        double[] platt = platt(scores, fits(all), 1, 0, DEVIATION_OF_ALL);
        return ordered.scaled(platt[0], platt[1]);
    }

    /** Infinitely hot, it says nothing. */
    private static double cooled(Candidate candidate, double temperature) {
        return candidate.logit == null ? 0 : candidate.logit / temperature;
    }

    private static List<LogitFit.Choice> choices(double temperature, List<List<Candidate>> decisions) {
        return decisions.stream()
                .filter(candidates -> candidates.stream().anyMatch(Candidate::fits))
                .map(candidates -> new LogitFit.Choice(
                        candidates.stream()
                                .map(candidate -> StageWeights.features(
                                        cooled(candidate, temperature),
                                        candidate.evidence,
                                        StageWeights.logOdds(candidate.evidence.share())))
                                .toArray(double[][]::new),
                        fits(candidates)))
                .toList();
    }

    private static boolean[] fits(List<Candidate> candidates) {
        boolean[] fits = new boolean[candidates.size()];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = candidates.get(i).fits;
        }
        return fits;
    }

    private static double[] platt(double[] logOdds, boolean[] right, double slope, double bias, double[] deviation) {
        double[] start = {slope, bias};
        double[] precision = {1 / (deviation[0] * deviation[0]), 1 / (deviation[1] * deviation[1])};
        double[] least = {LEAST_SLOPE, Double.NEGATIVE_INFINITY};
        List<double[]> rows =
                Arrays.stream(logOdds).mapToObj(odds -> new double[] {odds, 1}).toList();
        return LogitFit.binary(rows, right, start, new LogitFit.Prior(start, precision, least));
    }

    /** How much more likely the other score makes each decision than the usual one does, as logarithms. */
    private static double[] gains(FinalScore usual, FinalScore other, List<List<Candidate>> decisions) {
        return decisions.stream()
                .filter(candidates -> candidates.stream().anyMatch(Candidate::fits))
                .mapToDouble(candidates -> logLikelihood(other, candidates) - logLikelihood(usual, candidates))
                .toArray();
    }

    /** As on the screen, where what was read and what was not compete. */
    private static double logLikelihood(FinalScore score, List<Candidate> candidates) {
        double[][] rows = candidates.stream()
                .map(candidate ->
                        new double[] {FinalScore.Said.logOdds(score.probability(candidate.logit, candidate.evidence))})
                .toArray(double[][]::new);
        return LogitFit.logLikelihood(new LogitFit.Choice(rows, fits(candidates)), new double[] {1});
    }

    private static boolean isReliablyBetter(double[] ofOneHalf, double[] ofTheOther) {
        double[] gains =
                Stream.of(ofOneHalf, ofTheOther).flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares =
                Arrays.stream(gains).map(gain -> (gain - mean) * (gain - mean)).sum();
        double error = Math.sqrt(squares / Math.max(1, gains.length - 1.0) / gains.length);
        return gains.length >= FEWEST / 2 && mean > RELIABLY * error;
    }

    /** A suggestion as an agent saw it, or would have. */
    private record Shown(double logOdds, boolean fits) {}

    private static List<Shown> shown(FinalScore score, List<List<Candidate>> decisions) {
        List<Shown> shown = new ArrayList<>();
        for (List<Candidate> candidates : decisions) {
            candidates.stream()
                    .map(candidate -> new Shown(
                            FinalScore.Said.logOdds(score.probability(candidate.logit, candidate.evidence)),
                            candidate.fits))
                    .filter(one -> one.logOdds >= FinalScore.Said.logOdds(score.threshold()))
                    .sorted(Comparator.comparingDouble(Shown::logOdds).reversed())
                    .limit(SHOWN)
                    .forEach(shown::add);
        }
        return shown;
    }

    private static FinalScore said(FinalScore weighed, List<Shown> shown) {
        boolean[] right = new boolean[shown.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = shown.get(i).fits;
        }
        double[] platt = platt(shown.stream().mapToDouble(Shown::logOdds).toArray(), right, 1, 0, DEVIATION_OF_SHOWN);
        return weighed.saying(new FinalScore.Said(platt[0], platt[1]), PROMISED);
    }
}
