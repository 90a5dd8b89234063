package io.replyloop.lab.bench;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.network.MatrixRate;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.Stopwatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.training.AdamW;
import io.replyloop.bert.training.TrainingNetwork;
import io.replyloop.bert.training.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Fine-tuning speed in relation to the speed of large matrix products in the same process. As in a real run, dropout is on
 * and the optimiser's step is included.
 */
public final class TrainingBenchmark {

    /**
     * Settings of the benchmark.
     *
     * @param batchSize pairs per step
     * @param mixed whether the lengths vary, around half of {@code length} and up to it
     * @param seconds spent on each precision
     */
    public record Options(
            String device, int threads, int batchSize, int length, boolean mixed, double seconds, long seed) {
        public static Options defaults() {
            return new Options("auto", 0, 32, 64, false, 5, 42);
        }
    }

    private TrainingBenchmark() {}

    /** Measures a BERT of this shape with random weights, which are as fast as trained ones. */
    public static Map<String, Object> ofShape(BertConfig config, List<Precision> precisions, Options options) {
        Torch.setThreads(options.threads());
        Device device = Torch.device(options.device());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("device", device.toString());
        report.put("threads", Torch.threads());
        report.put("layers", config.layers);
        report.put("hidden", config.hidden);
        report.put("batchSize", options.batchSize());
        report.put("length", options.length());
        report.put("mixed", options.mixed());
        for (Precision precision : precisions) {
            MatrixRate.Rate rate = MatrixRate.rate(device, precision);
            report.put(precision.name().toLowerCase(Locale.ROOT), measure(config, precision, device, rate, options));
        }
        report.put("peakMemoryMiB", ProcessMemory.peakMiB());
        return report;
    }

    private static Map<String, Object> measure(
            BertConfig config, Precision precision, Device device, MatrixRate.Rate rate, Options options) {
        Random random = new Random(options.seed());
        AdamW optimiser = new AdamW(1e-5, 10, 1_000_000, 0.01, 1.0);
        List<Double> times = new ArrayList<>();
        List<Double> cpuTimes = new ArrayList<>();
        double operations = 0;
        double tokens = 0;
        try (Checkpoint checkpoint = Checkpoint.fresh(config, false);
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint, false, device, precision, TrainingNetwork.Frozen.NOTHING, options.seed())) {
            long begin = System.nanoTime();
            for (int step = 0; step < 5 || (System.nanoTime() - begin) / 1e9 < options.seconds(); step++) {
                List<EncodedPair> batch = batch(config, random, options);
                float[] labels = new float[batch.size()];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = i % 2;
                }
                TrainingSet set = TrainingSet.of(batch, labels);
                Stopwatch watch = new Stopwatch();
                set.learn(network, all(batch.size()), batch.size(), step);
                network.update(optimiser, step);
                if (step >= 2) {
                    cpuTimes.add(watch.cpuSeconds());
                    times.add(watch.seconds());
                    // The backward pass does each matrix product twice: for the input and for the weights.
                    operations += 3 * RankingBenchmark.flops(config, batch);
                    tokens += batch.stream().mapToInt(EncodedPair::length).sum();
                }
            }
        }
        double total = times.stream().mapToDouble(Double::doubleValue).sum();
        times.sort(null);
        double median = times.get(times.size() / 2);
        cpuTimes.sort(null);
        double cpuMedian = cpuTimes.get(cpuTimes.size() / 2);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("steps", times.size());
        result.put("matrixProductRate", rate.wall());
        result.put("pairsPerSecond", options.batchSize() / median);
        result.put("tokensPerSecond", tokens / times.size() / median);
        result.put("medianStepMs", median * 1e3);
        result.put("bestStepMs", times.get(0) * 1e3);
        result.put("flopsPerSecond", operations / times.size() / median);
        result.put("paddingShare", 0.0);
        result.put("flopShare", operations / times.size() / median / rate.wall());
        result.put("flopShareOfCpuTime", operations / times.size() / cpuMedian / rate.cpu());
        result.put("pairsPerCpuSecond", options.batchSize() / cpuMedian);
        result.put("meanStepMs", total / times.size() * 1e3);
        return result;
    }

    private static List<Integer> all(int count) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            indexes.add(i);
        }
        return indexes;
    }

    private static List<EncodedPair> batch(BertConfig config, Random random, Options options) {
        List<EncodedPair> batch = new ArrayList<>();
        for (int i = 0; i < options.batchSize(); i++) {
            int length = options.length();
            if (options.mixed()) {
                length = (int) Math.max(
                        8, Math.min(length, Math.round(length / 2.0 * Math.exp(0.5 * random.nextGaussian()))));
            }
            int[] ids = new int[length];
            Arrays.setAll(ids, t -> random.nextInt(config.vocabularySize));
            batch.add(new EncodedPair(ids, new byte[length]));
        }
        return batch;
    }
}
