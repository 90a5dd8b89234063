package io.replyloop.curation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/**
 * Finds labels that are likely wrong by confident learning (Northcutt, Jiang and Chuang: Confident Learning: Estimating
 * Uncertainty in Dataset Labels, Journal of Artificial Intelligence Research 70, 2021).
 *
 * <p>A regularised logistic regression says how likely each reply fits its question. It has not seen the labels of the
 * conversations that it judges: these are in folds, and those of a fold are judged by what the other folds have taught.
 * The threshold of a label is the mean of what examples with that label are given for it. An example is suspect when what
 * it is given for the other label reaches the threshold of that label; the further the other label is ahead, the more.
 *
 * <p>The features are what the encoder's vectors say: how near question and reply are, what like questions of other
 * conversations said about the same reply, and how near the questions are for which another reply fits.
 */
final class LabelErrors {
    private static final int FOLDS = 5;
    private static final int EPOCHS = 12;
    private static final double RATE = 0.1;
    private static final double REGULARISATION = 1e-4;
    /** Of neighbours: one of cosine 0.9 counts as much as e of cosine 0.8. */
    private static final double TEMPERATURE = 0.1;

    private static final int DESCRIBED = 7;

    /** @param question and {@code reply}: which of the vectors are its own */
    record Judged(long id, UUID conversation, int question, int reply, boolean fits) {}

    /**
     * @param probability that the reply fits, by what others have taught
     * @param margin by how much the other label is ahead; the greater, the more likely the label is wrong
     */
    record Suspect(long id, double probability, double margin) {}

    private record Told(int question, int fold, UUID conversation, boolean fits) {}

    private final List<Judged> examples;
    private final float[][] likeness;
    private final float[][] questions;
    private final float[][] replies;
    private final Map<Integer, List<Told>> ofReply = new HashMap<>();
    private final List<Judged> fitting = new ArrayList<>();

    private LabelErrors(List<Judged> examples, float[][] questions, float[][] replies) {
        this.examples = examples;
        this.questions = questions;
        this.replies = replies;
        likeness = new float[questions.length][];
        for (Judged one : examples) {
            ofReply.computeIfAbsent(one.reply, reply -> new ArrayList<>())
                    .add(new Told(one.question, fold(one), one.conversation, one.fits));
            if (one.fits) {
                fitting.add(one);
            }
        }
    }

    /**
     * Takes memory for the square of the number of questions.
     *
     * @param questions vectors of length 1
     * @param replies likewise
     * @param progress is told the share that is done
     * @return the most likely errors first
     */
    static List<Suspect> find(List<Judged> examples, float[][] questions, float[][] replies, DoubleConsumer progress) {
        LabelErrors errors = new LabelErrors(examples, questions, replies);
        return errors.suspects(errors.probabilities(progress));
    }

