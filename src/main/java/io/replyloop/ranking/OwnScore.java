package io.replyloop.ranking;

import io.replyloop.retrieval.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adjusts the final score by the team's own decisions: how much words, meaning, memory and the cross-encoder count for
 * this team, and how often suggestions of a given probability have been right. The weights that come with a model are
 * averages over many teams; for a network trained by this team, or a knowledge base with very similar replies, others
 * are better.
 *
 * <p>Both are learned with the model's weights as the prior, so that a few decisions change little, and from the
 * evidence as it was when each question came in, so that no decision is evaluated with what it taught. New weights are
 * used only if weights learned from one half of the decisions predict the other half significantly better than the
 * model's.
 */
public final class OwnScore {
    /** The newest decisions, which are used; a team's replies and memory change over time. */
    public static final int NEWEST = 300;

    /** The best candidates of each decision, which are used; those further down decide nothing. */
    public static final int CANDIDATES = 20;

    /** With fewer decisions, the model's weights are the better estimate. */
    public static final int FEWEST = 20;

    /** Up to twice the minimum, every few decisions make a difference; later it takes a twentieth of those used. */
    private static final int FRESH_AT_FIRST = 5;

    private static final int FRESH_LATER = NEWEST / 20;

    /**
     * Standard deviations of a team's weights from the average of many teams, in the order of
     * {@link StageWeights#order}.
     */
    private static final double[] DEVIATIONS = {0.5, 0.5, 2, 2, 0.7, 0.3, 0.3, 0.3, 0.3};

    /**
     * Evidence from the reply itself never counts for less than this share of its average weight, because a newly
     * published reply has nothing else. Memory and network may turn out to be worth nothing.
     */
    private static final double[] LEAST_SHARE = {0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0, 0};

    /** Standard deviations of slope and bias of the log-odds from 1 and 0: for all candidates, and for those shown. */
    private static final double[] DEVIATION_OF_ALL = {0.25, 1};

    private static final double[] DEVIATION_OF_SHOWN = {0.3, 0.7};
    private static final double LEAST_SLOPE = 0.2;

    /** Required improvement, in standard errors. */
    private static final double RELIABLY = 2;

    private static final int SHOWN = 3;

    /** With this many suggestions, the limits of the words depend equally on them and on the model's figures. */
    private static final double TELL_AS_MUCH = 60;

    /** The lowest precision at which a suggestion is called sure or likely; the average precision of both is higher. */
    static final FinalScore.Confidence PROMISED = new FinalScore.Confidence(0.94, 0.65);

    /**
     * A candidate for a question that has been decided.
     *
     * @param logit the serving network's logit; null if it has not scored the candidate
     * @param fits whether it was used; if an agent wrote an answer, no candidate fits
     */
    public record Candidate(Double logit, Evidence evidence, boolean fits) {}

    /** An infinite temperature, which removes the logit: used to fit the weights for unjudged replies. */
    private static final double NO_NETWORK = Double.POSITIVE_INFINITY;

    /** The averages over many teams. */
    private static final FinalScore BUILT_IN = FinalScore.FIRST_STAGE_ONLY;

    private OwnScore() {}

    /** Whether there are enough new decisions to learn again. */
    public static boolean isDue(int counted, int fresh) {
        return fresh >= (counted < 2 * FEWEST ? FRESH_AT_FIRST : FRESH_LATER);
    }

    /**
     * The score that a training run uses to evaluate another network, and passes on to it: everything except the
     * network's weight, which was learned for the previous one.
     *
     * @param usual the score that came with the model
     * @param decisions the decisions to learn from, without those that the run evaluates with
     */
    public static FinalScore forAnotherNetwork(FinalScore usual, List<List<Candidate>> decisions) {
        FinalScore own = of(usual, decisions);
        return own.weighing(own.weights().withNetworkOf(usual.weights()), own.unjudged());
    }

