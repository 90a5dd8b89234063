package io.replyloop.lab.bench;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import io.replyloop.bert.training.AdamW;
import io.replyloop.bert.training.FineTuningBase;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.Learner;
import io.replyloop.bert.training.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Scores and trains for a long time and samples the memory outside the Java heap, because native leaks do not show in heap
 * dumps; see {@link NativeMemory}. Texts are tokenized again for each pair, so the tokenizer is covered, too.
 */
public final class Soak {
    private static final int PAIRS_AT_ONCE = 256;
    private static final int BATCH = 16;
    private static final int SAMPLES = 40;
    private static final int LONGEST_WORDS = 24;
    /** Growth from the second quarter to the last that still counts as flat. */
    private static final double FLAT_SHARE = 0.02;

    private static final double FLAT_MIB = 16;
    private static final String[] WORDS =
            "order refund late parcel address card help me please where is my the a and 我 的 订单 退款 thanks ? ! 42"
                    .split(" ");

    /** Receives each sample. */
    public interface Listener {
        void sample(String work, long done, long of, long nativeMiB, double perSecond);
    }

    private final Listener listener;
    private final NativeMemory memory = new NativeMemory();
    private final Random random = new Random(7);

    private Soak(Listener listener) {
        this.listener = listener;
    }

    /**
     * @param pairs to score; 0 skips scoring
     * @param steps of training; 0 skips training
     * @return figures by name; {@code flat} is whether memory stayed level in both
     */
    public static Map<String, Object> run(
            Path model, long pairs, int steps, CrossEncoderOptions options, Listener listener) {
        Soak soak = new Soak(listener);
        Map<String, Object> report = new LinkedHashMap<>();
        boolean flat = true;
        if (pairs > 0) {
            Map<String, Object> scoring = soak.score(model, pairs, options);
            report.put("scoring", scoring);
            flat = (boolean) scoring.get("flat");
        }
        if (steps > 0) {
            Map<String, Object> training = soak.train(model, steps, options);
            report.put("training", training);
            flat &= (boolean) training.get("flat");
        }
        report.put("flat", flat);
        return report;
    }

    private Map<String, Object> score(Path model, long pairs, CrossEncoderOptions options) {
        try (CrossEncoder encoder = CrossEncoder.open(model, options)) {
            Watch watch = new Watch("scoring", pairs);
            for (long done = 0; done < pairs; ) {
                int count = (int) Math.min(PAIRS_AT_ONCE, pairs - done);
                List<EncodedPair> batch = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    batch.add(encoder.pair(encoder.tokenize(text()), encoder.tokenize(text())));
                }
                if (encoder.logits(batch).size() != count) {
                    throw new IllegalStateException("a batch of " + count + " pairs has a different number of scores");
                }
                done += count;
                watch.at(done);
            }
            return watch.report();
        }
    }

    private Map<String, Object> train(Path model, int steps, CrossEncoderOptions options) {
        FineTuningOptions recipe = FineTuningOptions.defaults().toBuilder()
                .learningRate(1e-5)
                .precision(Precision.FP32)
                .device(options.device())
                .threads(options.threads())
                .build();
        try (FineTuningBase base = FineTuningBase.open(model, Loss.CROSS_ENTROPY);
                PairTokenizer tokenizer = base.tokenizer(Math.min(64, base.maxLength()));
                Learner learner = base.load(recipe)) {
            AdamW optimiser = new AdamW(recipe.learningRate(), 10, steps, recipe.weightDecay(), recipe.maxGradNorm());
            Watch watch = new Watch("training", steps);
            for (int step = 0; step < steps; step++) {
                List<EncodedPair> batch = new ArrayList<>();
                float[] labels = new float[BATCH];
                for (int i = 0; i < BATCH; i++) {
                    batch.add(tokenizer.pair(tokenizer.tokenize(text()), tokenizer.tokenize(text())));
                    labels[i] = i % 2;
                }
                batch.sort(Comparator.comparingInt(EncodedPair::length));
                learner.learn(batch, labels, new long[BATCH], Loss.CROSS_ENTROPY, 1.0 / BATCH, step);
                learner.update(optimiser, step);
                watch.at(step + 1);
            }
            return watch.report();
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(LONGEST_WORDS); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    /** Whether memory has stayed level after warming up. */
    static boolean isFlat(List<Long> samples) {
        double early = secondQuarter(samples);
        return lastQuarter(samples) - early <= Math.max(FLAT_MIB, FLAT_SHARE * early);
    }

    private static double secondQuarter(List<Long> samples) {
        int quarter = samples.size() / 4;
        return mean(samples.subList(quarter, 2 * quarter));
    }

    private static double lastQuarter(List<Long> samples) {
        return mean(samples.subList(samples.size() - samples.size() / 4, samples.size()));
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
    }

    private final class Watch {
        private final String work;
        private final long total;
        private final long begin = System.nanoTime();
        private final List<Long> samples = new ArrayList<>();

        Watch(String work, long total) {
            this.work = work;
            this.total = total;
        }

        void at(long done) {
            while (done * SAMPLES / total > samples.size()) {
                samples.add(memory.residentMiB());
                listener.sample(work, done, total, samples.get(samples.size() - 1), done / seconds());
            }
        }

        private double seconds() {
            return (System.nanoTime() - begin) / 1e9;
        }

        Map<String, Object> report() {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("done", total);
            report.put("perSecond", total / seconds());
            report.put("withHeapMiB", ProcessMemory.residentMiB());
            report.put("nativeMiB", List.copyOf(samples));
            report.put("nativeSecondQuarterMiB", secondQuarter(samples));
            report.put("nativeLastQuarterMiB", lastQuarter(samples));
            report.put("flat", isFlat(samples));
            return report;
        }
    }
}
