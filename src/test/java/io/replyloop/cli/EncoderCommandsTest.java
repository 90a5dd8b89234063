package io.replyloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void embedAnswersEachLineInOrderFromAFileAndFromStandardInput() throws IOException {
        String lines = "{\"text\": \"Where is my order?\"}\n\n{\"text\": \"我的订单在哪里?\", \"id\": 2}\n";
        Path file = Files.writeString(folder.resolve("texts.jsonl"), lines);
        Outcome fromFile =
                run("embed", "--model", TINY, "--texts", file.toString(), "--device", "cpu", "--threads", "1");
        assertEquals(0, fromFile.code(), fromFile.err());
        List<String> vectors = fromFile.out().lines().toList();
        assertEquals(2, vectors.size());
        double square = 0;
        for (JsonNode number : JSON.readTree(vectors.get(0)).path("vector")) {
            square += number.asDouble() * number.asDouble();
        }
        assertEquals(1, square, 1e-5);

        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(fromFile, run("embed", "--model", TINY, "--device", "cpu", "--threads", "1"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.jsonl"), "{\"text\": \"yes\"}\n{\"texts\": \"no\"}\n");
        Outcome outcome = run("embed", "--model", TINY, "--texts", file.toString());
        assertEquals(1, outcome.code());
        assertEquals(file + ", line 2: 'text' must be a text\n", outcome.err());

        Outcome refused = run("convert-encoder", "--from", file.toString(), "--to", folder + "/out");
        assertEquals(1, refused.code());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertTrue(refused.err().contains("SHA-256"), refused.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void distilEncoderLeavesASmallDirectoryThatSaysHowItWasMade() throws IOException {
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
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("step 14 of 14"), outcome.err());
        Path out = folder.resolve("out");
        String card = Files.readString(out.resolve("README.md"));
        assertTrue(card.contains("54 pairs") && card.contains("batch 8") && card.contains("demo shop"), card);
        assertTrue(Files.exists(out.resolve("SOURCES.md")));
        assertEquals(
                "float16",
                JSON.readTree(out.resolve("config.json").toFile()).path("dtype").asText());

        Outcome measured = run("evaluate-encoder", "--model", out.toString(), "--json", "--pairs", pairs.toString());
        assertEquals(0, measured.code(), measured.err());
        JsonNode figures = JSON.readTree(measured.out());
        assertEquals(4, figures.path("shop").size());
        assertTrue(figures.path("translations").has("forth"), measured.out());

        assertEquals(1, run(command).code(), "a directory that is there is not written over");
    }

    @Test
    void alignEncodersWritesAProjectionForEachLanguageAndOverwritesNone() throws IOException {
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
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("144 pairs"), outcome.err());
        for (String language : List.of("english", "chinese")) {
            assertTrue(Files.exists(out.resolve(language).resolve("projection.safetensors")));
        }

        Outcome again = run(command);
        assertEquals(1, again.code());
        assertTrue(again.err().contains("exists already"), again.err());

        command[10] = "100";
        command[12] = folder.resolve("others").toString();
        Outcome wide = run(command);
        assertEquals(1, wide.code());
        assertTrue(wide.err().contains("and not of 100"), wide.err());
        assertFalse(Files.exists(folder.resolve("others")));
    }
}
