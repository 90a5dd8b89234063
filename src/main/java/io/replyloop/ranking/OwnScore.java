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

    /** Before there are twice as many as the fewest, each few make a difference; later a twentieth of what counts. */
    private static final int FRESH_AT_FIRST = 5;

    private static final int FRESH_LATER = NEWEST / 20;

    /**
     * How far a team's weights are from those of many teams, as a standard deviation, in the order of
     * {@link StageWeights#order}.
     */
    private static final double[] DEVIATIONS = {0.5, 0.5, 2, 2, 0.7, 0.3, 0.3, 0.3, 0.3};

    /**
     * What a reply says of itself never counts for less than this share of what it counts for many teams: one that was
     * published a moment ago has nothing else. Memory and network may turn out to be worth nothing.
     */
    private static final double[] LEAST_SHARE = {0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0, 0};

    /** How far slope and bias of log-odds are from 1 and 0, as standard deviations: of all, and of those that were shown. */
    private static final double[] DEVIATION_OF_ALL = {0.25, 1};

    private static final double[] DEVIATION_OF_SHOWN = {0.3, 0.7};
    private static final double LEAST_SLOPE = 0.2;

    /** In standard errors. */
    private static final double RELIABLY = 2;

    private static final int SHOWN = 3;

    /** Suggestions that tell as much of the words as what the model's figures were fitted on. */
    private static final double TELL_AS_MUCH = 60;

    /** Lowest precision at which a suggestion is called sure or likely; the average precision of both is higher. */
    static final FinalScore.Confidence PROMISED = new FinalScore.Confidence(0.94, 0.65);

    /**
     * A candidate of a question that was decided.
     *
     * @param logit of the network that serves; null where it was not asked
     * @param fits whether it was used; of a question to which an agent wrote an answer none does
     */
    public record Candidate(Double logit, Evidence evidence, boolean fits) {}

    /** By figures for replies that were not read, whatever the network may have said. */
    private static final double NO_NETWORK = Double.POSITIVE_INFINITY;

    /** Of many teams. */
    private static final FinalScore BUILT_IN = FinalScore.FIRST_STAGE_ONLY;

    private OwnScore() {}

    /** Whether it is time to look again. */
    public static boolean isDue(int counted, int fresh) {
        return fresh >= (counted < 2 * FEWEST ? FRESH_AT_FIRST : FRESH_LATER);
    }

    /**
     * What a training run hands on to another network, and measures it with: all but what the network counted, which was
     * learned of the one before.
     *
     * @param usual the model's
     * @param decisions none of those with which the run measures
     */
    public static FinalScore forAnotherNetwork(FinalScore usual, List<List<Candidate>> decisions) {
        FinalScore own = of(usual, decisions);
        return own.weighing(own.weights().withNetworkOf(usual.weights()), own.unjudged());
    }

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
        // Compared with the model's own order on the same scale: only what changes the order may speak for it.
        boolean better =
                isReliablyBetter(gains(scaled(usual, even), byEven, odd), gains(scaled(usual, odd), byOdd, even));
        FinalScore weighed = better ? weighed(usual, meant) : usual;
        List<Shown> shown = new ArrayList<>(shown(better ? byEven : usual, odd));
        shown.addAll(shown(better ? byOdd : usual, even));
        return said(usual, weighed, shown);
    }

    /** What was found by words alone is weighed by figures that are nobody's own. */
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

    /** The weights that the decisions speak for, and log-odds that promise what they bear out. */
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

    /** The same order, with log-odds that promise what the decisions bear out. */
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

    private static double[] platt(double[] logOdds, boolean[] right, double[] deviation) {
        double[] start = {1, 0};
        double[] least = {LEAST_SLOPE, Double.NEGATIVE_INFINITY};
        List<double[]> rows =
                Arrays.stream(logOdds).mapToObj(odds -> new double[] {odds, 1}).toList();
        return LogitFit.binary(rows, right, start, LogitFit.Prior.around(start, deviation, least));
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

    /** A suggestion as an agent saw it, or would have. */
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

    /** The lowest probability of a word, the more by what it promises the more has been seen. */
    private static double from(double promised, FinalScore.Said said, double usual, int seen) {
        double share = seen / (seen + TELL_AS_MUCH);
        return share * said.before(promised) + (1 - share) * usual;
    }
}
