package io.replyloop.recipe;

import io.replyloop.bert.Calibration;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.StageWeights;
import io.replyloop.retrieval.Evidence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fits the {@link FinalScore} on impressions that the cross-encoder has not learned from. */
public final class FinalScoreFit {

    /** A candidate of one impression, with what each stage says of it. */
    public record Candidate(double logit, Evidence evidence, boolean fits) {}

    private static final int NEWTON_STEPS = 50;
    private static final double RIDGE = 1e-3;
    private static final double NO_BOUND = Double.NEGATIVE_INFINITY;

    /** At most this share of the suggestions that would have helped is held back. */
    private static final double SILENCED = 0.03;

    /** The same where there are moments, too, in which no reply fits and silence is right. */
    private static final double SILENCED_BESIDE_OTHERS = 0.02;

    /** What the words on a suggestion promise, and a little more, because it is measured on what was fitted. */
    private static final double PRECISION_OF_SURE = 0.92;

    private static final double PRECISION_OF_LIKELY = 0.79;
    private static final int FEWEST_CALLED_SO = 20;

    private static final int SHOWN = 3;

    private FinalScoreFit() {}

    /** The probability of each candidate of an impression. */
    public static double[] probabilities(FinalScore score, List<Candidate> impression) {
        return impression.stream()
                .mapToDouble(candidate -> score.probability(candidate.logit, candidate.evidence))
                .toArray();
    }

    /**
     * The weights between the stages are those of a conditional logit (McFadden, 1974), which asks only for the right
     * order within an impression; a logistic regression over all candidates, on that order and on how little memory knows,
     * then makes it a probability. No evidence counts against a reply: what would get a negative weight gets none.
     *
     * @param impressions those in which no candidate fits say when to be silent
     */
    public static FinalScore fit(List<List<Candidate>> impressions) {
        return ofTeams(List.of(impressions));
    }

    /**
     * The same over the impressions of several teams. A suggestion is called sure or likely only where that is right for
     * each of them: what holds on the average of all would be too much for those whose language the networks know less.
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
     * @param logit what the cross-encoder says; 0 where it was not asked, whose weight is then 0, too
     * @param byShare whether it counts how far a reply is ahead of the others
     */
    private static StageWeights weights(
            List<List<Candidate>> impressions, ToDoubleFunction<Candidate> logit, boolean byShare) {
        Function<Candidate, double[]> features =
                candidate -> features(candidate.evidence, logit.applyAsDouble(candidate), ahead(candidate, byShare));
        List<List<Candidate>> rankable = rankable(impressions).toList();
        double[] order = conditionalLogit(features(rankable, features), labels(rankable));
        List<List<Candidate>> familiar = spoken(impressions, 0);
        StageWeights usual = calibrated(familiar.isEmpty() ? impressions : familiar, features, byShare, order);
        List<List<Candidate>> others = spoken(impressions, 1);
        return familiar.isEmpty() || others.isEmpty() ? usual : inOtherLanguages(usual, logit, others);
    }

    private static double ahead(Candidate candidate, boolean byShare) {
        boolean known = byShare && candidate.evidence.meaning() > 0;
        return known ? StageWeights.logOdds(candidate.evidence.share()) : 0;
    }

    /** Each counts one way where memory knows the moment and another where it does not. */
    private static double[] features(Evidence evidence, double logit, double ahead) {
        double known = evidence.known();
        return new double[] {
            known * evidence.firstStage(),
            (1 - known) * evidence.firstStage(),
            known * evidence.meaning(),
            (1 - known) * evidence.meaning(),
            evidence.memory(),
            known * ahead,
            (1 - known) * ahead,
            known * logit,
            (1 - known) * logit
        };
    }

    /** Those in a language of which the encoder has read less, or the others. */
    private static List<List<Candidate>> spoken(List<List<Candidate>> impressions, double unfamiliar) {
        return impressions.stream()
                .filter(impression ->
                        impression.stream().allMatch(candidate -> candidate.evidence.unfamiliar() == unfamiliar))
                .toList();
    }

    private static List<double[][]> features(
            List<List<Candidate>> impressions, Function<Candidate, double[]> features) {
        return impressions.stream()
                .map(impression -> impression.stream().map(features).toArray(double[][]::new))
                .toList();
    }

