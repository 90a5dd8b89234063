package io.replyloop.lab.bench;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointFiles;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.MatrixRate;
import io.replyloop.bert.network.Network;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.Stopwatch;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.PairTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Scoring speed in relation to the speed of large matrix products in the same process, by wall time and by processor time,
 * which is more reliable when other programs share the cores. Three workloads: pairs of one length, pairs of mixed lengths
 * (packed, and padded to the longest as in other engines), and one query with 32 replies.
 */
public final class RankingBenchmark {
    private static final int REPLIES = 32;
    private static final int GPU_BATCH = 1_024;

    /**
     * Settings of the benchmark.
     *
     * @param batch pairs of one length per batch; batches of mixed lengths are four times as large
     * @param seconds spent on each workload
     * @param progress receives a line before and after each measurement
     */
    public record Options(
            String device, int threads, int batch, int length, double seconds, long seed, Consumer<String> progress) {
        int batchOn(Device used) {
            return batch > 0 ? batch : used.isGpu() ? GPU_BATCH : REPLIES;
        }
    }

    private final BertConfig config;
    private final Options options;
    private final Random random;

    private RankingBenchmark(BertConfig config, Options options) {
        this.config = config;
        this.options = options;
        random = new Random(options.seed());
    }

    /**
     * Tokenizes pairs with the tokenizer of a checkpoint.
     *
     * @param shape of the network that will read them, whose positions limit their length; null for the checkpoint's
     */
    public static List<EncodedPair> encode(Path model, List<String[]> texts, BertConfig shape) {
        BertConfig config = CheckpointFiles.readConfig(model);
        try (PairTokenizer tokenizer =
                PairTokenizer.open(model, config, (shape == null ? config : shape).maxLength())) {
            return texts.stream()
                    .map(text -> tokenizer.pair(tokenizer.tokenize(text[0]), tokenizer.tokenize(text[1])))
                    .toList();
        }
    }

    /** @param mixed pairs of realistic lengths; if empty, random pairs of lengths typical of customer service */
    public static Map<String, Object> ofCheckpoint(
            Path model, List<EncodedPair> mixed, List<Precision> precisions, Options options) {
        try (Checkpoint checkpoint = Checkpoint.openClassifier(model)) {
            return new RankingBenchmark(checkpoint.config(), options).run(checkpoint, mixed, precisions);
        }
    }

    /**
     * Measures a BERT of this shape with random weights, which are as fast as trained ones.
     *
     * @param mixed pairs of which only the lengths are used
     */
    public static Map<String, Object> ofShape(
            BertConfig config, List<EncodedPair> mixed, List<Precision> precisions, Options options) {
        try (Checkpoint checkpoint = Checkpoint.fresh(config, false)) {
            RankingBenchmark benchmark = new RankingBenchmark(config, options);
            List<EncodedPair> known =
                    mixed.stream().map(pair -> benchmark.pairOf(pair.length())).toList();
            return benchmark.run(checkpoint, known, precisions);
        }
    }

    private Map<String, Object> run(Checkpoint checkpoint, List<EncodedPair> given, List<Precision> precisions) {
        Torch.setThreads(options.threads());
        Device device = Torch.device(options.device());
        int length = Math.min(options.length(), config.maxLength());
        List<EncodedPair> uniform = new ArrayList<>();
        for (int i = 0; i < options.batchOn(device); i++) {
            uniform.add(pairOf(length));
        }
        List<EncodedPair> mixed = given.isEmpty() ? mixedPairs(4 * options.batchOn(device)) : given;
        int longest = mixed.stream().mapToInt(EncodedPair::length).max().orElseThrow();
        List<EncodedPair> padded = mixed.stream().map(pair -> pairOf(longest)).toList();

        Map<String, Object> report = new LinkedHashMap<>();
        report.put("device", device.toString());
        report.put("threads", Torch.threads());
        report.put("layers", config.layers);
        report.put("hidden", config.hidden);
        report.put("length", length);
        report.put("pairsOfOneLength", uniform.size());
        report.put("pairsMixed", mixed.size());
        report.put("paddingShareIfPadded", 1 - (double) tokens(mixed) / tokens(padded));
        report.put("paddingShare", 0.0);
        for (Precision precision : precisions) {
            Map<String, Object> part = new LinkedHashMap<>();
            try (Network network = Network.load(checkpoint, false, device, options.seed())) {
                network.prepare(precision, false);
                options.progress().accept("measuring " + precision);
                // There is no plain int8 product to compare with, so int8 is compared with fp32.
                Supplier<MatrixRate.Rate> reference =
                        () -> MatrixRate.rate(device, precision == Precision.INT8 ? Precision.FP32 : precision);
                part.put("uniform", measure("pairs of one length", network, uniform, reference));
                Map<String, Object> packed = measure("mixed lengths, packed", network, mixed, reference);
                Map<String, Object> full = measure("mixed lengths, padded", network, padded, reference);
                part.put("mixedPacked", packed);
                part.put("mixedPadded", full);
                part.put(
                        "packedOverPadded",
                        (double) packed.get("pairsPerSecond") / (double) full.get("pairsPerSecond"));
                part.put(
                        "packedOverPaddedOfCpuTime",
                        (double) packed.get("pairsPerCpuSecond") / (double) full.get("pairsPerCpuSecond"));
                part.put("oneQuery32Replies", latencies(network, mixed));
            }
            report.put(precision.name().toLowerCase(Locale.ROOT), part);
        }
        report.put("peakMemoryMiB", ProcessMemory.peakMiB());
        return report;
    }

