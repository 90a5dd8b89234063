package io.replyloop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the pairs of a file with a checkpoint. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description =
                "Scores pairs: JSONL of {\"query\", \"reply\"} in, JSONL of {\"logits\", \"score\"} out, same order.")
final class ScoreCommand implements Callable<Integer> {
    private static final int PAIRS_AT_ONCE = 1024;

    @Option(names = "--model", required = true, description = "Hugging Face directory")
    private Path model;

    @Option(names = "--pairs", required = true, description = "JSONL file, plain or .gz")
    private Path pairs;

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
        List<LabelledFiles.Pair> texts = LabelledFiles.pairs(pairs);
        PrintWriter out = spec.commandLine().getOut();
        try (CrossEncoder encoder = CrossEncoder.open(model, network.options(maxLength))) {
            spec.commandLine().getErr().println("Scored in " + encoder.precision() + ": " + encoder.precisionReason());
            for (int from = 0; from < texts.size(); from += PAIRS_AT_ONCE) {
                List<EncodedPair> encoded = new ArrayList<>();
                for (LabelledFiles.Pair pair : texts.subList(from, Math.min(texts.size(), from + PAIRS_AT_ONCE))) {
                    encoded.add(encoder.pair(encoder.tokenize(pair.query()), encoder.tokenize(pair.reply())));
                }
                List<float[]> logits = encoder.logits(encoded);
                for (float[] row : logits) {
                    ObjectNode line = Json.MAPPER.createObjectNode();
                    ArrayNode values = line.putArray("logits");
                    for (float value : row) {
                        values.add(value);
                    }
                    out.println(line.put("score", encoder.probability(row)));
                }
            }
        }
        out.flush();
        return 0;
    }
}
