package io.replyloop.lab.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Text files of one record per line, gzipped or not, whatever their name says. */
final class JsonLines {

    private static final int GZIP_MAGIC = 0x1f8b;

    interface Reader {
        void line(int number, String line) throws IOException;
    }

    private JsonLines() {}

    /** Hands over the lines that are not blank; an error names the file and the line. */
    static void read(Path file, Reader reader) throws IOException {
        try (InputStream in = open(file)) {
            read(file.toString(), in, reader);
        }
    }

    /** The same of a file that comes with the application. */
    static void readResource(String name, Reader reader) throws IOException {
        try (InputStream in = JsonLines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the application was built without " + name);
            }
            read(name, in, reader);
        }
    }

    /** The same of a stream that is not gzipped. */
    static void read(String name, InputStream in, Reader reader) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    try {
                        reader.line(number, line);
                    } catch (IOException bad) {
                        throw new IOException(name + ", line " + number + ": " + bad.getMessage(), bad);
                    }
                }
            }
        }
    }

    static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return (first << 8 | second) == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