    /** Measures the reference before and after the work, because the speed of a machine varies. */
    private Map<String, Object> measure(
            String what, Network network, List<EncodedPair> pairs, Supplier<MatrixRate.Rate> reference) {
        Supplier<Object> work = () -> CrossEncoder.score(network, pairs, config.firstPosition());
        work.get();
        MatrixRate.Rate before = reference.get();
        long begin = System.nanoTime();
        double best = Double.MAX_VALUE;
        int rounds = 0;
        List<Double> times = new ArrayList<>();
        List<Double> cpuTimes = new ArrayList<>();
        while (rounds < 2 || (System.nanoTime() - begin) / 1e9 < options.seconds()) {
            Stopwatch watch = new Stopwatch();
            work.get();
            cpuTimes.add(watch.cpuSeconds());
            double seconds = watch.seconds();
            times.add(seconds);
            best = Math.min(best, seconds);
            rounds++;
        }
        MatrixRate.Rate rate = before.meanWith(reference.get());
        times.sort(null);
        double median = times.get(times.size() / 2);
        cpuTimes.sort(null);
        double cpuMedian = cpuTimes.get(cpuTimes.size() / 2);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("pairsPerSecond", pairs.size() / median);
        result.put("tokensPerSecond", tokens(pairs) / median);
        result.put("medianMs", median * 1e3);
        result.put("bestMs", best * 1e3);
        result.put("matrixProductRate", rate.wall());
        result.put("matrixProductRateOfCpuTime", rate.cpu());
        result.put("flopShare", flops(config, pairs) / median / rate.wall());
        result.put("flopsPerSecond", flops(config, pairs) / median);
        result.put("flopShareBest", flops(config, pairs) / best / rate.wall());
        result.put("pairsPerCpuSecond", pairs.size() / cpuMedian);
        result.put("flopShareIfAllLayersWereWhole", flopsOfAllLayers(config, pairs) / median / rate.wall());
        result.put("flopShareOfCpuTime", flops(config, pairs) / cpuMedian / rate.cpu());
        options.progress().accept(what + ": " + result);
        return result;
    }

    private Map<String, Object> latencies(Network network, List<EncodedPair> mixed) {
        List<Double> times = new ArrayList<>();
        long begin = System.nanoTime();
        for (int round = 0; round < 12 || (System.nanoTime() - begin) / 1e9 < options.seconds(); round++) {
            List<EncodedPair> query = new ArrayList<>();
            for (int i = 0; i < REPLIES; i++) {
                query.add(mixed.get(random.nextInt(mixed.size())));
            }
            long start = System.nanoTime();
            CrossEncoder.score(network, query, config.firstPosition());
            times.add((System.nanoTime() - start) / 1e6);
        }
        times.sort(null);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("queries", times.size());
        for (int percent : new int[] {50, 95, 99}) {
            result.put("p" + percent + "Ms", times.get(Math.min(times.size() - 1, times.size() * percent / 100)));
        }
        return result;
    }

    /**
     * Multiplications and additions of the necessary matrix products, including attention. In the last layer, a classifier
     * needs the keys and values of all tokens, but everything else only for the first.
     */
    static double flops(BertConfig config, List<EncodedPair> pairs) {
        double square = 2.0 * config.hidden * config.hidden;
        double total = 0;
        for (EncodedPair pair : pairs) {
            total += (config.layers - 1) * flopsOfLayer(config, pair.length())
                    + 2 * square * (pair.length() + 1)
                    + 4.0 * config.hidden * (config.intermediate + pair.length());
        }
        return total;
    }

    /** As {@link #flops}, if the last layer were computed for all tokens. */
    static double flopsOfAllLayers(BertConfig config, List<EncodedPair> pairs) {
        return pairs.stream()
                .mapToDouble(pair -> config.layers * flopsOfLayer(config, pair.length()))
                .sum();
    }

    private static double flopsOfLayer(BertConfig config, int length) {
        return 4.0 * length * config.hidden * (2.0 * config.hidden + config.intermediate + length);
    }

    private static int tokens(List<EncodedPair> pairs) {
        return pairs.stream().mapToInt(EncodedPair::length).sum();
    }

    /** Log-normal lengths around 40 tokens, as for contexts of two turns with one reply. */
    private List<EncodedPair> mixedPairs(int count) {
        List<EncodedPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = (int) Math.round(Math.exp(Math.log(40) + 0.5 * random.nextGaussian()));
            pairs.add(pairOf(Math.max(8, Math.min(Math.min(128, config.maxLength()), length))));
        }
        return pairs;
    }

    private EncodedPair pairOf(int length) {
        int[] ids = new int[length];
        Arrays.setAll(ids, i -> random.nextInt(config.vocabularySize));
        return new EncodedPair(ids, new byte[length]);
    }
}
