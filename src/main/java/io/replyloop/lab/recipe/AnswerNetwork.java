package io.replyloop.lab.recipe;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A neural network with one hidden layer from the features of a question to the reply that answers it. A feature is a row
 * of weights that it adds to the hidden layer, so the cost of a question is that of its few features, however many there
 * are (a bag of embeddings; Joulin et al., 2017), and what it takes has a bound: features share {@value #ROWS} rows.
 * AdaGrad, with one rate for each row; dropout in the hidden layer. Replies are numbered by the caller, from 0.
 *
 * <p>One thread learns, any number ask; who asks while a question is being learned may see half of it, which moves a
 * probability a little.
 */
final class AnswerNetwork {
    private static final int ROWS = 1 << 17;
    private static final int WIDTH = 64;
    private static final float RATE = 0.05f;
    /** The hidden layer's bias is in every question and learns in smaller steps. */
    private static final float BIAS_RATE = 0.3f * RATE;

    private static final float DROPPED = 0.2f;
    /** What is left of a negative sum in the hidden layer; with nothing left, a sum might never become positive again. */
    private static final float LEAK = 0.1f;

    private static final float FIRST_DEVIATION = 0.1f;
    /** These keep the first steps finite; a row's gradient is smaller than a reply's. */
    private static final float SMALLEST = 1e-3f;

    private static final float SMALLEST_OF_ROW = 1e-5f;
    /** A reply that is wrong by less than this is left alone. */
    private static final float NEARLY_RIGHT = 1e-3f;

    private final long seed;
    private final SplittableRandom random;
    private final float[][] rows = new float[ROWS][];
    private final float[] squaresOfRows = new float[ROWS];
    private final float[] bias = new float[WIDTH];
    private final float[] squaresOfBias = new float[WIDTH];
    private volatile Output[] outputs = new Output[0];

    /** What speaks for a reply: weights of the hidden layer, then a bias. */
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

        /** Adds to {@code back} what the error says of the hidden layer, and moves by it. */
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

    /** Networks of different seeds err differently, in their first weights and in which features share a row. */
    public AnswerNetwork(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /** @param among the replies that there were to choose from, {@code answer} among them */
    public void learn(int[] features, int answer, int[] among) {
        makeRoom(among);
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
            kept[i] = random.nextDouble() < DROPPED ? 0 : 1 / (1 - DROPPED);
            hidden[i] = kept[i] * bent(sums[i]);
        }
        float[] probabilities = softmax(scores(hidden, among));
        float[] back = new float[WIDTH];
        for (int i = 0; i < among.length; i++) {
            float error = (among[i] == answer ? 1 : 0) - probabilities[i];
            if (Math.abs(error) >= NEARLY_RIGHT) {
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

    /** The probability of each of these replies, which together have 1. */
    public float[] probabilities(int[] features, int[] among) {
        float[] hidden = sums(features);
        for (int i = 0; i < WIDTH; i++) {
            hidden[i] = bent(hidden[i]);
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

    /** A question of many features is not to speak louder than one of few. */
    private static float scale(int[] features) {
        return (float) (1 / Math.sqrt(Math.max(1, features.length)));
    }

    private static float bent(float sum) {
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

    private void makeRoom(int[] among) {
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
            weights[i] = (float) random.nextGaussian(0, FIRST_DEVIATION);
        }
        return weights;
    }

    private int row(int feature) {
        int mixed = feature * (int) (0x9E3779B1 * (2 * seed + 1));
        return (mixed ^ mixed >>> 15) & ROWS - 1;
    }
}
