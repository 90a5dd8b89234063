package io.replyloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands around a model, as a user calls them. */
class ModelCommandsTest {
    private static final String REFERENCE = "src/test/resources/reference/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Commands.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return new Outcome(commands.execute(arguments), out.toString(), err.toString());
    }

    @Test
    void scoreAnswersEachLineInOrder() throws IOException {
        Outcome outcome = run(
                "score",
                "--model",
                REFERENCE + "bert-2labels",
                "--pairs",
                REFERENCE + "pairs.jsonl",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1");
        assertEquals(0, outcome.code(), outcome.err());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : outcome.out().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        assertEquals(32, lines.size());
        for (JsonNode line : lines) {
            double first = line.path("logits").get(0).asDouble();
            double second = line.path("logits").get(1).asDouble();
            assertEquals(1 / (1 + Math.exp(first - second)), line.path("score").asDouble(), 1e-6);
        }
    }

    @Test
    void trainWritesAModelWithItsCurvesAndScoreReadsIt() throws IOException {
        Path data = folder.resolve("train.jsonl");
        Files.write(
                data,
                Arrays.asList(
                        "{\"query\": \"Where is my order?\", \"reply\": \"It left yesterday.\", \"label\": 1, \"group\": \"a\"}",
                        "{\"query\": \"Where is my order?\", \"reply\": \"naïve café\", \"label\": 0, \"group\": \"a\"}"));
        Path out = folder.resolve("out");
        Outcome outcome = run(
                "train",
                "--model",
                REFERENCE + "bert-2labels",
                "--train",
                data.toString(),
                "--dev",
                data.toString(),
                "--out",
                out.toString(),
                "--epochs",
                "2",
                "--max-length",
                "64",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1",
                "--loss",
                "list_wise");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("pairs/s"), outcome.err());
        JsonNode curves = JSON.readTree(Files.readAllBytes(out.resolve("training.json")));
        assertEquals(2, curves.path("curve").size());
        assertTrue(curves.path("dev").has("mrr"), "" + curves);
        Outcome scored = run(
                "score",
                "--model",
                out.toString(),
                "--pairs",
                data.toString(),
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1");
        assertEquals(0, scored.code(), scored.err());
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path data = folder.resolve("train.jsonl");
        Files.writeString(data, "{\"query\": \"q\", \"reply\": \"r\", \"label\": 1}\n{\"query\": \"q\"}\n");
        Outcome outcome = run(
                "train",
                "--model",
                REFERENCE + "bert-2labels",
                "--train",
                data.toString(),
                "--out",
                folder.resolve("out").toString());
        assertEquals(1, outcome.code());
        assertEquals(data + ", line 2: 'label' must be a number\n", outcome.err());
    }
}
