package io.replyloop.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An encoder for tests: the mean of a random direction for each word; some words mean the same. */
final class WordVectors implements TextVectors {
    private static final int DIMENSION = 64;
    private static final Map<String, String> SAME = Map.of(
            "money", "refund", "cash", "refund", "parcel", "package", "shipment", "package", "trousers", "jeans");

    private final String version;
    private final AtomicInteger read = new AtomicInteger();

    private volatile boolean refuses;

    WordVectors(String version) {
        this.version = version;
    }

    /** As one that is closed, or broken. */
    void refuse(boolean now) {
        refuses = now;
    }

    /** Texts that it has read so far. */
    int read() {
        return read.get();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public CompletableFuture<List<float[]>> of(List<String> texts, boolean urgent) {
        if (refuses) {
            return CompletableFuture.failedFuture(new IllegalStateException("closed"));
        }
        List<float[]> vectors = new ArrayList<>();
        for (String text : texts) {
            read.incrementAndGet();
            vectors.add(of(text));
        }
        return CompletableFuture.completedFuture(vectors);
    }

    float[] of(String text) {
        float[] sum = new float[DIMENSION];
        for (String word : text.toLowerCase().split("[^\\p{L}\\p{N}]+")) {
            SplittableRandom random =
                    new SplittableRandom((version.length() + SAME.getOrDefault(word, word)).hashCode());
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += (float) random.nextGaussian(0, 1);
            }
        }
        double length = 0;
        for (float number : sum) {
            length += number * number;
        }
        for (int i = 0; i < DIMENSION; i++) {
            sum[i] /= (float) Math.sqrt(length);
        }
        return sum;
    }

    /** As the only encoder, or before others. */
    static Encoders encoders(TextVectors... available) {
        List<TextVectors> left = new ArrayList<>(List.of(available));
        return new Encoders() {
            @Override
            public List<TextVectors> available() {
                return List.copyOf(left);
            }

            @Override
            public void await(Duration most) {}

            @Override
            public void serves(TextVectors vectors) {
                left.stream().filter(one -> one != vectors).forEach(one -> ((WordVectors) one).refuse(true));
                left.retainAll(List.of(vectors));
            }
        };
    }
}
