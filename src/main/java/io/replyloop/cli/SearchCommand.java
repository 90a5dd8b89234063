package io.replyloop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.HyperparameterSearch;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for the hyperparameters that suit a file of labelled pairs. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Fine-tunes with several learning rates, batch sizes, epochs and numbers of frozen layers, drawn at random"
                    + " within a budget of trials or time, and keeps the model that does best on the dev part.",
            "All trials are written to search.json in it. Run again after a crash, it goes on where it stood."
        })
final class SearchCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Hugging Face directory to start from")
    private Path model;

    @Option(names = "--train", required = true, description = "JSONL file, plain or .gz")
    private Path train;

    @Option(names = "--dev", required = true, description = "JSONL file that decides which trial is the best")
    private Path dev;

    @Option(names = "--out", required = true, description = "directory that does not exist yet")
    private Path out;

    @Option(names = "--trials", defaultValue = "12", description = "at most; default: ${DEFAULT-VALUE}")
    private int trials;

    @Option(
            names = "--time",
            description = "budget such as 90s, 30m or 2h; the trial under way is then cut, but never the first")
    private String time;

    @Option(
            names = "--learning-rate",
            split = ",",
            defaultValue = "2e-5,5e-5,1e-4,2e-4",
            description = "values to try; default: ${DEFAULT-VALUE}")
    private List<Double> learningRates;

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "16,32",
            description = "values to try; default: ${DEFAULT-VALUE}")
    private List<Integer> batches;

    @Option(
            names = "--epochs",
            split = ",",
            defaultValue = "2,3,5",
            description = "values to try; default: ${DEFAULT-VALUE}")
    private List<Integer> epochs;

    @Option(
            names = "--freeze-layers",
            split = ",",
            defaultValue = "0",
            description = "values to try; default: ${DEFAULT-VALUE}")
    private List<Integer> frozenLayers;

    @Mixin
    private RecipeArguments recipe;

    @Mixin
    private TorchScriptPermission permission;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HyperparameterSearch.Budget budget =
                new HyperparameterSearch.Budget(trials, time == null ? null : duration(time));
        HyperparameterSearch.Result result = HyperparameterSearch.run(
                model,
                LabelledFiles.examples(train),
                LabelledFiles.examples(dev),
                out,
                recipe.builder().build(),
                new HyperparameterSearch.Space(learningRates, batches, epochs, frozenLayers),
                budget,
                new Report(spec.commandLine().getErr()));
        ObjectNode report = Json.MAPPER.createObjectNode();
        report.set("best", line(result.best()));
        result.trials().forEach(trial -> report.withArray("trials").add(line(trial)));
        Files.write(out.resolve("search.json"), Json.PRETTY.writeValueAsBytes(report));
        spec.commandLine().getOut().println(report.path("best"));
        spec.commandLine().getOut().flush();
        return 0;
    }

    static Duration duration(String text) {
        if (!text.matches("\\d{1,9}[smh]")) {
            throw new IllegalArgumentException("'" + text + "' is no time such as 90s, 30m or 2h");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static ObjectNode line(HyperparameterSearch.Trial trial) {
        FineTuningOptions options = trial.options();
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("trial", trial.number()).put("outcome", trial.outcome().name().toLowerCase(Locale.ROOT));
        node.put("learningRate", options.learningRate()).put("batch", options.batchSize());
        node.put("epochs", options.epochs()).put("frozenLayers", options.frozenLayers());
        node.put("seconds", trial.seconds());
        node.set("dev", Json.MAPPER.valueToTree(TrainCommand.finite(trial.metrics())));
        return node;
    }

    private record Report(PrintWriter err) implements HyperparameterSearch.Listener {
        @Override
        public void begins(int number, int of, FineTuningOptions options) {
            err.println(String.format(
                    Locale.ROOT,
                    "trial %d/%d  learning rate %s  batch %d  epochs %d  frozen layers %d",
                    number,
                    of,
                    options.learningRate(),
                    options.batchSize(),
                    options.epochs(),
                    options.frozenLayers()));
            err.flush();
        }

        @Override
        public void progress(TrainingProgress progress) {
            err.println("  " + TrainCommand.line(progress));
            err.flush();
        }

        @Override
        public void ended(HyperparameterSearch.Trial trial, HyperparameterSearch.Trial best) {
            err.println(String.format(
                    Locale.ROOT,
                    "trial %d %s in %.1f s%s%s",
                    trial.number(),
                    trial.outcome().name().toLowerCase(Locale.ROOT),
                    trial.seconds(),
                    trial.metrics().isEmpty() ? "" : String.format(Locale.ROOT, "  score %.4f", trial.score()),
                    best == null ? "" : "  best so far: trial " + best.number()));
            err.flush();
        }
    }
}
