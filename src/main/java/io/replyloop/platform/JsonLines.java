package io.replyloop.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Files with one JSON object per line, plain or gzipped, recognised by their first bytes rather than their names. They
 * are read line by line, not as a sequence of values, so that errors name the line, and so that an enclosing array or
 * two objects on a line are errors instead of being misread.
 */
public final class JsonLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;
    private static final ObjectReader LINE = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Receives one object; the file and the line are added to the message of what it throws. */
    @FunctionalInterface
    public interface Reader {
        /** @param line counted from 1 */
        void read(int line, JsonNode object);
    }

    /** Converts an object to a value. */
    @FunctionalInterface
    public interface Mapper<T> {
        /** @throws IllegalArgumentException saying what is wrong with the object */
        T map(JsonNode object);
    }

    private JsonLines() {}

    /**
     * @throws IllegalArgumentException if there is no such file, or a line is not a JSON object or is refused by the
     *     reader; the message names file and line
     */
    public static void read(Path file, Reader reader) throws IOException {
        try (InputStream in = open(file)) {
            read(file.toString(), in, reader);
        }
    }

    /** Like {@link #read(Path, Reader)}, but collects the values in a list. */
    public static <T> List<T> list(Path file, Mapper<T> mapper) throws IOException {
        List<T> values = new ArrayList<>();
        read(file, (line, object) -> values.add(mapper.map(object)));
        return values;
    }

    /** Reads a file that is part of the application. */
    public static void readResource(String name, Reader reader) throws IOException {
        try (InputStream in = JsonLines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the application was built without " + name);
            }
            read(name, in, reader);
        }
    }

    /**
     * Reads a stream, which is closed.
     *
     * @param name the name of the stream in error messages
     */
    public static void read(String name, InputStream in, Reader reader) throws IOException {
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                if (!text.isBlank()) {
                    reader.read(number, object(text));
                }
            }
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(name + ", line " + number + ": " + refused.getMessage(), refused);
        } catch (EOFException | ZipException cut) {
            throw damaged(name, cut);
        }
    }

    private static IllegalArgumentException damaged(String name, IOException cut) {
        return new IllegalArgumentException(name + ": is cut or damaged (" + cut.getMessage() + ")", cut);
    }

    private static JsonNode object(String line) {
        try {
            JsonNode object = LINE.readTree(line);
            if (!object.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return object;
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    /**
     * Returns the contents of the file, uncompressed.
     *
     * @throws IllegalArgumentException if there is no such file, or it is truncated
     */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (EOFException | ZipException cut) {
            throw damaged(file.toString(), cut);
        }
    }

    /** Returns the text of a field. */
    public static String text(JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw new IllegalArgumentException("'" + field + "' must be a text");
        }
        return object.get(field).textValue();
    }

    /** Opens the file, uncompressing it if it is gzipped. */
    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + ": is a directory");
        }
        InputStream in;
        try {
            in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + ": there is no such file", missing);
        }
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER) : in;
        } catch (EOFException | ZipException cut) {
            in.close();
            throw damaged(file.toString(), cut);
        } catch (IOException unreadable) {
            in.close();
            throw unreadable;
        }
    }
}
