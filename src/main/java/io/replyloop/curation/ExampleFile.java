package io.replyloop.curation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.dataset.ImportedExamples;
import io.replyloop.platform.BoundedRecords;
import io.replyloop.platform.FormulaGuard;
import io.replyloop.platform.Json;
import io.replyloop.platform.LimitedInputStream;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads examples from a file that somebody has uploaded: JSONL, CSV, either of them gzipped, or a zipped directory with
 * JSONL. Line by line, and with limits on whatever could grow: a line, the lines, the files in a directory, and all of it
 * unpacked.
 */
final class ExampleFile {
    /** So that an import is over in half a minute: whoever erases or corrects something waits for it. */
    static final int MOST_LINES = 20_000;

    private static final int LONGEST_LINE = 400_000;
    private static final long LARGEST = 64L << 20;
    private static final int MOST_FILES = 100;
    /** White space before the first line, at most. */
    private static final int LONGEST_MARK = 4_096;

    private static final ObjectReader OBJECT =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** Receives the lines, in order. */
    interface Lines {
        void read(ImportedExamples.Line line);

        /** @param file inside a directory; empty for a single file */
        void wrong(String file, long line, ExampleLine.Wrong wrong);
    }

    private final Lines lines;
    private final Instant now = Instant.now();
    private int count;
    private String file = "";

    private ExampleFile(Lines lines) {
        this.lines = lines;
    }

