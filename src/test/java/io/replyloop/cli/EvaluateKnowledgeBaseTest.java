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
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A team's data from its files to the report, with a tiny network: what the product says of it is not the point here. */
class EvaluateKnowledgeBaseTest {
    private static final String MODEL = "src/test/resources/reference/bert-2labels";
    private static final List<String> THINGS = List.of("parcel", "invoice", "refund", "voucher");

    @TempDir
    Path folder;

    private StringWriter out;
    private StringWriter err;

    private int run(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate-knowledge-base",
                "--kb",
                replies().toString(),
                "--dialogues",
                questions().toString(),
                "--model",
                MODEL,
                "--out",
                folder.resolve("out").toString(),
                "--decisions",
                "0,12"));
        arguments.addAll(List.of(more));
        CommandLine commands = Commands.commandLine().setOverwrittenOptionsAllowed(true);
        out = new StringWriter();
        err = new StringWriter();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments.toArray(String[]::new));
    }

    private Path replies() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String thing : THINGS) {
            lines.add("{\"label\":\"" + thing + "\",\"title\":\"About the " + thing
                    + "\",\"text\":\"Here is what we know of it.  " + thing.toUpperCase() + "!\"}");
        }
        lines.add("{\"label\":\"hello\",\"title\":\"Hello\",\"text\":\"Good morning!\"}");
        return Files.write(folder.resolve("replies.jsonl"), lines);
    }

    private Path questions() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String thing = THINGS.get(i % THINGS.size());
            lines.add("{\"question\":\"Number " + i + ": what of my " + thing + "?\",\"reply\":\"" + thing + "\"}");
        }
        lines.add("{\"question\":\"Hi\",\"reply\":\"hello\"}");
        return Files.write(folder.resolve("questions.jsonl"), lines);
    }

    @Test
    void a_knowledge_base_and_its_questions_become_figures_a_plot_and_a_table() throws Exception {
        Path unanswered = Files.writeString(folder.resolve("unanswered.jsonl"), "{\"question\":\"Will it rain?\"}\n");
        assertThat(run(
                        "--rounds",
                        "2",
                        "--without",
                        "hello",
                        "--unanswered",
                        unanswered.toString(),
                        "--training-run",
                        "12",
                        "--training-rounds",
                        "1",
                        "--threads",
                        "1"))
                .as(() -> "" + err)
                .isEqualTo(0);

        JsonNode report = new ObjectMapper()
                .readTree(folder.resolve("out/evaluation.json").toFile());
        assertThat(report.at("/data/replies").asInt()).isEqualTo(4);
        assertThat(report.at("/data/questions").asInt()).isEqualTo(24);
        assertThat(report.at("/data/picksOfUnknownReplies").asInt()).isEqualTo(1);
        List<String> rows = new ArrayList<>();
        report.path("learning")
                .forEach(row -> rows.add(row.path("method").asText() + " "
                        + row.path("decisions").asInt()));
        assertThat(rows)
                .isEqualTo(List.of(
                        "product 0",
                        "product 12",
                        "BM25 0",
                        "BM25 12",
                        "cosine 0",
                        "cosine 12",
                        "nearest questions 0",
                        "nearest questions 12",
                        "logistic regression 0",
                        "logistic regression 12"));
        for (JsonNode row : report.path("learning")) {
            double first = row.at("/recallAt1/value").asDouble();
            assertThat(row.at("/recallAt1/low").asDouble() <= first
                            && first <= row.at("/recallAt1/high").asDouble())
                    .isTrue();
            assertThat(first <= row.at("/recallAt3/value").asDouble()).isTrue();
            assertThat(row.at("/recallAt1/count").asInt()).isEqualTo(8);
        }
        // The only word that tells the replies apart is in every question.
        assertThat(report.at("/learning/2/recallAt1/value").asDouble()).isEqualTo(1);
        assertThat(report.path("newReplies").size()).isEqualTo(30);
        assertThat(report.at("/abstention/0/silent/unanswered/count").asInt()).isEqualTo(1);
        assertThat(report.at("/abstention/0/silent/thanks/count").asInt() > 20).isTrue();

        // The same questions are asked of the model before and of the one after.
        assertThat(report.path("trainingRuns").size()).isEqualTo(1);
        JsonNode gain = report.at("/trainingRuns/0");
        assertThat(gain.path("decisions").asInt()).isEqualTo(12);
        assertThat(gain.at("/gainAt1/count").asInt()).isEqualTo(4);
        assertThat(gain.at("/gainAt1/value").asDouble())
                .isCloseTo(
                        gain.at("/after/recallAt1/value").asDouble()
                                - gain.at("/before/recallAt1/value").asDouble(),
                        within(1e-9));

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("out/evaluation.svg").toFile());
        assertThat(out.toString().contains("R@1 (95 %)")).as("%s", out).isTrue();
        assertThat(out.toString().contains("new replies among three"))
                .as("%s", out)
                .isTrue();
        assertThat(out.toString().contains("silent")).as("%s", out).isTrue();
        assertThat(out.toString().contains("a training run")).as("%s", out).isTrue();
    }

    @Test
    void what_is_wrong_with_a_file_is_said_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "{\"question\":\"Why?\"}\n");
        assertThat(run("--dialogues", file.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualTo(file + ", line 1: there is no `reply`\n");
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }
}
