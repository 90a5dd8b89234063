package io.replyloop.lab.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads files with one JSON object per line; gzip is detected by the first bytes. */
final class JsonLines {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int GZIP_MAGIC = 0x1f8b;

    private JsonLines() {}

    record Line(int number, JsonNode object) {}

    static List<Line> read(Path file) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        try (BufferedReader reader = new BufferedReader(open(file))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    lines.add(new Line(number, object(text)));
                }
            }
            return lines;
        } catch (JsonProcessingException failure) {
            throw new ReplayException(
                    file + ", line " + number + " is not a JSON object: " + failure.getOriginalMessage(), failure);
        } catch (IOException failure) {
            throw new ReplayException("Cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    static String text(Path file) {
        try (Reader reader = open(file)) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
                text.append(part, 0, read);
            }
            return text.toString();
        } catch (IOException failure) {
            throw new ReplayException("Cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static JsonNode object(String text) throws JsonProcessingException {
        JsonNode node = JSON.readTree(text);
        if (!node.isObject()) {
            throw new com.fasterxml.jackson.core.JsonParseException(null, "found " + node.getNodeType());
        }
        return node;
    }

    private static Reader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return new InputStreamReader(magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8);
    }
}
