package io.replyloop.retrieval;

import java.util.Arrays;

/**
 * A linear classifier from the features of a question to the reply that answers it (softmax regression, AdaGrad), which
 * learns from one answered question after the other. Replies are numbered by the caller, from 0.
 *
 * <p>One thread learns, any number ask; who asks while a question is being learned may see half of it, which moves a
 * probability a little.
 */
public final class LearnedMemory {
    private static final int ROWS = 1 << 18;
    private static final float LEARNING_RATE = 0.12f;
    /** Keeps a feature's first step finite. */
    private static final float SMALLEST = 1e-4f;
    /** A reply that is wrong by less than this is left alone: it would only fill the table. */
    private static final double NEARLY_RIGHT = 0.01;

    /** Replies that no question has been answered with yet, and which nothing is known of. */
    private static final double NOBODY = 10;

    private final Row[] rows = new Row[ROWS];

    /** What a feature says about the replies that it has met: an open hash table by the reply's number. */
    private static final class Row {
        private static final int FREE = -1;

        private final int[] replies;
        private final float[] weights;
        private final float[] squares;
        private int size;

        Row(int capacity) {
            replies = new int[capacity];
            Arrays.fill(replies, FREE);
            weights = new float[capacity];
            squares = new float[capacity];
        }

        private int place(int reply) {
            int mask = replies.length - 1;
            int at = reply * 0x9E3779B1 >>> 16 & mask;
            while (replies[at] != FREE && replies[at] != reply) {
                at = at + 1 & mask;
            }
            return at;
        }

        /** This row, or a larger one that takes its place. */
        Row with(int reply, float gradient) {
            int at = place(reply);
            if (replies[at] == FREE) {
                if (2 * (size + 1) > replies.length) {
                    return doubled().with(reply, gradient);
                }
                replies[at] = reply;
                size++;
            }
            squares[at] += gradient * gradient;
            weights[at] += LEARNING_RATE * gradient / (float) Math.sqrt(squares[at] + SMALLEST);
            return this;
        }

        private Row doubled() {
            Row larger = new Row(2 * replies.length);
            for (int i = 0; i < replies.length; i++) {
                if (replies[i] != FREE) {
                    int at = larger.place(replies[i]);
                    larger.replies[at] = replies[i];
                    larger.weights[at] = weights[i];
                    larger.squares[at] = squares[i];
                }
            }
            larger.size = size;
            return larger;
        }

        void addTo(double[] scores) {
            for (int i = 0; i < replies.length; i++) {
                if (replies[i] >= 0 && replies[i] < scores.length) {
                    scores[replies[i]] += weights[i];
                }
            }
        }
    }

    /** @param among the replies that there were to choose from, {@code answer} among them */
    public void learn(int[] features, int answer, int[] among) {
        double[] probabilities = probabilities(features, among);
        float scale = (float) (1 / Math.sqrt(features.length));
        for (int i = 0; i < among.length; i++) {
            double error = (among[i] == answer ? 1 : 0) - probabilities[i];
            if (Math.abs(error) >= NEARLY_RIGHT) {
                for (int feature : features) {
                    int row = row(feature);
                    Row known = rows[row] == null ? new Row(4) : rows[row];
                    rows[row] = known.with(among[i], (float) error * scale);
                }
            }
        }
    }

    /** The probability of each of these replies; together a little below 1, because it may be none of them. */
    public double[] probabilities(int[] features, int[] among) {
        double[] scores = new double[1 + Arrays.stream(among).max().orElse(-1)];
        for (int feature : features) {
            Row row = rows[row(feature)];
            if (row != null) {
                row.addTo(scores);
            }
        }
        double scale = 1 / Math.sqrt(features.length);
        double[] probabilities =
                Arrays.stream(among).mapToDouble(reply -> scores[reply] * scale).toArray();
        double highest = Math.max(0, Arrays.stream(probabilities).max().orElse(0));
        double sum = NOBODY * Math.exp(-highest);
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.exp(probabilities[i] - highest);
            sum += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static int row(int feature) {
        return feature & ROWS - 1;
    }
}
