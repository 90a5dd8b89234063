package io.replyloop.bert.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tiny random checkpoint with what Python's transformers says of it. */
public record ReferenceCheckpoint(Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("src/test/resources/reference");

    record Expected(int[] ids, byte[] segments, float[] logits) {}

    public record TextPair(String query, String reply) {}

    public static ReferenceCheckpoint named(String name) {
        return new ReferenceCheckpoint(ROOT.resolve(name));
    }

    List<Expected> expected() {
        return lines(directory.resolve("expected.jsonl")).stream()
                .map(line -> new Expected(
                        JSON.convertValue(line.path("ids"), int[].class),
                        segments(line),
                        JSON.convertValue(line.path("logits"), float[].class)))
                .toList();
    }

    /** Most families were called without token types, which then are all 0. */
    private static byte[] segments(JsonNode line) {
        byte[] segments = new byte[line.path("ids").size()];
        for (int i = 0; i < line.path("types").size(); i++) {
            segments[i] = (byte) line.path("types").get(i).asInt();
        }
        return segments;
    }

    public List<EncodedPair> pairs() {
        return expected().stream()
                .map(expected -> new EncodedPair(expected.ids(), expected.segments()))
                .toList();
    }

    public static List<TextPair> texts() {
        return lines(ROOT.resolve("pairs.jsonl")).stream()
                .map(line -> new TextPair(
                        line.path("query").asText(), line.path("reply").asText()))
                .toList();
    }

    public static List<JsonNode> lines(Path file) {
        try {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                nodes.add(JSON.readTree(line));
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
