package io.replyloop.bert.training;

import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Pretrains word embeddings with a linear classifier over weighted sums of them (fastText, Joulin et al., 2017). This
 * takes seconds of plain Java and saves a small network the long time in which its embeddings carry no information.
 * Newer words have larger weights, as they matter more in a conversation. Attention then starts as an average over the
 * sequence: the identity is added to its value and output projections (similar to the mimetic initialisation of
 * Trockman and Kolter, 2023), so that the network starts where the linear classifier ended.
 */
public final class BagOfWords {

    private static final String EMBEDDINGS = "bert.embeddings.word_embeddings.weight";
    private static final String VALUE = ".attention.self.value.weight";
    private static final String OUTPUT = ".attention.output.dense.weight";
    /**
     * The average of many words is shorter than the vector of a word; this factor makes it about as large as the token
     * itself.
     */
    private static final float AVERAGE_SHARE = 3;

    private static final String WEIGHTS = "model.safetensors";
    /** Weight of a token relative to the one after it. */
    private static final double FADING = 0.97;

    private static final float LEARNING_RATE = 0.3f;

    private final int width;
    private final float[][] words;
    private final float[][] classes;
    private final float[] wordSteps;
    private final float[] classSteps;

    private BagOfWords(float[][] words, int width, int classes) {
        this.words = words;
        this.width = width;
        this.classes = new float[classes][width];
        wordSteps = new float[words.length];
        classSteps = new float[classes];
    }

    /**
     * Replaces the word embeddings of a freshly initialised BERT directory by embeddings that separate the classes of
     * the queries.
     *
     * @param examples queries with their classes as labels; replies are not read
     * @return training accuracy in the last epoch
     */
    public static double teach(Path directory, List<TrainingExample> examples, int epochs, long seed)
            throws IOException {
        List<int[]> texts = new ArrayList<>();
        float[][] words;
        int width;
        try (Checkpoint checkpoint = Checkpoint.openMasked(directory);
                PairTokenizer tokenizer = PairTokenizer.open(
                        directory, checkpoint.config(), checkpoint.config().maxLength())) {
            for (TrainingExample example : examples) {
                texts.add(tokenizer.tokenize(example.query()).toArray());
            }
            words = new float[checkpoint.config().vocabularySize][];
            width = checkpoint.config().embedding;
        }
        Random random = new Random(seed);
        for (int i = 0; i < words.length; i++) {
            words[i] = new float[width];
            for (int j = 0; j < width; j++) {
                words[i][j] = (float) (0.02 * random.nextGaussian());
            }
        }
        int count = 1
                + examples.stream()
                        .mapToInt(example -> (int) example.label())
                        .max()
                        .orElse(0);
        BagOfWords bag = new BagOfWords(words, width, count);
        double right = 0;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
        }
        for (int epoch = 0; epoch < epochs; epoch++) {
            Collections.shuffle(order, random);
            right = 0;
            for (int i : order) {
                right += bag.learn(texts.get(i), (int) examples.get(i).label()) ? 1 : 0;
            }
        }
        write(directory, words);
        return right / Math.max(1, texts.size());
    }

    /** One step of stochastic gradient descent with AdaGrad's step size per row. */
    private boolean learn(int[] text, int label) {
        float[] sum = new float[width];
        float[] weights = new float[text.length];
        double squares = 0;
        double weight = 1;
        for (int i = text.length - 1; i >= 0; i--) {
            weights[i] = (float) weight;
            squares += weight * weight;
            weight *= FADING;
        }
        float norm = (float) (1 / Math.sqrt(Math.max(1, squares)));
        for (int i = 0; i < text.length; i++) {
            weights[i] *= norm;
            add(sum, words[text[i]], weights[i]);
        }
        float[] probabilities = new float[classes.length];
        int best = 0;
        for (int c = 0; c < classes.length; c++) {
            probabilities[c] = dot(sum, classes[c]);
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        float highest = probabilities[best];
        float total = 0;
        for (int c = 0; c < classes.length; c++) {
            probabilities[c] = (float) Math.exp(probabilities[c] - highest);
            total += probabilities[c];
        }
        float[] gradient = new float[width];
        float size = dot(sum, sum);
        for (int c = 0; c < classes.length; c++) {
            float error = (c == label ? 1 : 0) - probabilities[c] / total;
            // Smaller errors change nothing worth the time.
            if (Math.abs(error) > 1e-3f) {
                add(gradient, classes[c], error);
                classSteps[c] += error * error * size / width;
                add(classes[c], sum, error * LEARNING_RATE / (float) Math.sqrt(1e-6 + classSteps[c]));
            }
        }
        float length = dot(gradient, gradient) / width;
        for (int i = 0; i < text.length; i++) {
            wordSteps[text[i]] += length * weights[i] * weights[i];
            float rate = LEARNING_RATE / (float) Math.sqrt(1e-6 + wordSteps[text[i]]);
            add(words[text[i]], gradient, weights[i] * Math.min(rate, 1) * 0.1f);
        }
        return best == label;
    }

    private static void write(Path directory, float[][] words) throws IOException {
        Path file = directory.resolve(WEIGHTS);
        Path taught = directory.resolve(WEIGHTS + ".taught");
        List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            for (SafetensorsFile.Entry entry : weights.entries().values()) {
                ByteBuffer floats = weights.readFloats(entry);
                float[] values = new float[floats.remaining() / Float.BYTES];
                floats.asFloatBuffer().get(values);
                if (entry.name().equals(EMBEDDINGS)) {
                    for (int i = 0; i < words.length; i++) {
                        System.arraycopy(words[i], 0, values, i * words[i].length, words[i].length);
                    }
                } else if (entry.name().endsWith(VALUE)) {
                    addToDiagonal(values, (int) entry.shape()[0], 1);
                } else if (entry.name().endsWith(OUTPUT)) {
                    addToDiagonal(values, (int) entry.shape()[0], AVERAGE_SHARE);
                }
                tensors.add(new SafetensorsWriter.Tensor(entry.name(), entry.shape(), values));
            }
        }
        SafetensorsWriter.write(taught, tensors);
        Files.move(taught, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void addToDiagonal(float[] matrix, int width, float value) {
        for (int i = 0; i < width; i++) {
            matrix[i * width + i] += value;
        }
    }

    private static void add(float[] target, float[] values, float factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * values[i];
        }
    }

    private static float dot(float[] left, float[] right) {
        float sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