    private static List<boolean[]> labels(List<List<Candidate>> impressions) {
        return impressions.stream()
                .map(impression -> {
                    boolean[] fits = new boolean[impression.size()];
                    for (int i = 0; i < fits.length; i++) {
                        fits[i] = impression.get(i).fits;
                    }
                    return fits;
                })
                .toList();
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

    /** 0 where too few were shown to tell; where not even the best are right as often, hardly any is called so. */
    private static FinalScore.Confidence confidenceOf(
            FinalScore score, double threshold, List<List<Candidate>> impressions) {
        List<Suggested> shown = impressions.stream()
                .flatMap(impression -> shown(score, impression))
                .filter(suggested -> suggested.probability >= threshold)
                .sorted(Comparator.comparingDouble(Suggested::probability).reversed())
                .toList();
        if (shown.size() < FEWEST_CALLED_SO) {
            return new FinalScore.Confidence(0, 0);
        }
        int sure = precise(shown, PRECISION_OF_SURE);
        List<Suggested> others = shown.subList(sure, shown.size());
        int likely = precise(others, PRECISION_OF_LIKELY);
        double sureFrom = shown.get((sure == 0 ? FEWEST_CALLED_SO : sure) - 1).probability;
        return new FinalScore.Confidence(sureFrom, likely == 0 ? sureFrom : others.get(likely - 1).probability);
    }

    /** How many of the first are right this often; none where a few would have to tell. */
    private static int precise(List<Suggested> bestFirst, double precision) {
        int right = 0;
        int precise = 0;
        for (int i = 0; i < bestFirst.size(); i++) {
            right += bestFirst.get(i).fits ? 1 : 0;
            if (i + 1 >= FEWEST_CALLED_SO && right >= precision * (i + 1)) {
                precise = i + 1;
            }
        }
        return precise;
    }

    private static double[] conditionalLogit(List<double[][]> impressions, List<boolean[]> labels) {
        int size = impressions.isEmpty() ? 0 : impressions.get(0)[0].length;
        double[] weights = new double[size];
        double[] noneNegative = new double[size];
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = new double[size];
            double[][] hessian = new double[size][size];
            for (int n = 0; n < impressions.size(); n++) {
                double[][] rows = impressions.get(n);
                double[] chosen = softmax(rows, weights);
                double[] mean = mean(rows, chosen);
                double[] right = mean(rows, uniform(labels.get(n)));
                for (int i = 0; i < size; i++) {
                    gradient[i] += right[i] - mean[i];
                }
                for (int row = 0; row < rows.length; row++) {
                    for (int i = 0; i < size; i++) {
                        for (int j = 0; j < size; j++) {
                            hessian[i][j] += chosen[row] * (rows[row][i] - mean[i]) * (rows[row][j] - mean[j]);
                        }
                    }
                }
            }
            if (!step(weights, gradient, hessian, noneNegative)) {
                break;
            }
        }
        return weights;
    }

    /**
     * Turns the order's score into log-odds: a bias, a slope, a further bias for what memory does not know, and what the
     * share counts beside what it does for the order. It says how clear the matter is, which an order cannot.
     */
    private static StageWeights calibrated(
            List<List<Candidate>> impressions,
            Function<Candidate, double[]> features,
            boolean byShare,
            double[] order) {
        double[] free = {NO_BOUND, 0, NO_BOUND, 0, 0};
        double[] of = logistic(new double[] {0, 1, 0, 0, 0}, free, impressions, candidate -> {
            double known = candidate.evidence.known();
            double ahead = ahead(candidate, byShare);
            return new double[] {1, dot(features.apply(candidate), order), 1 - known, known * ahead, (1 - known) * ahead
            };
        });
        double[] weights = Arrays.stream(order).map(weight -> of[1] * weight).toArray();
        return new StageWeights(
                of[0],
                weights[7],
                weights[0],
                weights[2],
                weights[4],
                of[2],
                weights[8] - weights[7],
                weights[1] - weights[0],
                weights[3] - weights[2],
                weights[5] + of[3],
                weights[6] + of[4] - weights[5] - of[3],
                1,
                0);
    }