    /**
     * @param usual the score that came with the model
     * @param decisions one list of candidates each, with the logits of that model
     * @return the usual score if there are too few decisions
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
        // Compared with the model's own ranking on the same scale: only changes of the ranking may speak for the new
        // weights.
        boolean better =
                isReliablyBetter(gains(scaled(usual, even), byEven, odd), gains(scaled(usual, odd), byOdd, even));
        FinalScore weighed = better ? weighed(usual, meant) : usual;
        List<Shown> shown = new ArrayList<>(shown(better ? byEven : usual, odd));
        shown.addAll(shown(better ? byOdd : usual, even));
        return said(usual, weighed, shown);
    }

    /** Leaves out candidates found by words alone, which have fixed weights. */
    private static List<Candidate> meant(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.evidence.meaning() > 0)
                .filter(candidate -> candidate.logit == null || Double.isFinite(candidate.logit))
                .toList();
    }

    private static <T> List<T> everySecond(List<T> all, int from) {
        List<T> half = new ArrayList<>();
        for (int i = from; i < all.size(); i += 2) {
            half.add(all.get(i));
        }
        return half;
    }

    /** Learns the weights from the decisions, and calibrates them. */
    private static FinalScore weighed(FinalScore usual, List<List<Candidate>> decisions) {
        List<List<Candidate>> judged = judged(decisions);
        FinalScore ordered = usual.weighing(
                ordered(usual.weights(), BUILT_IN.weights(), usual.temperature(), judged),
                ordered(usual.unjudged(), BUILT_IN.unjudged(), NO_NETWORK, decisions));
        return scaled(ordered, decisions);
    }

    private static List<List<Candidate>> judged(List<List<Candidate>> decisions) {
        return decisions.stream()
                .map(candidates -> candidates.stream()
                        .filter(candidate -> candidate.logit != null)
                        .toList())
                .toList();
    }

    private static StageWeights ordered(
            StageWeights usual, StageWeights builtIn, double temperature, List<List<Candidate>> decisions) {
        double[] start = usual.order();
        double[] many = builtIn.order();
        double[] least = new double[start.length];
        Arrays.setAll(least, i -> Math.min(start[i], LEAST_SHARE[i] * many[i]));
        LogitFit.Prior prior = LogitFit.Prior.around(start, DEVIATIONS, least);
        return usual.ordered(LogitFit.conditional(choices(temperature, decisions), start, prior));
    }

    /** The same ranking, with log-odds calibrated by the decisions. */
    private static FinalScore scaled(FinalScore score, List<List<Candidate>> decisions) {
        return score.weighing(
                scaled(score.weights(), score.temperature(), judged(decisions)),
                scaled(score.unjudged(), NO_NETWORK, decisions));
    }

    private static StageWeights scaled(StageWeights weights, double temperature, List<List<Candidate>> decisions) {
        List<Candidate> all = decisions.stream().flatMap(List::stream).toList();
        double[] logOdds = all.stream()
                .mapToDouble(candidate -> weights.logOdds(cooled(candidate, temperature), candidate.evidence))
                .toArray();
        double[] platt = platt(logOdds, fits(all), DEVIATION_OF_ALL);
        return weights.scaled(platt[0], platt[1]);
    }

    /** With infinite temperature, the logit has no effect. */
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

    private static double[] platt(double[] logOdds, boolean[] right, double[] deviation) {
        double[] start = {1, 0};
        double[] least = {LEAST_SLOPE, Double.NEGATIVE_INFINITY};
        List<double[]> rows =
                Arrays.stream(logOdds).mapToObj(odds -> new double[] {odds, 1}).toList();
        return LogitFit.binary(rows, right, start, LogitFit.Prior.around(start, deviation, least));
    }

    /** The gain in log-likelihood of each decision under the other score. */
    private static double[] gains(FinalScore usual, FinalScore other, List<List<Candidate>> decisions) {
        return decisions.stream()
                .filter(candidates -> candidates.stream().anyMatch(Candidate::fits))
                .mapToDouble(candidates -> logLikelihood(other, candidates) - logLikelihood(usual, candidates))
                .toArray();
    }

    /** As on the screen, where judged and unjudged replies are ranked together. */
    private static double logLikelihood(FinalScore score, List<Candidate> candidates) {
        double[] logOdds = candidates.stream()
                .mapToDouble(candidate -> logOdds(score, candidate))
                .toArray();
        return LogitFit.logLikelihood(logOdds, fits(candidates));
    }

    private static double logOdds(FinalScore score, Candidate candidate) {
        return FinalScore.logOdds(score.probability(candidate.logit, candidate.evidence));
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

    /** A suggestion that an agent saw, or would have seen. */
    private record Shown(double logOdds, boolean fits) {}

    private static List<Shown> shown(FinalScore score, List<List<Candidate>> decisions) {
        List<Shown> shown = new ArrayList<>();
        for (List<Candidate> candidates : decisions) {
            candidates.stream()
                    .map(candidate -> new Shown(logOdds(score, candidate), candidate.fits))
                    .filter(one -> one.logOdds >= FinalScore.logOdds(score.threshold()))
                    .sorted(Comparator.comparingDouble(Shown::logOdds).reversed())
                    .limit(SHOWN)
                    .forEach(shown::add);
        }
        return shown;
    }

    private static FinalScore said(FinalScore usual, FinalScore weighed, List<Shown> shown) {
        boolean[] right = new boolean[shown.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = shown.get(i).fits;
        }
        double[] platt = platt(shown.stream().mapToDouble(Shown::logOdds).toArray(), right, DEVIATION_OF_SHOWN);
        FinalScore.Said said = new FinalScore.Said(platt[0], platt[1]);
        return weighed.saying(
                said,
                new FinalScore.Confidence(
                        from(PROMISED.sure(), said, usual.confidence().sure(), right.length),
                        from(PROMISED.likely(), said, usual.confidence().likely(), right.length)));
    }

    /**
     * The lowest probability for a word. The more suggestions have been shown, the more it follows the promised
     * precision.
     */
    private static double from(double promised, FinalScore.Said said, double usual, int seen) {
        double share = seen / (seen + TELL_AS_MUCH);
        return share * said.before(promised) + (1 - share) * usual;
    }
}
