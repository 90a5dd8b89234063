package io.replyloop.lab.evaluation;

import io.replyloop.bert.network.Encoder;
import io.replyloop.lab.corpus.CachedVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Multinomial logistic regression on frozen vectors, with each reply and each answered question as an example. After a
 * change it is fitted again before the next question, by accelerated gradient descent (Nesterov, 1983) from zero.
 */
final class LogisticBaseline extends TextBaseline {
    /** Inverse regularisation strength, as scikit-learn's C; not tuned on any of the measured data. */
    private static final double C = 10;

    private static final int STEPS = 150;

    private final CachedVectors vectors;
    private final Map<UUID, Integer> classes = new LinkedHashMap<>();
    private final List<float[]> examples = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private float[][] weights;

    LogisticBaseline(CachedVectors vectors) {
        this.vectors = vectors;
    }

    @Override
    void add(UUID reply, String text) {
        float[] vector = vectors.of(text);
        float[] withBias = Arrays.copyOf(vector, vector.length + 1);
        withBias[vector.length] = 1;
        examples.add(withBias);
        labels.add(classes.computeIfAbsent(reply, unknown -> classes.size()));
        weights = null;
    }

    @Override
    public Suggestions suggest(Moment moment) {
        if (weights == null) {
            weights = fit();
        }
        float[] asked = vectors.of(moment.withContext());
        Map<UUID, Double> scores = new HashMap<>();
        classes.forEach((reply, number) ->
                scores.put(reply, Encoder.product(asked, weights[number]) + weights[number][asked.length]));
        return Suggestions.byScore(scores);
    }

    private float[][] fit() {
        int width = examples.get(0).length;
        float[][] now = new float[classes.size()][width];
        float[][] ahead = new float[classes.size()][width];
        double ridge = 1 / (C * examples.size());
        // The curvature of the mean loss is at most half of the largest squared length of an example, 2 with the bias.
        double rate = 1 / (1 + ridge);
        double momentum = 1;
        for (int step = 0; step < STEPS; step++) {
            float[][] gradient = gradient(ahead);
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            float carried = (float) ((momentum - 1) / next);
            momentum = next;
            for (int row = 0; row < now.length; row++) {
                for (int i = 0; i < width; i++) {
                    // The bias is not regularised.
                    double pull = i < width - 1 ? ridge * ahead[row][i] : 0;
                    float moved = (float) (ahead[row][i] - rate * (gradient[row][i] + pull));
                    ahead[row][i] = moved + carried * (moved - now[row][i]);
                    now[row][i] = moved;
                }
            }
        }
        return now;
    }

    private float[][] gradient(float[][] at) {
        int width = at[0].length;
        float[][] gradient = new float[at.length][width];
        double[] probabilities = new double[at.length];
        for (int example = 0; example < examples.size(); example++) {
            float[] x = examples.get(example);
            double highest = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < at.length; row++) {
                probabilities[row] = Encoder.product(at[row], x);
                highest = Math.max(highest, probabilities[row]);
            }
            double sum = 0;
            for (int row = 0; row < at.length; row++) {
                probabilities[row] = Math.exp(probabilities[row] - highest);
                sum += probabilities[row];
            }
            for (int row = 0; row < at.length; row++) {
                double fits = labels.get(example) == row ? 1 : 0;
                float error = (float) ((probabilities[row] / sum - fits) / examples.size());
                float[] target = gradient[row];
                for (int i = 0; i < width; i++) {
                    target[i] += error * x[i];
                }
            }
        }
        return gradient;
    }

    @Override
    public void close() {
        examples.clear();
    }
}
