package io.replyloop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.bert.training.TrainingResult;
import io.replyloop.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    @Option(names = "--batch", defaultValue = "32", description = "pairs at once; default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--epochs", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(names = "--freeze-layers", defaultValue = "0", description = "first layers of the encoder that stay fixed")
    private int frozenLayers;

    @Mixin
    private RecipeArguments recipe;

    @Mixin
    private TorchScriptPermission permission;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<TrainingExample> trainExamples = LabelledFiles.examples(train);
        List<TrainingExample> devExamples = dev == null ? List.of() : LabelledFiles.examples(dev);
        FineTuningOptions options = recipe.builder()
                .learningRate(learningRate)
                .batchSize(batch)
                .epochs(epochs)
                .frozenLayers(frozenLayers)
                .build();
        ObjectNode curves = Json.MAPPER.createObjectNode();
        Curves listener = new Curves(spec.commandLine().getErr(), curves.putArray("curve"));
        TrainingResult result = FineTuner.run(model, trainExamples, devExamples, out, options, listener);
        curves.set("dev", Json.MAPPER.valueToTree(finite(result.devMetrics())));
        curves.put("temperature", result.temperature()).put("bestStep", result.bestStep());
        curves.put("steps", result.steps()).put("options", options.toString());
        Files.write(out.resolve("training.json"), Json.PRETTY.writeValueAsBytes(curves));
        spec.commandLine().getOut().println(curves.without("curve"));
        return 0;
    }

    /** JSON has no NaN, so a metric that is undefined is null. */
    static Map<String, Double> finite(Map<String, Double> metrics) {
        Map<String, Double> values = new LinkedHashMap<>(metrics);
        values.replaceAll((name, value) -> Double.isFinite(value) ? value : null);
        return values;
    }

    static String line(TrainingProgress progress) {
        return String.format(
                Locale.ROOT,
                "step %d/%d  loss %.4f  %.1f pairs/s  %s left%s",
                progress.step(),
                progress.steps(),
                progress.loss(),
                progress.unitsPerSecond(),
                progress.left().withNanos(0),
                progress.devMetrics().isEmpty() ? "" : "  dev " + progress.devMetrics());
    }

    private static final class Curves implements TrainingListener {
        private final PrintWriter err;
        private final ArrayNode curve;

        Curves(PrintWriter err, ArrayNode curve) {
            this.err = err;
            this.curve = curve;
        }

        @Override
        public void progress(TrainingProgress progress) {
            ObjectNode point = curve.addObject();
            point.put("step", progress.step()).put("epoch", progress.epoch()).put("loss", progress.loss());
            point.put("lr", progress.learningRate()).put("gradNorm", progress.gradNorm());
            point.put("pairsPerSecond", progress.unitsPerSecond());
            if (!progress.devMetrics().isEmpty()) {
                ObjectNode metrics = point.putObject("dev");
                finite(progress.devMetrics()).forEach(metrics::put);
            }
            err.println(line(progress));
            err.flush();
        }
    }
}
