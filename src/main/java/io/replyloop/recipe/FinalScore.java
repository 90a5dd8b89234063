package io.replyloop.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.Calibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the stages of ranking become one probability, kept as {@code ranking.json} beside the model:
 *
 * <pre>
 * {"temperature": t, "threshold": p, "weights": {"bias": b, "crossEncoder": c, "firstStage": f, "memory": m}}
 * probability = sigmoid(b + c * logit / t + f * firstStage + m * memory)
 * </pre>
 *
 * The logit is the cross-encoder's (of two labels, their difference); {@code firstStage} is what the reply's own words
 * say and {@code memory} what the answered questions say, each from 0 to 1, as the index gives them. A reply below the
 * threshold is not suggested.
 */
public record FinalScore(double temperature, double threshold, Weights weights) {

    public record Weights(double bias, double crossEncoder, double firstStage, double memory) {}

    /** A candidate of one impression, with what each stage says of it. */
    public record Candidate(double logit, double firstStage, double memory, boolean fits) {}

    public static final String FILE = "ranking.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int FEATURES = 3;
    private static final int NEWTON_STEPS = 50;
    private static final double RIDGE = 1e-3;

    /** At most this share of the suggestions that would have helped is held back. */
    private static final double SILENCED = 0.05;

    private static final int SHOWN = 3;

    public double probability(double logit, double firstStage, double memory) {
        return Calibration.sigmoid(weights.bias
                + weights.crossEncoder * logit / temperature
                + weights.firstStage * firstStage
                + weights.memory * memory);
    }

    public double probability(Candidate candidate) {
        return probability(candidate.logit, candidate.firstStage, candidate.memory);
    }

    /**
     * Fits weights on impressions that the cross-encoder has not learned from. The weights between the stages are those
     * of a conditional logit (McFadden, 1974), which asks only for the right order within an impression; a logistic
     * regression with two parameters over all candidates then makes it a probability.
     */
    public static FinalScore fit(List<List<Candidate>> impressions) {
        return fit(impressions, impressions);
    }

    /** The order is learned from {@code impressions}; the probabilities are those of {@code calibration}. */
    public static FinalScore fit(List<List<Candidate>> impressions, List<List<Candidate>> calibration) {
        List<Candidate> all = impressions.stream().flatMap(List::stream).toList();
        double temperature = Calibration.temperature(
                all.stream().mapToDouble(Candidate::logit).toArray(),
                all.stream().mapToDouble(candidate -> candidate.fits ? 1 : 0).toArray());
        double[] order = conditionalLogit(features(impressions, temperature), labels(impressions));
        double[] scale = calibrate(features(calibration, temperature), labels(calibration), order);
        Weights weights = new Weights(scale[0], scale[1] * order[0], scale[1] * order[1], scale[1] * order[2]);
        FinalScore open = new FinalScore(temperature, 0, weights);
        return new FinalScore(temperature, open.thresholdFor(calibration), weights);
    }

    /** The same with a weight of the first stage that is not below {@code least}. */
    public FinalScore withWordsAtLeast(double least) {
        return new FinalScore(
                temperature,
                threshold,
                new Weights(weights.bias, weights.crossEncoder, Math.max(least, weights.firstStage), weights.memory));
    }

    private static List<double[][]> features(List<List<Candidate>> impressions, double temperature) {
        return rankable(impressions)
                .map(impression -> impression.stream()
                        .map(candidate ->
                                new double[] {candidate.logit / temperature, candidate.firstStage, candidate.memory})
                        .toArray(double[][]::new))
                .toList();
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

    private double thresholdFor(List<List<Candidate>> impressions) {
        double[] helpful = impressions.stream()
                .flatMap(impression -> impression.stream()
                        .sorted((left, right) -> Double.compare(probability(right), probability(left)))
                        .limit(SHOWN)
                        .filter(Candidate::fits))
                .mapToDouble(this::probability)
                .sorted()
                .toArray();
        return helpful.length == 0 ? 0 : helpful[(int) (SILENCED * helpful.length)];
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

    /** Bias and slope that turn the order score into log-odds. */
    private static double[] calibrate(List<double[][]> impressions, List<boolean[]> labels, double[] order) {
        double[] parameters = {0, 1};
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] gradient = new double[2];
            double[][] hessian = new double[2][2];
            for (int n = 0; n < impressions.size(); n++) {
                for (int row = 0; row < impressions.get(n).length; row++) {
                    double[] x = {1, dot(impressions.get(n)[row], order)};
                    double p = Calibration.sigmoid(dot(x, parameters));
                    for (int i = 0; i < 2; i++) {
                        gradient[i] += ((labels.get(n)[row] ? 1 : 0) - p) * x[i];
                        for (int j = 0; j < 2; j++) {
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

    public static FinalScore read(Path directory) throws IOException {
        JsonNode root = JSON.readTree(directory.resolve(FILE).toFile());
        JsonNode weights = root.path("weights");
        return new FinalScore(
                number(root, "temperature"),
                number(root, "threshold"),
                new Weights(
                        number(weights, "bias"),
                        number(weights, "crossEncoder"),
                        number(weights, "firstStage"),
                        number(weights, "memory")));
    }

    private static double number(JsonNode node, String field) throws IOException {
        if (!node.path(field).isNumber()) {
            throw new IOException(FILE + ": there is no number " + field);
        }
        return node.get(field).asDouble();
    }

    public void write(Path directory) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("temperature", rounded(temperature));
        root.put("threshold", rounded(threshold));
        root.putObject("weights")
                .put("bias", rounded(weights.bias))
                .put("crossEncoder", rounded(weights.crossEncoder))
                .put("firstStage", rounded(weights.firstStage))
                .put("memory", rounded(weights.memory));
        JSON.writeValue(directory.resolve(FILE).toFile(), root);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