    private List<Suspect> suspects(double[] probabilities) {
        double fits = threshold(probabilities, true);
        double doesNotFit = threshold(probabilities, false);
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            Judged one = examples.get(i);
            double other = one.fits ? 1 - probabilities[i] : probabilities[i];
            double margin = other - (1 - other);
            if (other >= (one.fits ? doesNotFit : fits) && margin > 0) {
                suspects.add(new Suspect(one.id, probabilities[i], margin));
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin).reversed().thenComparingLong(Suspect::id));
        return suspects;
    }

    /** What examples with this label are given for it, on the average. */
    private double threshold(double[] probabilities, boolean fits) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (examples.get(i).fits == fits) {
                sum += fits ? probabilities[i] : 1 - probabilities[i];
                count++;
            }
        }
        return count == 0 ? Double.MAX_VALUE : sum / count;
    }

    private double[] probabilities(DoubleConsumer progress) {
        for (int question = 0; question < questions.length; question++) {
            likeness[question] = new float[question + 1];
            for (int other = 0; other <= question; other++) {
                likeness[question][other] = dot(questions[question], questions[other]);
            }
            progress.accept(0.5 * question / questions.length);
        }
        double[] probabilities = new double[examples.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            judge(fold, probabilities);
            progress.accept(0.5 + 0.5 * (fold + 1) / FOLDS);
        }
        return probabilities;
    }

    private void judge(int fold, double[] probabilities) {
        float[][] features = new float[examples.size()][];
        List<Integer> taught = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            features[i] = features(examples.get(i), fold);
            if (fold(examples.get(i)) != fold) {
                taught.add(i);
            }
        }
        standardise(features, taught);
        double[] weights = learn(features, taught, fold);
        for (int i = 0; i < examples.size(); i++) {
            if (fold(examples.get(i)) == fold) {
                probabilities[i] = sigmoid(dot(weights, features[i]));
            }
        }
    }

    /** Says nothing of the labels of the fold that is judged, nor of the example's own fold. */
    private float[] features(Judged one, int judged) {
        int own = fold(one);
        double weights = 0;
        double votes = 0;
        double nearestFitting = -1;
        double nearestOther = -1;
        for (Told told : ofReply.get(one.reply)) {
            if (told.fold != own && told.fold != judged) {
                double near = likeness(one.question, told.question);
                double weight = Math.exp((near - 1) / TEMPERATURE);
                weights += weight;
                votes += told.fits ? weight : -weight;
                if (told.fits) {
                    nearestFitting = Math.max(nearestFitting, near);
                } else {
                    nearestOther = Math.max(nearestOther, near);
                }
            }
        }
        double rival = -1;
        for (Judged other : fitting) {
            int fold = fold(other);
            if (other.reply != one.reply && fold != own && fold != judged) {
                rival = Math.max(rival, likeness(one.question, other.question));
            }
        }
        float[] question = questions[one.question];
        float[] reply = replies[one.reply];
        float[] features = new float[DESCRIBED + 1 + question.length];
        features[0] = 1;
        features[1] = dot(question, reply);
        features[2] = (float) (votes / (weights + 1e-3));
        features[3] = (float) Math.log(weights + 1e-3);
        features[4] = (float) nearestFitting;
        features[5] = (float) nearestOther;
        features[6] = (float) rival;
        features[7] = (float) (nearestFitting - rival);
        for (int i = 0; i < question.length; i++) {
            features[DESCRIBED + 1 + i] = question[i] * reply[i];
        }
        return features;
    }

    private static void standardise(float[][] features, List<Integer> taught) {
        if (taught.isEmpty()) {
            return;
        }
        for (int column = 1; column < features[0].length; column++) {
            double sum = 0;
            double squares = 0;
            for (int i : taught) {
                sum += features[i][column];
                squares += features[i][column] * features[i][column];
            }
            double mean = sum / taught.size();
            double deviation = Math.sqrt(Math.max(0, squares / taught.size() - mean * mean)) + 1e-9;
            // What the vectors themselves say are hundreds of columns, which together should not outweigh the rest.
            double scale = column > DESCRIBED ? deviation * Math.sqrt(features[0].length) : deviation;
            for (float[] row : features) {
                row[column] = (float) ((row[column] - mean) / scale);
            }
        }
    }

    /** AdaGrad on the log loss, with weights that are kept small. */
    private double[] learn(float[][] features, List<Integer> taught, int fold) {
        double[] weights = new double[features[0].length];
        double[] past = new double[weights.length];
        List<Integer> order = new ArrayList<>(taught);
        Random random = new Random(fold);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(order, random);
            for (int i : order) {
                float[] row = features[i];
                double miss = sigmoid(dot(weights, row)) - (examples.get(i).fits ? 1 : 0);
                for (int column = 0; column < weights.length; column++) {
                    double step = miss * row[column] + REGULARISATION * weights[column];
                    past[column] += step * step;
                    weights[column] -= RATE * step / (Math.sqrt(past[column]) + 1e-9);
                }
            }
        }
        return weights;
    }

    private double likeness(int question, int other) {
        return question >= other ? likeness[question][other] : likeness[other][question];
    }

    private static int fold(Judged one) {
        return Math.floorMod(one.conversation.hashCode(), FOLDS);
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    private static float dot(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double dot(double[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