    /** @throws Problem when the file cannot be read at all, or is larger than what is allowed */
    static void read(Path path, Lines lines) {
        ExampleFile reading = new ExampleFile(lines);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path))) {
            reading.read(raw);
        } catch (CharacterCodingException otherCharset) {
            throw refused("The file is not in UTF-8; save it as UTF-8 and send it again.", otherCharset);
        } catch (ZipException | EOFException damaged) {
            throw refused("The file is packed, and cut or damaged; pack it again, or send it unpacked.", damaged);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void read(InputStream raw) throws IOException {
        if (begins(raw, ZIP)) {
            readDirectory(new ZipInputStream(limited(raw), StandardCharsets.UTF_8));
        } else {
            readText(limited(begins(raw, GZIP) ? new GZIPInputStream(raw) : raw));
        }
    }

    private static InputStream limited(InputStream in) {
        return new LimitedInputStream(
                in, LARGEST, () -> tooLarge("The file has more than 64 MiB when it is unpacked."));
    }

    private void readDirectory(ZipInputStream zip) throws IOException {
        InputStream unpacked = limited(zip);
        int files = 0;
        boolean any = false;
        for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
            if (++files > MOST_FILES) {
                throw tooLarge("The directory has more than 100 files.");
            }
            if (entry.getName().endsWith(".jsonl")) {
                any = true;
                file = entry.getName();
                readJsonLines(text(unpacked));
            } else {
                // What is skipped is unpacked, too, and counts.
                unpacked.transferTo(OutputStream.nullOutputStream());
            }
        }
        if (!any) {
            throw refused("The directory has no file that ends with .jsonl.", null);
        }
    }

    private static ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException otherCharset) {
            throw refused(
                    "The zip has a file whose name is not in UTF-8; rename it, or pack it again with another program.",
                    otherCharset);
        }
    }

    private void readText(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        buffered.mark(LONGEST_MARK);
        int first = buffered.read();
        int skipped = 1;
        while (skipped++ < LONGEST_MARK
                && (first == 0xEF || first == 0xBB || first == 0xBF || first >= 0 && first <= ' ')) {
            first = buffered.read();
        }
        buffered.reset();
        if (first == '{') {
            readJsonLines(text(buffered));
        } else {
            readCsv(text(buffered));
        }
    }

    private void readJsonLines(Reader text) throws IOException {
        StringBuilder line = new StringBuilder();
        long number = 0;
        int next;
        do {
            next = text.read();
            if (next == '\n' || next < 0) {
                number++;
                readJson(number, line.toString());
                line.setLength(0);
            } else if (line.length() >= LONGEST_LINE) {
                throw tooLarge("Line " + (number + 1) + " has more than 400,000 characters.");
            } else {
                line.append((char) next);
            }
        } while (next >= 0);
    }

    private void readJson(long number, String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return;
        }
        try {
            JsonNode object = OBJECT.readTree(text);
            if (!object.isObject()) {
                throw new ExampleLine.Wrong("", "is no JSON object");
            }
            take(object);
        } catch (JsonProcessingException malformed) {
            told(number, new ExampleLine.Wrong("", "is no JSON: " + malformed.getOriginalMessage()));
        } catch (ExampleLine.Wrong wrong) {
            told(number, wrong);
        }
    }

    private void readCsv(Reader text) throws IOException {
        BoundedRecords bounded = new BoundedRecords(
                text,
                LONGEST_LINE,
                () -> tooLarge("A line has more than 400,000 characters, or a quote in it is never closed."));
        try (CSVParser table = CSVParser.builder()
                .setReader(bounded)
                .setFormat(CSVFormat.RFC4180)
                .get()) {
            Iterator<CSVRecord> records = table.iterator();
            Map<String, Integer> columns = records.hasNext() ? columns(records.next()) : Map.of();
            if (!columns.keySet().containsAll(List.of("query", "reply", "label"))) {
                throw refused(
                        "The first line does not name the columns query, reply and label, and the file is no JSONL.",
                        null);
            }
            while (records.hasNext()) {
                bounded.nextRecord();
                long number = table.getCurrentLineNumber() + 1;
                CSVRecord record = records.next();
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    try {
                        take(object(record, columns));
                    } catch (ExampleLine.Wrong wrong) {
                        told(number, wrong);
                    }
                }
            }
        } catch (UncheckedIOException broken) {
            if (broken.getCause() instanceof CharacterCodingException otherCharset) {
                throw otherCharset;
            }
            throw refused("A quoted cell is never closed; the table is cut or damaged.", broken);
        }
    }

    private static Map<String, Integer> columns(CSVRecord header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(header.get(i).strip(), i);
        }
        return columns;
    }

    private static ObjectNode object(CSVRecord record, Map<String, Integer> columns) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String field : ExampleLine.FIELDS) {
            Integer column = columns.get(field);
            if (column != null && column < record.size()) {
                object.put(field, FormulaGuard.unguarded(record.get(column)));
            }
        }
        return object;
    }

    private void take(JsonNode object) {
        countLine();
        lines.read(ExampleLine.read(object, now));
    }

    private void told(long number, ExampleLine.Wrong wrong) {
        countLine();
        lines.wrong(file, number, wrong);
    }

    private void countLine() {
        if (++count > MOST_LINES) {
            throw tooLarge("The file has more than 20,000 lines.");
        }
    }

    private static Reader text(InputStream in) {
        Reader reader = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new WithoutMark(reader);
    }

    private static boolean begins(InputStream in, byte[] bytes) throws IOException {
        in.mark(bytes.length);
        byte[] first = in.readNBytes(bytes.length);
        in.reset();
        return Arrays.equals(first, bytes);
    }

    private static Problem refused(String message, Exception cause) {
        return new Problem(ProblemCode.IMPORT_INVALID, message, cause);
    }

    private static Problem tooLarge(String message) {
        return new Problem(ProblemCode.TOO_LARGE, message + " Divide the file.");
    }

    /** Without the mark that some programs put before UTF-8. */
    private static final class WithoutMark extends FilterReader {
        private boolean begun;

        private WithoutMark(Reader in) {
            super(new BufferedReader(in));
        }

        @Override
        public int read() throws IOException {
            int first = super.read();
            if (!begun) {
                begun = true;
                return first == '\uFEFF' ? super.read() : first;
            }
            return first;
        }

        @Override
        public int read(char[] buffer, int from, int most) throws IOException {
            if (begun || most == 0) {
                return super.read(buffer, from, most);
            }
            int first = read();
            if (first < 0) {
                return -1;
            }
            buffer[from] = (char) first;
            return 1;
        }
    }
}
