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
 * How fast pairs are scored, against what large matrix products reach in the same process; by the clock, and by
 * processor time, which counts where other programs share the cores. Three workloads: pairs of one
 * length, pairs of mixed lengths (packed, and padded to the longest as other engines do), and one query with 32 replies.
 */
public final class RankingBenchmark {
    private static final int REPLIES = 32;
    private static final int GPU_BATCH = 1_024;

    /**
     * What is measured.
     *
     * @param batch pairs of one length that are scored at once; of mixed lengths it is four times as many
     * @param seconds spent on each workload
     * @param progress hears what is measured next
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
     * The pairs of a file as the tokenizer of a checkpoint gives them.
     *
     * @param shape the network that will read them, where it is not the checkpoint's: its positions limit their length
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

    /** @param mixed pairs of real lengths, or empty for lengths as customer-service turns have them */
    public static Map<String, Object> ofCheckpoint(
            Path model, List<EncodedPair> mixed, List<Precision> precisions, Options options) {
        try (Checkpoint checkpoint = Checkpoint.openClassifier(model)) {
            return new RankingBenchmark(checkpoint.config(), options).run(checkpoint, mixed, precisions);
        }
    }

    /**
     * A BERT of this shape with random weights, which are as fast as trained ones.
     *
     * @param mixed pairs whose lengths count; their ids may be those of another vocabulary
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
                // Of int8 there is no plain product to compare with, so fp32 is its yardstick.
                Supplier<MatrixRate.Rate> yardstick =
                        () -> MatrixRate.rate(device, precision == Precision.INT8 ? Precision.FP32 : precision);
                part.put("uniform", measure("pairs of one length", network, uniform, yardstick));
                Map<String, Object> packed = measure("mixed lengths, packed", network, mixed, yardstick);
                Map<String, Object> full = measure("mixed lengths, padded", network, padded, yardstick);
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

    /** The yardstick is held to the work before and after, because a machine is not as fast at all times. */
    private Map<String, Object> measure(
            String what, Network network, List<EncodedPair> pairs, Supplier<MatrixRate.Rate> yardstick) {
        Supplier<Object> work = () -> CrossEncoder.score(network, pairs, config.firstPosition());
        work.get();
        MatrixRate.Rate before = yardstick.get();
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
        MatrixRate.Rate rate = before.meanWith(yardstick.get());
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
     * Multiplications and additions of the matrix products that are needed, attention included; the rest is not counted.
     * A classifier needs the keys and values of all tokens of the last layer, and everything else of the first alone.
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

    /** As {@link #flops}, were all layers computed whole. */
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

    /** Log-normal lengths around 40 tokens, as contexts of two turns with one reply have them. */
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
