package io.replyloop.recipe;

import io.replyloop.bert.Calibration;
import io.replyloop.ranking.FinalScore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fits the {@link FinalScore} on impressions that the cross-encoder has not learned from. */
public final class FinalScoreFit {

    /** A candidate of one impression, with what each stage says of it. */
    public record Candidate(double logit, double firstStage, double memory, boolean fits) {}

    private static final int FEATURES = 4;
    private static final int NEWTON_STEPS = 50;
    private static final double RIDGE = 1e-3;

    /** At most this share of the suggestions that would have helped is held back. */
    private static final double SILENCED = 0.03;

    private static final int SHOWN = 3;

    private FinalScoreFit() {}

    /** The probability of each candidate of an impression. */
    public static double[] probabilities(FinalScore score, List<Candidate> impression) {
        double best = best(impression);
        return impression.stream()
                .mapToDouble(
                        candidate -> score.probability(candidate.logit, candidate.firstStage, candidate.memory, best))
                .toArray();
    }

    private static double best(List<Candidate> impression) {
        return impression.stream().mapToDouble(Candidate::memory).max().orElse(0);
    }

    /**
     * The weights between the stages are those of a conditional logit (McFadden, 1974), which asks only for the right
     * order within an impression; a logistic regression over all candidates, on that order and on how little memory knows,
     * then makes it a probability.
     */
    public static FinalScore fit(List<List<Candidate>> impressions) {
        List<Candidate> all = impressions.stream().flatMap(List::stream).toList();
        double temperature = Calibration.temperature(
                all.stream().mapToDouble(Candidate::logit).toArray(),
                all.stream().mapToDouble(candidate -> candidate.fits ? 1 : 0).toArray());
        double[] order = conditionalLogit(features(impressions, temperature), labels(impressions));
        double[] scale =
                calibrate(features(impressions, temperature), unknown(impressions), labels(impressions), order);
        FinalScore.Weights weights = new FinalScore.Weights(
                scale[0], scale[1] * order[0], scale[1] * order[1], scale[1] * order[2], scale[2], scale[1] * order[3]);
        FinalScore open = new FinalScore(temperature, 0, weights);
        return new FinalScore(temperature, thresholdFor(open, impressions), weights);
    }

    private static List<double[][]> features(List<List<Candidate>> impressions, double temperature) {
        return rankable(impressions)
                .map(impression -> {
                    double unknown = 1 - best(impression);
                    return impression.stream()
                            .map(candidate -> {
                                double logit = candidate.logit / temperature;
                                return new double[] {logit, candidate.firstStage, candidate.memory, unknown * logit};
                            })
                            .toArray(double[][]::new);
                })
                .toList();
    }

    private static double[] unknown(List<List<Candidate>> impressions) {
        return rankable(impressions)
                .mapToDouble(impression -> 1 - best(impression))
                .toArray();
    }

    private static List<boolean[]> labels(List<List<Candidate>> impressions) {
        return rankable(impressions)
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
                .flatMapToDouble(impression -> helpful(score, impression))
                .sorted()
                .toArray();
        return helpful.length == 0 ? 0 : helpful[(int) (SILENCED * helpful.length)];
    }

    /** The probability of the reply that fits, if it is among the first ones. */
    private static DoubleStream helpful(FinalScore score, List<Candidate> impression) {
        double[] probabilities = probabilities(score, impression);
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> probabilities[i])
                        .reversed())
                .limit(SHOWN)
                .filter(i -> impression.get(i).fits)
                .mapToDouble(i -> probabilities[i]);
    }

    private static double[] conditionalLogit(List<double[][]> impressions, List<boolean[]> labels) {
        double[] weights = new double[FEATURES];
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = new double[FEATURES];
            double[][] hessian = new double[FEATURES][FEATURES];
            for (int n = 0; n < impressions.size(); n++) {
                double[][] rows = impressions.get(n);
                double[] chosen = softmax(rows, weights);
                double[] mean = mean(rows, chosen);
                double[] right = mean(rows, uniform(labels.get(n)));
                for (int i = 0; i < FEATURES; i++) {
                    gradient[i] += right[i] - mean[i];
                }
                for (int row = 0; row < rows.length; row++) {
                    for (int i = 0; i < FEATURES; i++) {
                        for (int j = 0; j < FEATURES; j++) {
                            hessian[i][j] += chosen[row] * (rows[row][i] - mean[i]) * (rows[row][j] - mean[j]);
                        }
                    }
                }
            }
            if (!step(weights, gradient, hessian)) {
                break;
            }
        }
        return weights;
    }

    /** Bias, slope and a further bias for what memory does not know, which turn the order's score into log-odds. */
    private static double[] calibrate(
            List<double[][]> impressions, double[] unknown, List<boolean[]> labels, double[] order) {
        double[] parameters = {0, 1, 0};
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = new double[parameters.length];
            double[][] hessian = new double[parameters.length][parameters.length];
            for (int n = 0; n < impressions.size(); n++) {
                for (int row = 0; row < impressions.get(n).length; row++) {
                    double[] x = {1, dot(impressions.get(n)[row], order), unknown[n]};
                    double p = Calibration.sigmoid(dot(x, parameters));
                    for (int i = 0; i < x.length; i++) {
                        gradient[i] += ((labels.get(n)[row] ? 1 : 0) - p) * x[i];
                        for (int j = 0; j < x.length; j++) {
                            hessian[i][j] += p * (1 - p) * x[i] * x[j];
                        }
                    }
                }
            }
            if (!step(parameters, gradient, hessian)) {
                break;
            }
        }
        return parameters;
    }

    /** One Newton step with a ridge, not longer than 2, so that a far start cannot overshoot. */
    private static boolean step(double[] weights, double[] gradient, double[][] hessian) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] -= RIDGE * weights[i];
            hessian[i][i] += RIDGE;
        }
        double[] step = solve(hessian, gradient);
        double length = Math.sqrt(dot(step, step));
        double factor = length > 2 ? 2 / length : 1;
        for (int i = 0; i < weights.length; i++) {
            weights[i] += factor * step[i];
        }
        return length > 1e-9;
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
        double[] mean = new double[FEATURES];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < FEATURES; i++) {
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
