package io.replyloop.lab.recipe;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A neural network with one hidden layer that predicts the reply from the features of a question. The hidden layer is the
 * sum of the features' embeddings, so the cost depends only on the number of features of the question (Joulin et al.,
 * 2017). Features are hashed into {@value #ROWS} embeddings, which bounds the memory. AdaGrad with one rate per embedding;
 * dropout in the hidden layer. The caller numbers the replies from 0.
 *
 * <p>One thread may train while any number of threads predict; these may see a partial update, which changes a
 * probability slightly.
 */
final class AnswerNetwork {
    private static final int ROWS = 1 << 17;
    private static final int WIDTH = 64;
    private static final float RATE = 0.05f;
    /** The bias of the hidden layer is updated by every question, so its rate is lower. */
    private static final float BIAS_RATE = 0.3f * RATE;

    private static final float DROPOUT = 0.2f;
    /** Slope of the leaky ReLU below 0; with a slope of 0, a unit might never become active again. */
    private static final float LEAK = 0.1f;

    private static final float INITIAL_DEVIATION = 0.1f;
    /** Added to AdaGrad's sums, to keep the first steps small; the gradients of embeddings are smaller. */
    private static final float SMALLEST = 1e-3f;

    private static final float SMALLEST_OF_ROW = 1e-5f;
    /** Replies with a smaller error are not updated. */
    private static final float NEGLIGIBLE_ERROR = 1e-3f;

    private final long seed;
    private final SplittableRandom random;
    private final float[][] rows = new float[ROWS][];
    private final float[] squaresOfRows = new float[ROWS];
    private final float[] bias = new float[WIDTH];
    private final float[] squaresOfBias = new float[WIDTH];
    private volatile Output[] outputs = new Output[0];

    /** The output unit of a reply: the weights of the hidden layer, then a bias. */
    private static final class Output {
        private final float[] weights;
        private final float[] squares = new float[WIDTH + 1];

        Output(float[] weights) {
            this.weights = Arrays.copyOf(weights, WIDTH + 1);
        }

        float score(float[] hidden) {
            float score = weights[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                score += weights[i] * hidden[i];
            }
            return score;
        }

        /** Adds the gradient of the hidden layer to {@code back}, and updates the weights. */
        void learn(float error, float[] hidden, float[] back) {
            for (int i = 0; i < WIDTH; i++) {
                back[i] += error * weights[i];
                move(i, error * hidden[i]);
            }
            move(WIDTH, error);
        }

        private void move(int weight, float gradient) {
            squares[weight] += gradient * gradient;
            weights[weight] += RATE * gradient / (float) Math.sqrt(squares[weight] + SMALLEST);
        }
    }

    /** The seed determines the initial weights and which features share an embedding, so networks differ in their errors. */
    public AnswerNetwork(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /** @param among the candidates, including {@code answer} */
    public void learn(int[] features, int answer, int[] among) {
        addOutputs(among);
        for (int feature : features) {
            int row = row(feature);
            if (rows[row] == null) {
                rows[row] = fresh();
            }
        }
        float[] sums = sums(features);
        float[] kept = new float[WIDTH];
        float[] hidden = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            kept[i] = random.nextDouble() < DROPOUT ? 0 : 1 / (1 - DROPOUT);
            hidden[i] = kept[i] * leakyRelu(sums[i]);
        }
        float[] probabilities = softmax(scores(hidden, among));
        float[] back = new float[WIDTH];
        for (int i = 0; i < among.length; i++) {
            float error = (among[i] == answer ? 1 : 0) - probabilities[i];
            if (Math.abs(error) >= NEGLIGIBLE_ERROR) {
                outputs[among[i]].learn(error, hidden, back);
            }
        }
        for (int i = 0; i < WIDTH; i++) {
            back[i] *= kept[i] * (sums[i] > 0 ? 1 : LEAK);
        }
        learn(features, back);
    }

    private void learn(int[] features, float[] back) {
        float scale = scale(features);
        float squares = 0;
        for (int i = 0; i < WIDTH; i++) {
            float square = back[i] * back[i];
            squares += square;
            squaresOfBias[i] += square;
            bias[i] += BIAS_RATE * back[i] / (float) Math.sqrt(squaresOfBias[i] + SMALLEST);
        }
        squares *= scale * scale / WIDTH;
        for (int feature : features) {
            int at = row(feature);
            squaresOfRows[at] += squares;
            float step = RATE * scale / (float) Math.sqrt(squaresOfRows[at] + SMALLEST_OF_ROW);
            float[] row = rows[at];
            for (int i = 0; i < WIDTH; i++) {
                row[i] += step * back[i];
            }
        }
    }

    /** The probabilities of these replies, which add up to 1. */
    public float[] probabilities(int[] features, int[] among) {
        float[] hidden = sums(features);
        for (int i = 0; i < WIDTH; i++) {
            hidden[i] = leakyRelu(hidden[i]);
        }
        return softmax(scores(hidden, among));
    }

    private float[] sums(int[] features) {
        float[] sums = bias.clone();
        float scale = scale(features);
        for (int feature : features) {
            float[] row = rows[row(feature)];
            if (row != null) {
                for (int i = 0; i < WIDTH; i++) {
                    sums[i] += scale * row[i];
                }
            }
        }
        return sums;
    }

    /** Keeps the length of the sum independent of the number of features. */
    private static float scale(int[] features) {
        return (float) (1 / Math.sqrt(Math.max(1, features.length)));
    }

    private static float leakyRelu(float sum) {
        return sum > 0 ? sum : LEAK * sum;
    }

    private float[] scores(float[] hidden, int[] among) {
        Output[] known = outputs;
        float[] scores = new float[among.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = among[i] < known.length ? known[among[i]].score(hidden) : 0;
        }
        return scores;
    }

    private static float[] softmax(float[] scores) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            highest = Math.max(highest, score);
        }
        float sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    private void addOutputs(int[] among) {
        int replies = 1 + Arrays.stream(among).max().orElse(-1);
        if (replies > outputs.length) {
            Output[] more = Arrays.copyOf(outputs, replies);
            for (int i = outputs.length; i < replies; i++) {
                more[i] = new Output(fresh());
            }
            outputs = more;
        }
    }

    private float[] fresh() {
        float[] weights = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            weights[i] = (float) random.nextGaussian(0, INITIAL_DEVIATION);
        }
        return weights;
    }

    private int row(int feature) {
        int mixed = feature * (int) (0x9E3779B1 * (2 * seed + 1));
        return (mixed ^ mixed >>> 15) & ROWS - 1;
    }
}
