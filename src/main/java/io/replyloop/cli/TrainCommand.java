package io.replyloop.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.FineTuner;
import io.replyloop.bert.FineTuningListener;
import io.replyloop.bert.FineTuningOptions;
import io.replyloop.bert.FineTuningProgress;
import io.replyloop.bert.FineTuningResult;
import io.replyloop.bert.Loss;
import io.replyloop.bert.Precision;
import io.replyloop.bert.TrainingExample;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fine-tunes a checkpoint on files of labelled pairs. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Fine-tunes a checkpoint: JSONL of {\"query\", \"reply\", \"label\", \"group\"?} in, a Hugging Face directory out.",
            "The curves are written to training.json in it. Run again after a crash, it goes on where it stood."
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Hugging Face directory to start from")
    private Path model;

    @Option(names = "--train", required = true, description = "JSONL file, plain or .gz")
    private Path train;

    @Option(names = "--dev", description = "JSONL file that decides which weights are kept")
    private Path dev;

    @Option(names = "--out", required = true, description = "directory that does not exist yet")
    private Path out;

    @Option(names = "--learning-rate", defaultValue = "5e-5", description = "default: ${DEFAULT-VALUE}")
    private double learningRate;

    @Option(names = "--batch", defaultValue = "32", description = "pairs per step; default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--epochs", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(names = "--max-length", defaultValue = "128", description = "tokens per pair; default: ${DEFAULT-VALUE}")
    private int maxLength;

    @Option(names = "--warmup", defaultValue = "0.1", description = "share of the steps; default: ${DEFAULT-VALUE}")
    private double warmup;

    @Option(names = "--weight-decay", defaultValue = "0.01", description = "default: ${DEFAULT-VALUE}")
    private double weightDecay;

    @Option(names = "--max-grad-norm", defaultValue = "1.0", description = "0 does not clip; default: ${DEFAULT-VALUE}")
    private double maxGradNorm;

    @Option(names = "--freeze-layers", defaultValue = "0", description = "first layers of the encoder that stay fixed")
    private int frozenLayers;

    @Option(names = "--freeze-embeddings", description = "keep the embeddings as they are")
    private boolean frozenEmbeddings;

    @Option(names = "--seed", defaultValue = "42", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--precision", defaultValue = "AUTO", description = "FP32, BF16, FP16 or AUTO")
    private Precision precision;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N")
    private String device;

    @Option(names = "--loss", defaultValue = "CROSS_ENTROPY", description = "${COMPLETION-CANDIDATES}")
    private Loss loss;

    @Option(names = "--evaluate-every", defaultValue = "0", description = "steps; 0 is once per epoch")
    private int evaluateEvery;

    @Option(names = "--patience", defaultValue = "0", description = "evaluations without a better one; 0 never stops")
    private int patience;

    @Option(names = "--threads", defaultValue = "0", description = "0 is all cores")
    private int threads;

    @Mixin
    private TorchScriptPermission permission;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<TrainingExample> trainExamples = JsonLines.examples(train);
        List<TrainingExample> devExamples = dev == null ? List.of() : JsonLines.examples(dev);
        FineTuningOptions options = new FineTuningOptions(
                learningRate,
                batch,
                epochs,
                maxLength,
                warmup,
                weightDecay,
                maxGradNorm,
                frozenLayers,
                frozenEmbeddings,
                seed,
                precision,
                device,
                loss,
                evaluateEvery,
                patience,
                threads);
        ObjectMapper json = new ObjectMapper();
        ObjectNode curves = json.createObjectNode();
        Curves listener = new Curves(spec.commandLine().getErr(), curves.putArray("curve"));
        FineTuningResult result = FineTuner.run(model, trainExamples, devExamples, out, options, listener);
        curves.set("dev", json.valueToTree(finite(result.devMetrics())));
        curves.put("temperature", result.temperature()).put("bestStep", result.bestStep());
        curves.put("steps", result.steps()).put("options", options.toString());
        Files.write(
                out.resolve("training.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsBytes(curves));
        spec.commandLine().getOut().println(curves.without("curve"));
        return 0;
    }

    /** JSON has no NaN: a metric without a meaning is null. */
    private static Map<String, Double> finite(Map<String, Double> metrics) {
        Map<String, Double> values = new java.util.LinkedHashMap<>(metrics);
        values.replaceAll((name, value) -> Double.isFinite(value) ? value : null);
        return values;
    }

    private static final class Curves implements FineTuningListener {
        private final PrintWriter err;
        private final ArrayNode curve;

        Curves(PrintWriter err, ArrayNode curve) {
            this.err = err;
            this.curve = curve;
        }

        @Override
        public void progress(FineTuningProgress progress) {
            ObjectNode point = curve.addObject();
            point.put("step", progress.step()).put("epoch", progress.epoch()).put("loss", progress.loss());
            point.put("lr", progress.learningRate()).put("gradNorm", progress.gradNorm());
            point.put("pairsPerSecond", progress.pairsPerSecond());
            if (!progress.devMetrics().isEmpty()) {
                ObjectNode metrics = point.putObject("dev");
                finite(progress.devMetrics()).forEach(metrics::put);
            }
            err.println(String.format(
                    Locale.ROOT,
                    "step %d/%d  loss %.4f  %.1f pairs/s  %s left%s",
                    progress.step(),
                    progress.steps(),
                    progress.loss(),
                    progress.pairsPerSecond(),
                    progress.left().withNanos(0),
                    progress.devMetrics().isEmpty() ? "" : "  dev " + progress.devMetrics()));
            err.flush();
        }
    }
}
