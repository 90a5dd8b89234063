package io.replyloop.cli;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.training.CrossEncoderMetrics;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.platform.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a checkpoint on a file of labelled pairs. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Measures a checkpoint on JSONL of {\"query\", \"reply\", \"label\", \"group\"?} and prints JSON.")
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Hugging Face directory")
    private Path model;

    @Option(names = "--file", required = true, description = "JSONL file, plain or .gz")
    private Path file;

    @Option(names = "--max-length", defaultValue = "0", description = "tokens per pair; 0 is what the model allows")
    private int maxLength;

    @Mixin
    private DeviceArguments network;

    @Mixin
    private TorchScriptPermission permission;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<TrainingExample> examples = LabelledFiles.examples(file);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException(file + ": has no examples");
        }
        try (CrossEncoder encoder = CrossEncoder.open(model, network.options(maxLength))) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("examples", examples.size());
            report.put("precision", encoder.precision());
            report.put("precisionReason", encoder.precisionReason());
            // JSON has no NaN, so a metric that is undefined is null.
            CrossEncoderMetrics.of(encoder, examples)
                    .forEach((name, value) -> report.put(name, Double.isFinite(value) ? value : null));
            spec.commandLine().getOut().println(Json.MAPPER.writeValueAsString(report));
        }
        return 0;
    }
}
