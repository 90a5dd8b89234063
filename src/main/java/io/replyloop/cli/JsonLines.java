package io.replyloop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.training.TrainingExample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files of one JSON object per line, plain or gzipped; what is wrong is named by file and line. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Pair(String query, String reply) {}

    private interface Reader<T> {
        T read(JsonNode node);
    }

    private JsonLines() {}

    static List<Pair> pairs(Path file) throws IOException {
        return read(file, node -> new Pair(text(node, "query"), text(node, "reply")));
    }

    /** {@code query}, {@code reply}, {@code label} and, where it has one, {@code group}. */
    static List<TrainingExample> examples(Path file) throws IOException {
        return read(file, node -> {
            if (!node.path("label").isNumber()) {
                throw new IllegalArgumentException("'label' must be a number");
            }
            JsonNode group = node.path("group");
            return new TrainingExample(
                    text(node, "query"),
                    text(node, "reply"),
                    node.path("label").asDouble(),
                    group.isMissingNode() || group.isNull() ? null : group.asText());
        });
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException("'" + field + "' must be a text");
        }
        return node.path(field).asText();
    }

    private static <T> List<T> read(Path file, Reader<T> reader) throws IOException {
        List<T> values = new ArrayList<>();
        try (InputStream in = open(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    values.add(parse(file, number, line, reader));
                }
            }
        }
        return values;
    }

    static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": there is no such file");
        }
        InputStream raw = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static <T> T parse(Path file, int number, String line, Reader<T> reader) {
        try {
            return reader.read(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ", line " + number + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }
}
