package io.replyloop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.replyloop.bert.network.Encoder;
import io.replyloop.platform.Json;
import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.io.InputStream;
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

/** Encodes the texts of a file. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description =
                "Turns texts into vectors of length 1: JSONL of {\"text\"} in, JSONL of {\"vector\"} out, same order.")
final class EmbedCommand implements Callable<Integer> {
    private static final int TEXTS_AT_ONCE = 1024;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Hugging Face directory")
    private Path model;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description = "JSONL file, plain or .gz; without it, standard input")
    private Path texts;

    @Option(
            names = "--max-length",
            defaultValue = "0",
            description = "tokens that are read of a text; 0 is " + Encoder.USUAL_LENGTH)
    private int maxLength;

    @Mixin
    private EncoderDeviceArguments network;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String name = texts == null ? "standard input" : texts.toString();
        try (InputStream in = texts == null ? System.in : JsonLines.open(texts);
                Encoder encoder = Encoder.open(model, network.options(maxLength))) {
            List<String> chunk = new ArrayList<>();
            JsonLines.read(name, in, (line, object) -> {
                chunk.add(JsonLines.text(object, "text"));
                if (chunk.size() == TEXTS_AT_ONCE) {
                    write(encoder.embed(chunk));
                    chunk.clear();
                }
            });
            write(encoder.embed(chunk));
        }
        return 0;
    }

    private void write(List<float[]> vectors) {
        PrintWriter out = spec.commandLine().getOut();
        for (float[] vector : vectors) {
            ArrayNode numbers = Json.MAPPER.createArrayNode();
            for (float number : vector) {
                numbers.add(number);
            }
            out.println(Json.MAPPER.createObjectNode().set("vector", numbers));
        }
        out.flush();
    }
}