    /**
     * The same numbers promise less in a language of which the encoder has read less: its log-odds have a scale and a bias
     * of their own (Platt, 1999).
     */
    private static StageWeights inOtherLanguages(
            StageWeights usual, ToDoubleFunction<Candidate> logit, List<List<Candidate>> impressions) {
        double[] platt = logistic(new double[] {0, 1}, new double[] {NO_BOUND, 0}, impressions, candidate ->
                new double[] {1, usual.score(logit.applyAsDouble(candidate), candidate.evidence)});
        return usual.inOtherLanguages(platt[1], platt[0]);
    }

    /** Logistic regression over all candidates, by Newton's method. */
    private static double[] logistic(
            double[] start, double[] least, List<List<Candidate>> impressions, Function<Candidate, double[]> features) {
        List<Candidate> candidates = impressions.stream().flatMap(List::stream).toList();
        List<double[]> rows = candidates.stream().map(features).toList();
        double[] parameters = start.clone();
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = new double[parameters.length];
            double[][] hessian = new double[parameters.length][parameters.length];
            for (int row = 0; row < rows.size(); row++) {
                double[] x = rows.get(row);
                double p = Calibration.sigmoid(dot(x, parameters));
                for (int i = 0; i < x.length; i++) {
                    gradient[i] += ((candidates.get(row).fits ? 1 : 0) - p) * x[i];
                    for (int j = 0; j < x.length; j++) {
                        hessian[i][j] += p * (1 - p) * x[i] * x[j];
                    }
                }
            }
            if (!step(parameters, gradient, hessian, least)) {
                break;
            }
        }
        return parameters;
    }

    /**
     * One Newton step with a ridge, not longer than 2, so that a far start cannot overshoot. A weight that lies on its
     * bound and wants to go below stays there, and the others move as if it were not one of them.
     */
    private static boolean step(double[] weights, double[] gradient, double[][] hessian, double[] least) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] -= RIDGE * weights[i];
            hessian[i][i] += RIDGE;
        }
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] <= least[i] && gradient[i] <= 0) {
                for (int j = 0; j < weights.length; j++) {
                    hessian[i][j] = i == j ? 1 : 0;
                    hessian[j][i] = i == j ? 1 : 0;
                }
                gradient[i] = 0;
            }
        }
        double[] step = solve(hessian, gradient);
        double length = Math.sqrt(dot(step, step));
        double factor = length > 2 ? 2 / length : 1;
        double moved = 0;
        for (int i = 0; i < weights.length; i++) {
            double next = Math.max(least[i], weights[i] + factor * step[i]);
            moved = Math.max(moved, Math.abs(next - weights[i]));
            weights[i] = next;
        }
        return moved > 1e-9;
    }

    /** Gaussian elimination with pivoting; the matrix is small and, thanks to the ridge, not singular. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
            }
            double[] swapped = matrix[column];
            matrix[column] = matrix[pivot];
            matrix[pivot] = swapped;
            double value = right[column];
            right[column] = right[pivot];
            right[pivot] = value;
            for (int row = column + 1; row < size; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                for (int i = column; i < size; i++) {
                    matrix[row][i] -= factor * matrix[column][i];
                }
                right[row] -= factor * right[column];
            }
        }
        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double sum = right[row];
            for (int i = row + 1; i < size; i++) {
                sum -= matrix[row][i] * solution[i];
            }
            solution[row] = sum / matrix[row][row];
        }
        return solution;
    }

    private static double[] softmax(double[][] rows, double[] weights) {
        double[] scores =
                Arrays.stream(rows).mapToDouble(row -> dot(row, weights)).toArray();
        double highest = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    private static double[] uniform(boolean[] fits) {
        double[] shares = new double[fits.length];
        int count = 0;
        for (boolean fit : fits) {
            count += fit ? 1 : 0;
        }
        for (int i = 0; i < fits.length; i++) {
            shares[i] = fits[i] ? 1.0 / count : 0;
        }
        return shares;
    }

    private static double[] mean(double[][] rows, double[] shares) {
        double[] mean = new double[rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += shares[row] * rows[row][i];
            }
        }
        return mean;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
