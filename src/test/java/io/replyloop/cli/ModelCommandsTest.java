package io.replyloop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void score_answers_each_line_in_order() throws IOException {
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
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : outcome.out().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines.size()).isEqualTo(32);
        for (JsonNode line : lines) {
            double first = line.path("logits").get(0).asDouble();
            double second = line.path("logits").get(1).asDouble();
            assertThat(line.path("score").asDouble()).isCloseTo(1 / (1 + Math.exp(first - second)), within(1e-6));
        }
    }

    @Test
    void score_says_in_which_precision_and_says_the_same_again() {
        String[] command = {
            "score", "--model", REFERENCE + "bert-2labels", "--pairs", REFERENCE + "pairs.jsonl", "--threads", "1"
        };
        Outcome once = run(command);
        Outcome again = run(command);

        assertThat(once.code()).as("%s", once.err()).isEqualTo(0);
        assertThat(once.err().contains("Scored in ")).as("%s", once.err()).isTrue();
        assertThat(once.err().contains("kept in ")).as("%s", once.err()).isTrue();
        assertThat(again.out()).isEqualTo(once.out());
        assertThat(again.err()).isEqualTo(once.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "gpt2", "xlnet"})
    void train_writes_a_model_with_its_curves_and_score_reads_it(String family) throws IOException {
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
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        assertThat(outcome.err().contains("pairs/s")).as("%s", outcome.err()).isTrue();
        JsonNode curves = JSON.readTree(Files.readAllBytes(out.resolve("training.json")));
        assertThat(curves.path("curve").size()).isEqualTo(2);
        assertThat(curves.path("dev").has("mrr")).as("%s", curves).isTrue();
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
        assertThat(scored.code()).as("%s", scored.err()).isEqualTo(0);
    }

    @Test
    void what_is_wrong_is_said_in_one_line() throws IOException {
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
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo(data + ", line 2: 'label' must be a number\n");
    }

    @Test
    void search_writes_the_best_model_and_all_trials() throws IOException {
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
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        assertThat(outcome.err().contains("trial 3/3")).as("%s", outcome.err()).isTrue();
        JsonNode report = JSON.readTree(Files.readAllBytes(out.resolve("search.json")));
        assertThat(report.path("trials").size()).isEqualTo(3);
        assertThat(report.path("trials").get(report.path("best").path("trial").asInt() - 1))
                .isEqualTo(report.path("best"));
        assertThat(Files.exists(out.resolve("model.safetensors"))).isTrue();
    }

    @Test
    void a_time_that_is_none_is_refused() {
        Outcome outcome = run("search", "--model", "x", "--train", "x", "--dev", "x", "--out", "x", "--time", "soon");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("'soon' is no time such as 90s, 30m or 2h\n");
    }

    /** A processor that only emulates bf16 would take half a minute. */
    private static boolean hasBf16() throws IOException {
        Path processor = Path.of("/proc/cpuinfo");
        return Files.isReadable(processor)
                && Files.readString(processor).matches("(?s).*\\b(avx512_bf16|amx_bf16)\\b.*");
    }

    @Test
    void the_ranking_benchmark_tells_all_that_is_asked_of_it() throws IOException {
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
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        JsonNode report = JSON.readTree(outcome.out());
        assertThat(report.path("peakMemoryMiB").asLong() > 0)
                .as("%s", outcome.out())
                .isTrue();
        assertThat(report.path("paddingShareIfPadded").asDouble() > 0.2)
                .as("%s", outcome.out())
                .isTrue();
        for (String precision : precisions) {
            JsonNode part = report.path(precision);
            assertThat(part.path("uniform").path("matrixProductRate").asDouble() > 0)
                    .as("%s", precision)
                    .isTrue();
            for (String figure : List.of("pairsPerSecond", "tokensPerSecond", "flopsPerSecond", "flopShare")) {
                assertThat(part.path("uniform").path(figure).asDouble() > 0)
                        .as("%s", precision + " " + figure)
                        .isTrue();
                assertThat(part.path("mixedPacked").path(figure).asDouble() > 0)
                        .as("%s", precision + " " + figure)
                        .isTrue();
            }
            JsonNode latency = part.path("oneQuery32Replies");
            assertThat(latency.path("p50Ms").asDouble() <= latency.path("p95Ms").asDouble())
                    .as("%s", precision)
                    .isTrue();
            assertThat(latency.path("p95Ms").asDouble() <= latency.path("p99Ms").asDouble())
                    .as("%s", precision)
                    .isTrue();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_soak_says_whether_memory_stayed_level() throws IOException {
        Outcome outcome = run(
                "bench",
                "soak",
                "--model",
                REFERENCE + "bert-2labels",
                "--pairs",
                "50",
                "--steps",
                "40",
                "--precision",
                "fp32",
                "--device",
                "cpu",
                "--threads",
                "1");
        JsonNode report = JSON.readTree(outcome.out());
        assertThat(outcome.code()).isEqualTo(report.path("flat").asBoolean() ? 0 : 1);
        for (String work : List.of("scoring", "training")) {
            assertThat(report.path(work).path("nativeMiB").size())
                    .as("%s", work)
                    .isEqualTo(40);
            assertThat(report.path(work).path("perSecond").asDouble() > 0)
                    .as("%s", work)
                    .isTrue();
        }
        assertThat(outcome.err().split("\n").length).as("%s", outcome.err()).isEqualTo(80);
    }

    @Test
    void every_command_explains_itself() {
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
            assertThat(outcome.code()).as("%s", command + outcome.err()).isEqualTo(0);
            assertThat(outcome.out().contains("Usage: replyloop " + String.join(" ", command)))
                    .as("%s", outcome.out())
                    .isTrue();
        }
    }
}
