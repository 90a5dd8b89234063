package io.replyloop.ranking;

import io.replyloop.bert.training.Calibration;
import java.util.Arrays;
import java.util.List;

/**
 * Fits the weights of logit models by Newton's method: which of several candidates was chosen (conditional logit,
 * McFadden, 1974), and whether one is right (logistic regression). The prior is normal, and weights can have a lower
 * bound.
 */
public final class LogitFit {
    private static final int STEPS = 50;

    /** Steps are limited to this length, so that a distant start cannot overshoot. */
    private static final double LONGEST_STEP = 2;

    private static final double SETTLED = 1e-9;

    /**
     * The prior of the weights.
     *
     * @param precision the inverse of the variance; above 0, so that the optimum is unique
     * @param least the lower bound; negative infinity for none
     */
    public record Prior(double[] mean, double[] precision, double[] least) {
        private static final double RIDGE = 1e-3;

        /** A very weak prior with lower bounds. */
        public static Prior weak(double... least) {
            double[] precision = new double[least.length];
            Arrays.fill(precision, RIDGE);
            return new Prior(new double[least.length], precision, least);
        }

        /** A normal prior with these means and standard deviations. */
        public static Prior around(double[] mean, double[] deviations, double[] least) {
            double[] precision = Arrays.stream(deviations)
                    .map(deviation -> 1 / (deviation * deviation))
                    .toArray();
            return new Prior(mean, precision, least);
        }
    }

    /**
     * One question: a row of features for each candidate.
     *
     * @param fits the candidates that may have been chosen; at least one
     */
    public record Choice(double[][] rows, boolean[] fits) {}

    private LogitFit() {}

    /** Returns the weights under which the chosen candidates rank first. */
    public static double[] conditional(List<Choice> choices, double[] start, Prior prior) {
        double[] weights = start.clone();
        int size = weights.length;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[size];
            double[][] hessian = new double[size][size];
            for (Choice choice : choices) {
                double[] shares = shares(Arrays.stream(choice.rows)
                        .mapToDouble(row -> dot(row, weights))
                        .toArray());
                double[] mean = mean(choice.rows, shares);
                double[] right = mean(choice.rows, alike(choice.fits));
                for (int i = 0; i < size; i++) {
                    gradient[i] += right[i] - mean[i];
                }
                for (int row = 0; row < choice.rows.length; row++) {
                    for (int i = 0; i < size; i++) {
                        for (int j = 0; j < size; j++) {
                            hessian[i][j] +=
                                    shares[row] * (choice.rows[row][i] - mean[i]) * (choice.rows[row][j] - mean[j]);
                        }
                    }
                }
            }
            if (!step(weights, gradient, hessian, prior)) {
                break;
            }
        }
        return weights;
    }

    /** The log-likelihood that one of the fitting candidates is chosen. */
    public static double logLikelihood(double[] logOdds, boolean[] fits) {
        double[] shares = shares(logOdds);
        double fitting = 0;
        for (int i = 0; i < shares.length; i++) {
            fitting += fits[i] ? shares[i] : 0;
        }
        return Math.log(Math.max(Double.MIN_NORMAL, fitting));
    }

    /** Returns the weights of a logistic regression. */
    public static double[] binary(List<double[]> rows, boolean[] right, double[] start, Prior prior) {
        double[] weights = start.clone();
        int size = weights.length;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[size];
            double[][] hessian = new double[size][size];
            for (int row = 0; row < right.length; row++) {
                double[] x = rows.get(row);
                double p = Calibration.sigmoid(dot(x, weights));
                for (int i = 0; i < size; i++) {
                    gradient[i] += ((right[row] ? 1 : 0) - p) * x[i];
                    for (int j = 0; j < size; j++) {
                        hessian[i][j] += p * (1 - p) * x[i] * x[j];
                    }
                }
            }
            if (!step(weights, gradient, hessian, prior)) {
                break;
            }
        }
        return weights;
    }

    public static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /**
     * Makes one Newton step. A weight that is on its bound and would move below it is fixed, and the others move as if
     * it did not exist.
     */
    private static boolean step(double[] weights, double[] gradient, double[][] hessian, Prior prior) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] -= prior.precision[i] * (weights[i] - prior.mean[i]);
            hessian[i][i] += prior.precision[i];
        }
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] <= prior.least[i] && gradient[i] <= 0) {
                for (int j = 0; j < weights.length; j++) {
                    hessian[i][j] = i == j ? 1 : 0;
                    hessian[j][i] = i == j ? 1 : 0;
                }
                gradient[i] = 0;
            }
        }
        double[] step = solve(hessian, gradient);
        double length = Math.sqrt(dot(step, step));
        double factor = length > LONGEST_STEP ? LONGEST_STEP / length : 1;
        double moved = 0;
        for (int i = 0; i < weights.length; i++) {
            double next = Math.max(prior.least[i], weights[i] + factor * step[i]);
            moved = Math.max(moved, Math.abs(next - weights[i]));
            weights[i] = next;
        }
        return moved > SETTLED;
    }

    /** Gaussian elimination with pivoting; the matrix is small and, thanks to the prior, not singular. */
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

    private static double[] shares(double[] logOdds) {
        double highest = Arrays.stream(logOdds).max().orElse(0);
        double[] odds =
                Arrays.stream(logOdds).map(one -> Math.exp(one - highest)).toArray();
        double sum = Arrays.stream(odds).sum();
        return Arrays.stream(odds).map(one -> one / sum).toArray();
    }

    /** If several candidates fit, each is equally likely to have been chosen. */
    private static double[] alike(boolean[] fits) {
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
}
