package io.replyloop.cli;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.lab.bench.RankingBenchmark;
import io.replyloop.lab.bench.Soak;
import io.replyloop.lab.bench.TrainingBenchmark;
import io.replyloop.lab.recipe.StarPairs;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures speed on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures speed on this machine and prints JSON.")
final class BenchCommand {
    /** Well-known network shapes. */
    enum Shape {
        BASE,
        SMALL;

        BertConfig config() {
            return this == BASE
                    ? BertConfig.bert(30_522, 12, 768, 12, 3072, 512)
                    : BertConfig.bert(8_000, 6, 384, 12, 1536, 512);
        }
    }

    private static final int STAR_PAIRS = 64;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "ranking",
            mixinStandardHelpOptions = true,
            description = "Pairs and tokens per second, share of the matrix-product rate, latencies.")
    int ranking(
            @Option(names = "--model", description = "Hugging Face directory; without one, random weights of a --shape")
                    Path model,
            @Option(
                            names = "--shape",
                            description = "${COMPLETION-CANDIDATES}: random weights of that shape; default: BASE")
                    Shape shape,
            @Option(names = "--pairs", description = "JSONL of pairs with real lengths, tokenized as --model does")
                    Path pairs,
            @Option(
                            names = "--star",
                            paramLabel = "DIR",
                            description = "pairs of STAR's dialogues (DIR holds star/), tokenized as --model does")
                    Path star,
            @Option(
                            names = "--precision",
                            split = ",",
                            defaultValue = "FP32,BF16",
                            description = "default: ${DEFAULT-VALUE}")
                    List<Precision> precisions,
            @Option(names = "--device", defaultValue = "auto", description = "auto (default), cpu or cuda:N")
                    String device,
            @Option(
                            names = "--batch",
                            defaultValue = "0",
                            description = "pairs of one length at once; default: 32, on a GPU 1024")
                    int batch,
            @Option(names = "--length", defaultValue = "64", description = "tokens of pairs of one length; default: 64")
                    int length,
            @Option(names = "--seconds", defaultValue = "5", description = "per workload; default: 5") double seconds,
            @Option(names = "--threads", defaultValue = "0", description = "0 is all cores") int threads)
            throws IOException {
        requireMeasurable(precisions);
        if ((pairs != null || star != null) && model == null) {
            throw new IllegalArgumentException("--pairs and --star need the tokenizer of a --model");
        }
        RankingBenchmark.Options options = new RankingBenchmark.Options(
                device, threads, batch, length, seconds, 42, spec.commandLine().getErr()::println);
        List<EncodedPair> encoded = List.of();
        if (pairs != null || star != null) {
            List<String[]> texts = star != null
                    ? StarPairs.read(star, STAR_PAIRS)
                    : LabelledFiles.pairs(pairs).stream()
                            .map(pair -> new String[] {pair.query(), pair.reply()})
                            .toList();
            encoded = RankingBenchmark.encode(model, texts, shape == null ? null : shape.config());
        }
        print(
                model == null || shape != null
                        ? RankingBenchmark.ofShape(
                                (shape == null ? Shape.BASE : shape).config(), encoded, precisions, options)
                        : RankingBenchmark.ofCheckpoint(model, encoded, precisions, options));
        return 0;
    }

    @Command(
            name = "soak",
            mixinStandardHelpOptions = true,
            description = {
                "Scores and trains for long and watches the memory of the process that is not Java's heap; prints JSON.",
                "Exit code 1 when it grew by more than 2 percent (and 16 MiB) from the second quarter to the last."
            })
    int soak(
            @Option(names = "--model", required = true, description = "Hugging Face directory") Path model,
            @Option(names = "--pairs", defaultValue = "1000000", description = "to score; default: ${DEFAULT-VALUE}")
                    long pairs,
            @Option(names = "--steps", defaultValue = "1000", description = "of training; default: ${DEFAULT-VALUE}")
                    int steps,
            @Option(names = "--precision", defaultValue = "AUTO", description = "${COMPLETION-CANDIDATES}")
                    Precision precision,
            @Option(names = "--device", defaultValue = "auto", description = "auto (default), cpu or cuda:N")
                    String device,
            @Option(names = "--threads", defaultValue = "0", description = "0 is all cores") int threads)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Map<String, Object> report = Soak.run(
                model,
                pairs,
                steps,
                new CrossEncoderOptions(precision, device, 0, threads),
                (work, done, of, nativeMiB, perSecond) -> {
                    err.printf(Locale.ROOT, "%s %d/%d  %d MiB  %.1f/s%n", work, done, of, nativeMiB, perSecond);
                    err.flush();
                });
        print(report);
        return (boolean) report.get("flat") ? 0 : 1;
    }

    @Command(
            name = "training",
            mixinStandardHelpOptions = true,
            description = "Steps of fine-tuning with dropout and AdamW, on random weights.")
    int training(
            @Option(names = "--shape", defaultValue = "SMALL", description = "${COMPLETION-CANDIDATES}") Shape shape,
            @Option(
                            names = "--precision",
                            split = ",",
                            defaultValue = "FP32,BF16",
                            description = "default: ${DEFAULT-VALUE}")
                    List<Precision> precisions,
            @Option(names = "--device", defaultValue = "auto", description = "auto (default), cpu or cuda:N")
                    String device,
            @Option(names = "--batch", defaultValue = "32", description = "pairs per step") int batch,
            @Option(names = "--length", defaultValue = "64", description = "tokens per pair") int length,
            @Option(names = "--mixed", description = "lengths vary up to --length") boolean mixed,
            @Option(names = "--seconds", defaultValue = "10", description = "per precision") double seconds,
            @Option(names = "--threads", defaultValue = "0", description = "0 is all cores") int threads)
            throws IOException {
        requireMeasurable(precisions);
        print(TrainingBenchmark.ofShape(
                shape.config(),
                precisions,
                new TrainingBenchmark.Options(device, threads, batch, length, mixed, seconds, 42)));
        return 0;
    }

    private static void requireMeasurable(List<Precision> precisions) {
        if (precisions.contains(Precision.AUTO)) {
            throw new IllegalArgumentException("a benchmark needs a precision of its own, not auto");
        }
    }

    private void print(Map<String, Object> report) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(report);
        // Other load on the machine distorts every figure, so it is reported as well.
        all.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        all.put("cores", Runtime.getRuntime().availableProcessors());
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.PRETTY.writeValueAsString(all));
        out.flush();
    }
}
