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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    void scoreSaysInWhichPrecisionAndSaysTheSameAgain() {
        String[] command = {
            "score", "--model", REFERENCE + "bert-2labels", "--pairs", REFERENCE + "pairs.jsonl", "--threads", "1"
        };
        Outcome once = run(command);
        Outcome again = run(command);

        assertEquals(0, once.code(), once.err());
        assertTrue(once.err().contains("Scored in "), once.err());
        assertTrue(once.err().contains("kept in "), once.err());
        assertEquals(once.out(), again.out());
        assertEquals(once.err(), again.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "gpt2", "xlnet"})
    void trainWritesAModelWithItsCurvesAndScoreReadsIt(String family) throws IOException {
        Path data = folder.resolve("train.jsonl");
        Files.write(
                data,
                Arrays.asList(
                        "{\"query\": \"Where is my order?\", \"reply\": \"It left yesterday.\", \"label\": 1,"
                                + " \"group\": \"a\"}",
                        "{\"query\": \"Where is my order?\", \"reply\": \"naïve café\", \"label\": 0, \"group\":"
                                + " \"a\"}"));
        Path out = folder.resolve("out");
        Outcome outcome = run(
                "train",
                "--model",
                REFERENCE + family,
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

    @Test
    void searchWritesTheBestModelAndAllTrials() throws IOException {
        Path data = folder.resolve("train.jsonl");
        Files.write(
                data,
                Arrays.asList(
                        "{\"query\": \"Where is it?\", \"reply\": \"It left yesterday.\", \"label\": 1, \"group\":"
                                + " \"a\"}",
                        "{\"query\": \"Where is it?\", \"reply\": \"naïve café\", \"label\": 0, \"group\": \"a\"}"));
        Path out = folder.resolve("out");
        Outcome outcome = run(
                "search",
                "--model",
                REFERENCE + "bert-2labels",
                "--train",
                data.toString(),
                "--dev",
                data.toString(),
                "--out",
                out.toString(),
                "--trials",
                "3",
                "--time",
                "10m",
                "--learning-rate",
                "1e-4,1e-3",
                "--batch",
                "2",
                "--epochs",
                "1,2",
                "--max-length",
                "64",
                "--accumulate",
                "2",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("trial 3/3"), outcome.err());
        JsonNode report = JSON.readTree(Files.readAllBytes(out.resolve("search.json")));
        assertEquals(3, report.path("trials").size());
        assertEquals(
                report.path("best"),
                report.path("trials").get(report.path("best").path("trial").asInt() - 1));
        assertTrue(Files.exists(out.resolve("model.safetensors")));
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        Outcome outcome = run("search", "--model", "x", "--train", "x", "--dev", "x", "--out", "x", "--time", "soon");
        assertEquals(1, outcome.code());
        assertEquals("'soon' is no time such as 90s, 30m or 2h\n", outcome.err());
    }

    /** A processor that only emulates bf16 would take half a minute. */
    private static boolean hasBf16() throws IOException {
        Path processor = Path.of("/proc/cpuinfo");
        return Files.isReadable(processor)
                && Files.readString(processor).matches("(?s).*\\b(avx512_bf16|amx_bf16)\\b.*");
    }

    @Test
    void theRankingBenchmarkTellsAllThatIsAskedOfIt() throws IOException {
        List<String> precisions = hasBf16() ? List.of("bf16", "int8") : List.of("int8");
        Outcome outcome = run(
                "bench",
                "ranking",
                "--model",
                REFERENCE + "bert-2labels",
                "--pairs",
                REFERENCE + "pairs.jsonl",
                "--precision",
                String.join(",", precisions),
                "--length",
                "32",
                "--seconds",
                "0.05",
                "--device",
                "cpu");
        assertEquals(0, outcome.code(), outcome.err());
        JsonNode report = JSON.readTree(outcome.out());
        assertTrue(report.path("peakMemoryMiB").asLong() > 0, outcome.out());
        assertTrue(report.path("paddingShareIfPadded").asDouble() > 0.2, outcome.out());
        for (String precision : precisions) {
            JsonNode part = report.path(precision);
            assertTrue(part.path("uniform").path("matrixProductRate").asDouble() > 0, precision);
            for (String figure : List.of("pairsPerSecond", "tokensPerSecond", "flopsPerSecond", "flopShare")) {
                assertTrue(part.path("uniform").path(figure).asDouble() > 0, precision + " " + figure);
                assertTrue(part.path("mixedPacked").path(figure).asDouble() > 0, precision + " " + figure);
            }
            JsonNode latency = part.path("oneQuery32Replies");
            assertTrue(latency.path("p50Ms").asDouble() <= latency.path("p95Ms").asDouble(), precision);
            assertTrue(latency.path("p95Ms").asDouble() <= latency.path("p99Ms").asDouble(), precision);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSoakSaysWhetherMemoryStayedLevel() throws IOException {
        Outcome outcome = run(
                "bench",
                "soak",
                "--model",
                REFERENCE + "bert-2labels",
                "--pairs",
                "200",
                "--steps",
                "40",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1");
        JsonNode report = JSON.readTree(outcome.out());
        assertEquals(report.path("flat").asBoolean() ? 0 : 1, outcome.code());
        for (String work : List.of("scoring", "training")) {
            assertEquals(40, report.path(work).path("nativeMiB").size(), work);
            assertTrue(report.path(work).path("perSecond").asDouble() > 0, work);
        }
        assertEquals(80, outcome.err().split("\n").length, outcome.err());
    }

    @Test
    void everyCommandExplainsItself() {
        for (List<String> command : List.of(
                List.of("score"),
                List.of("train"),
                List.of("search"),
                List.of("evaluate"),
                List.of("pretrain"),
                List.of("download"),
                List.of("bench", "ranking"),
                List.of("bench", "training"),
                List.of("bench", "soak"))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--help");
            Outcome outcome = run(arguments.toArray(String[]::new));
            assertEquals(0, outcome.code(), command + outcome.err());
            assertTrue(outcome.out().contains("Usage: replyloop " + String.join(" ", command)), outcome.out());
        }
    }
}
