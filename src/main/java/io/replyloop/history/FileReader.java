package io.replyloop.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.BoundedRecords;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the conversations of a file, however it is written. */
final class FileReader {
    /** Characters of one record of a table. */
    static final int LONGEST_RECORD = 1_000_000;

    static final int MOST_COLUMNS = 200;

    private final HistoryFile file;
    private final HistoryReading reading;
    private final HistoryConfig config;

    FileReader(HistoryFile file, HistoryReading reading, HistoryConfig config) {
        this.file = file;
        this.reading = reading;
        this.config = config;
    }

    /** @param read counts the bytes of the file as it came */
    void read(TranscriptSink sink, long[] read) throws IOException {
        try {
            switch (reading.format()) {
                case CONVERSATIONS -> objects((object, line) -> ConversationJson.read(object, line, sink), sink, read);
                case INTERCOM -> objects((object, line) -> IntercomExport.read(object, line, sink), sink, read);
                case ZENDESK -> {
                    ZendeskExport export = new ZendeskExport(new HeldMemory(config));
                    objects((object, line) -> export.learn(object), new Unheard(sink), new long[1]);
                    objects((object, line) -> export.read(object, line, sink), sink, read);
                }
                case CHATWOOT -> {
                    MessageRows rows = new MessageRows(null, sink, config);
                    objects(
                            (object, line) -> {
                                if (ChatwootExport.isMessage(object)) {
                                    rows.add(object, line);
                                } else {
                                    ChatwootExport.read(object, line, sink);
                                }
                            },
                            sink,
                            read);
                    rows.finish();
                }
                case MESSAGES -> {
                    MessageRows rows = new MessageRows(mapping(), sink, config);
                    objects(rows::add, sink, read);
                    rows.finish();
                }
                case CSV -> table(sink, read);
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private HistoryReading.Mapping mapping() {
        if (reading.mapping() == null || !reading.mapping().isComplete()) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    "Say which columns hold the conversation, the author and the text of a message.");
        }
        return reading.mapping();
    }

    private void objects(ObjIntConsumer<ObjectNode> found, TranscriptSink sink, long[] read) throws IOException {
        boolean inMemory = reading.format().hasColumns() || reading.format() == HistoryFormat.CHATWOOT;
        long most = inMemory ? config.largestTable() : config.largestFile();
        try (Reader text = file.reader(Charset.forName(reading.encoding()), most, read)) {
            JsonDocuments.read(text, found, sink);
        }
    }

    private void table(TranscriptSink sink, long[] read) throws IOException {
        MessageRows rows = new MessageRows(mapping(), sink, config);
        Charset encoding = Charset.forName(reading.encoding());
        try (BoundedRecords text = new BoundedRecords(
                        file.reader(encoding, config.largestTable(), read), LONGEST_RECORD, FileReader::recordTooLong);
                CSVParser parser = parser(text, reading.separator().charAt(0))) {
            Iterator<CSVRecord> records = parser.iterator();
            List<String> columns = List.of();
            long line = 1;
            while (true) {
                try {
                    line = parser.getCurrentLineNumber() + 1;
                    if (!records.hasNext()) {
                        break;
                    }
                } catch (UncheckedIOException | IllegalStateException unclosed) {
                    if (unclosed.getCause() instanceof Problem tooLarge) {
                        throw tooLarge;
                    }
                    sink.leftOut(LeftOut.BROKEN_LINE, (int) line);
                    break;
                }
                text.nextRecord();
                sink.progress();
                CSVRecord cells = records.next();
                if (columns.isEmpty()) {
                    columns = columns(cells);
                } else {
                    row(rows, cells, columns, (int) line, sink);
                }
            }
        }
        rows.finish();
    }

    static List<String> columns(CSVRecord header) {
        return header.stream().limit(MOST_COLUMNS).map(String::strip).toList();
    }

    private static void row(MessageRows rows, CSVRecord cells, List<String> columns, int line, TranscriptSink sink) {
        if (cells.size() == 1 && cells.get(0).isBlank()) {
            return;
        }
        if (cells.size() > columns.size()) {
            sink.leftOut(LeftOut.BROKEN_LINE, line);
            return;
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        rows.add(row, line);
    }

    static CSVParser parser(Reader text, char separator) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        return CSVParser.builder().setReader(text).setFormat(format).get();
    }

    /** The first time through a file, nothing is counted. */
    private record Unheard(TranscriptSink sink) implements TranscriptSink {
        @Override
        public void conversation(Transcript transcript) {}

        @Override
        public void leftOut(LeftOut why, int line) {}

        @Override
        public void progress() {
            sink.progress();
        }
    }

    private static Problem recordTooLong() {
        return new Problem(
                ProblemCode.IMPORT_INVALID,
                "A row of the table has more than 1,000,000 characters, or a quote in it is never closed. Export the"
                        + " table again, or take out that row.");
    }
}
