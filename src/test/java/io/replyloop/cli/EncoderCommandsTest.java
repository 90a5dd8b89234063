package io.replyloop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands around the encoder, as a user calls them. */
class EncoderCommandsTest {
    private static final String TINY = "src/test/resources/reference/bert-no-head";
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
    void embed_answers_each_line_in_order_from_a_file_and_from_standard_input() throws IOException {
        String lines = "{\"text\": \"Where is my order?\"}\n\n{\"text\": \"我的订单在哪里?\", \"id\": 2}\n";
        Path file = Files.writeString(folder.resolve("texts.jsonl"), lines);
        Outcome fromFile =
                run("embed", "--model", TINY, "--texts", file.toString(), "--device", "cpu", "--threads", "1");
        assertThat(fromFile.code()).as("%s", fromFile.err()).isEqualTo(0);
        List<String> vectors = fromFile.out().lines().toList();
        assertThat(vectors.size()).isEqualTo(2);
        double square = 0;
        for (JsonNode number : JSON.readTree(vectors.get(0)).path("vector")) {
            square += number.asDouble() * number.asDouble();
        }
        assertThat(square).isCloseTo(1, within(1e-5));

        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("embed", "--model", TINY, "--device", "cpu", "--threads", "1"))
                    .isEqualTo(fromFile);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void what_is_wrong_is_said_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.jsonl"), "{\"text\": \"yes\"}\n{\"texts\": \"no\"}\n");
        Outcome outcome = run("embed", "--model", TINY, "--texts", file.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo(file + ", line 2: 'text' must be a text\n");

        Outcome refused = run("convert-encoder", "--from", file.toString(), "--to", folder + "/out");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines().count()).as("%s", refused.err()).isEqualTo(1);
        assertThat(refused.err().contains("SHA-256")).as("%s", refused.err()).isTrue();
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    @Test
    void distil_encoder_leaves_a_small_directory_that_says_how_it_was_made() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            lines.append("{\"en\": \"order %d left the warehouse\", \"zh\": \"订单%d出库%s\"}\n"
                    .formatted(i, i, i % 2 == 0 ? "了" : ""));
        }
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), lines);
        Files.writeString(folder.resolve("SOURCES.md"), "written for this test");
        String[] command = {
            "distil-encoder",
            "--encoder",
            TINY,
            "--pairs",
            pairs.toString(),
            "--work",
            folder.resolve("work").toString(),
            "--out",
            folder.resolve("out").toString(),
            "--passes",
            "2",
            "--batch",
            "8",
            "--held-out",
            "6",
            "--device",
            "cpu",
            "--precision",
            "fp32",
            "--threads",
            "1"
        };
        Outcome outcome = run(command);
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        assertThat(outcome.err().contains("step 14 of 14"))
                .as("%s", outcome.err())
                .isTrue();
        Path out = folder.resolve("out");
        String card = Files.readString(out.resolve("README.md"));
        assertThat(card.contains("54 pairs") && card.contains("batch 8") && card.contains("demo shop"))
                .as("%s", card)
                .isTrue();
        assertThat(Files.exists(out.resolve("SOURCES.md"))).isTrue();
        assertThat(JSON.readTree(out.resolve("config.json").toFile())
                        .path("dtype")
                        .asText())
                .isEqualTo("float16");

        Outcome measured = run("evaluate-encoder", "--model", out.toString(), "--json", "--pairs", pairs.toString());
        assertThat(measured.code()).as("%s", measured.err()).isEqualTo(0);
        JsonNode figures = JSON.readTree(measured.out());
        assertThat(figures.path("shop").size()).isEqualTo(4);
        assertThat(figures.path("translations").has("forth"))
                .as("%s", measured.out())
                .isTrue();

        assertThat(run(command).code())
                .as("a directory that is there is not written over")
                .isEqualTo(1);
    }

    @Test
    void align_encoders_writes_a_projection_for_each_language_and_overwrites_none() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            lines.append("{\"en\": \"order %d left the %s\", \"zh\": \"订单%d出库%s\"}\n"
                    .formatted(i, i % 3 == 0 ? "shop" : "house", i, i % 2 == 0 ? "了" : ""));
        }
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), lines);
        Path out = folder.resolve("aligned");
        String[] command = {
            "align-encoders",
            "--english",
            TINY,
            "--chinese",
            TINY,
            "--pairs",
            pairs.toString(),
            "--held-out",
            "6",
            "--dimension",
            "8",
            "--out",
            out.toString(),
            "--device",
            "cpu",
            "--threads",
            "1"
        };
        Outcome outcome = run(command);
        assertThat(outcome.code()).as("%s", outcome.err()).isEqualTo(0);
        assertThat(outcome.err().contains("144 pairs")).as("%s", outcome.err()).isTrue();
        for (String language : List.of("english", "chinese")) {
            assertThat(Files.exists(out.resolve(language).resolve("projection.safetensors")))
                    .isTrue();
        }

        Outcome again = run(command);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err().contains("exists already")).as("%s", again.err()).isTrue();

        command[10] = "100";
        command[12] = folder.resolve("others").toString();
        Outcome wide = run(command);
        assertThat(wide.code()).isEqualTo(1);
        assertThat(wide.err().contains("and not of 100")).as("%s", wide.err()).isTrue();
        assertThat(Files.exists(folder.resolve("others"))).isFalse();
    }
}
