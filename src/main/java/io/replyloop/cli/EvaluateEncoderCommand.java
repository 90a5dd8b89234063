package io.replyloop.cli;

import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.training.RetrievalFigures;
import io.replyloop.bert.training.Translation;
import io.replyloop.lab.corpus.ParallelText;
import io.replyloop.lab.recipe.EncoderMeasure;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.PrintWriter;
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

/** Evaluates an encoder on its own, without any training. */
@Command(
        name = "evaluate-encoder",
        description = "Asks the questions of the demo shop, in both languages, and says how often the right reply comes"
                + " first and among the first three, by meaning alone and by BM25 alone.",
        mixinStandardHelpOptions = true)
final class EvaluateEncoderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Hugging Face directory")
    private Path model;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description =
                    "JSONL of {\"en\", \"zh\"}: those that align-encoders and distil-encoder hold out are to find each other, too")
    private Path pairs;

    @Option(names = "--held-out", defaultValue = "1000", description = "How many of them (${DEFAULT-VALUE}).")
    private int heldOut;

    @Option(names = "--json", description = "One JSON object on standard output in place of lines for people.")
    private boolean json;

    @Mixin
    private EncoderDeviceArguments network;

    @Override
    public Integer call() throws IOException {
        List<EncoderMeasure.Row> shop;
        RetrievalFigures found = null;
        try (Encoder encoder = Encoder.open(model, network.options())) {
            shop = EncoderMeasure.demoShop().measure(encoder);
            if (pairs != null) {
                List<Translation> held = ParallelText.read(pairs, heldOut).held();
                found = RetrievalFigures.of(
                        encoder.embed(held.stream().map(Translation::known).toList()),
                        encoder.embed(held.stream().map(Translation::translated).toList()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("shop", shop);
            all.put("translations", found);
            out.println(Json.MAPPER.writeValueAsString(all));
        } else {
            shop.forEach(row -> out.println(row.toLine()));
            if (found != null) {
                out.println(found.toLine());
            }
        }
        out.flush();
        return 0;
    }
}
