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
 * Files of one JSON object per line, plain or gzipped, told apart by their first bytes and not by their names. They are
 * read line by line, and not as a sequence of values: what is wrong is then told with the line that it is on, and a list
 * around the objects, or two of them on a line, is an error and not read in another way than meant.
 */
public final class JsonLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;
    private static final ObjectReader LINE = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Is handed one object; what it throws is told with the file and the line. */
    @FunctionalInterface
    public interface Reader {
        /** @param line from 1 */
        void read(int line, JsonNode object);
    }

    /** Makes a value of one object. */
    @FunctionalInterface
    public interface Mapper<T> {
        /** @throws IllegalArgumentException with what is wrong with the object */
        T map(JsonNode object);
    }

    private JsonLines() {}

    /**
     * @throws IllegalArgumentException where there is no such file, or a line is not a JSON object or is refused by the
     *     reader; the message names file and line
     */
    public static void read(Path file, Reader reader) throws IOException {
        try (InputStream in = open(file)) {
            read(file.toString(), in, reader);
        }
    }

    /** As {@link #read(Path, Reader)}, all of them in a list. */
    public static <T> List<T> list(Path file, Mapper<T> mapper) throws IOException {
        List<T> values = new ArrayList<>();
        read(file, (line, object) -> values.add(mapper.map(object)));
        return values;
    }

    /** The same of a file that comes with the application. */
    public static void readResource(String name, Reader reader) throws IOException {
        try (InputStream in = JsonLines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the application was built without " + name);
            }
            read(name, in, reader);
        }
    }

    /**
     * The same of a stream, which is closed.
     *
     * @param name by which the stream is called where something is wrong
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
     * All that is in the file, unpacked where it is gzipped.
     *
     * @throws IllegalArgumentException where there is no such file, or it is cut
     */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (EOFException | ZipException cut) {
            throw damaged(file.toString(), cut);
        }
    }

    /** The text under a name. */
    public static String text(JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw new IllegalArgumentException("'" + field + "' must be a text");
        }
        return object.get(field).textValue();
    }

    /** What is in the file, unpacked where it is gzipped. */
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
