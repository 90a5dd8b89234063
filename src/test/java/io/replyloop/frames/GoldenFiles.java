package io.replyloop.frames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The frames as files, which the pages' tests read too. */
final class GoldenFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GoldenFiles() {}

    /** Texts of the frames in {@code frames/<folder>}, by name of the file without its ending. */
    static Map<String, String> in(String folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/frames", folder))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                texts.put(name.substring(0, name.length() - ".json".length()), Files.readString(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return texts;
    }

    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
