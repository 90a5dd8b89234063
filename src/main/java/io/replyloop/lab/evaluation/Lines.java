package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files of one JSON object per line, gzipped or not. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GZIP_MAGIC = 0x1f8b;

    interface Reader {
        void line(int number, JsonNode object);
    }

    private Lines() {}

    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + ": there is no such file", missing);
        }
    }

    /** What is wrong with a line is told with its number. */
    static void read(Path file, Reader reader) throws IOException {
        int number = 0;
        for (String line : new String(bytes(file), StandardCharsets.UTF_8).split("\n")) {
            number++;
            if (!line.isBlank()) {
                try {
                    JsonNode object = JSON.readTree(line);
                    if (!object.isObject()) {
                        throw new IllegalArgumentException("not a JSON object");
                    }
                    reader.line(number, object);
                } catch (JsonProcessingException | IllegalArgumentException bad) {
                    String why = bad instanceof JsonProcessingException json
                            ? "not JSON: " + json.getOriginalMessage()
                            : bad.getMessage();
                    throw new IllegalArgumentException(file + ", line " + number + ": " + why, bad);
                }
            }
        }
    }
}
