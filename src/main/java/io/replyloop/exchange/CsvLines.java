package io.replyloop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.FormulaGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Tables as written by spreadsheets. In exported files, a cell may contain several categories separated by semicolons,
 * or several questions or short answers separated by line ends. Anything that a spreadsheet would run as a formula, with this separator
 * or another, is prefixed with an apostrophe, which the import removes. In other files, an apostrophe is usually part
 * of the text.
 */
final class CsvLines {
    private static final List<String> COLUMNS = List.of(
            "id", "label", "title", "text", "language", "categories", "shortcode", "state", "questions", "choices");
    /** Before replies offered short answers. */
    private static final List<String> EARLIER_COLUMNS = COLUMNS.subList(0, COLUMNS.size() - 1);

    /** The first line with which Excel declares the separator. */
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("\"?sep=(\\\\t|[^\\r\\n])\"?[,;\\t ]*(\\r\\n|\\r|\\n|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern SENTENCE = Pattern.compile("[.?!。？！]\\s*$|[。？！]|[.?!] ");

    private CsvLines() {}

    /**
     * @param asked the separator; null to detect it
     * @param header whether the first line contains the names of the columns; null to detect it
     */
    static RawTable read(DecodedText decoded, Character asked, Boolean header) {
        String text = decoded.text();
        Matcher named = SEPARATOR_LINE.matcher(text);
        boolean isNamed = named.lookingAt();
        if (isNamed) {
            text = text.substring(named.end());
        }
        char separator = asked != null ? asked : isNamed ? separator(named.group(1)) : SeparatorGuess.of(text);
        int before = isNamed ? 1 : 0;
        List<RawTable.Row> rows = new ArrayList<>();
        ImportedFile.Line broken = null;
        long line = 1;
        try (CSVParser parser = parser(text, separator)) {
            Iterator<CSVRecord> records = parser.iterator();
            while (true) {
                line = parser.getCurrentLineNumber() + 1 + before;
                if (!records.hasNext()) {
                    break;
                }
                List<JsonNode> cells = cells(records.next());
                if (!cells.isEmpty()) {
                    rows.add(new RawTable.Row((int) line, cells, damage(cells, decoded.encoding())));
                    FileText.requireFew(rows.size() - 1);
                }
            }
        } catch (UncheckedIOException | IOException unclosed) {
            broken = ImportedFile.Line.bad((int) line, Reason.of(ReasonCode.UNCLOSED_QUOTE));
        }
        if (rows.isEmpty()) {
            return broken != null
                    ? new RawTable(List.of(), separator, true, true, (int) line, List.of(), broken)
                    : RawTable.broken(1, Reason.of(ReasonCode.EMPTY_FILE));
        }
        return table(rows, separator, header, broken);
    }

    private static RawTable table(List<RawTable.Row> rows, char separator, Boolean asked, ImportedFile.Line broken) {
        List<String> first = rows.get(0).cells().stream().map(JsonNode::asText).toList();
        boolean known = Columns.anyKnown(first);
        boolean header = asked != null ? asked : known || looksLikeHeader(first);
        int width = header
                ? first.size()
                : rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        if (width > RawTable.MOST_COLUMNS) {
            return RawTable.broken(
                    rows.get(0).number(),
                    Reason.of(ReasonCode.TOO_MANY_COLUMNS, "columns", width, "max", RawTable.MOST_COLUMNS));
        }
        List<RawTable.Row> lines = header ? rows.subList(1, rows.size()) : rows;
        return new RawTable(
                header ? first : Collections.nCopies(width, ""),
                separator,
                header,
                asked != null || known,
                rows.get(0).number(),
                lines.stream().map(row -> checked(row, width)).toList(),
                broken);
    }

    private static RawTable.Row checked(RawTable.Row row, int columns) {
        if (row.error() != null || row.cells().size() <= columns) {
            return row;
        }
        Reason reason =
                Reason.of(ReasonCode.TOO_MANY_CELLS, "cells", row.cells().size(), "columns", columns);
        return new RawTable.Row(row.number(), row.cells(), reason);
    }

    static CSVParser parser(String text, char separator) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        return CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get();
    }

    /** Removes trailing empty cells, with which spreadsheets fill rows up to the widest one. */
    private static List<JsonNode> cells(CSVRecord record) {
        int size = record.size();
        while (size > 0 && Columns.isBlank(record.get(size - 1))) {
            size--;
        }
        List<JsonNode> cells = new ArrayList<>(size);
        for (int at = 0; at < size; at++) {
            cells.add(TextNode.valueOf(record.get(at)));
        }
        return cells;
    }

    private static Reason damage(List<JsonNode> cells, FileEncoding encoding) {
        boolean damaged = cells.stream().anyMatch(cell -> cell.asText().indexOf(DecodedText.DAMAGED) >= 0);
        return damaged ? Reason.of(ReasonCode.DAMAGED_BYTES, "encoding", encoding.wireName()) : null;
    }

    private static char separator(String named) {
        return named.equals("\\t") ? '\t' : named.charAt(0);
    }

    /** Whether all cells are present, short, distinct, and not sentences. */
    private static boolean looksLikeHeader(List<String> cells) {
        return new HashSet<>(cells).size() == cells.size()
                && cells.stream()
                        .noneMatch(cell -> Columns.isBlank(cell)
                                || cell.length() > 40
                                || SENTENCE.matcher(cell).find());
    }

    /** Whether the columns have the names of the export, which therefore has written the file. */
    static boolean isExport(List<String> columns) {
        return columns.equals(COLUMNS) || columns.equals(EARLIER_COLUMNS);
    }

    /**
     * The text of a cell without the apostrophes that protect against formulas.
     *
     * @param exported whether the file was written by the export; other programs write at most one, at the beginning,
     *     and if another one follows, it is a quotation mark
     */
    static String unquoted(String cell, boolean exported) {
        if (exported) {
            return FormulaGuard.unguarded(cell);
        }
        boolean madeSafe = FormulaGuard.beginsGuarded(cell) && cell.indexOf('\'', 1) < 0;
        return madeSafe ? cell.substring(1) : cell;
    }

    /** Writes a table. Closing it leaves the stream open. */
    static final class Table implements AutoCloseable {
        private final CSVPrinter printer;

        Table(OutputStream out) throws IOException {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            // Without a byte order mark, spreadsheets assume a different encoding and garble Chinese.
            writer.write('\uFEFF');
            printer = new CSVPrinter(writer, CSVFormat.RFC4180);
            printer.printRecord(COLUMNS);
        }

        void write(ReplyView reply, List<AnsweredQuestion> questions) throws IOException {
            printer.printRecord(
                    reply.id(),
                    FormulaGuard.guarded(reply.label()),
                    FormulaGuard.guarded(reply.title()),
                    FormulaGuard.guarded(reply.text()),
                    reply.language(),
                    FormulaGuard.guarded(String.join(";", reply.categories())),
                    FormulaGuard.guarded(reply.shortcode()),
                    reply.state().wireName(),
                    FormulaGuard.guarded(questions.stream()
                            .map(question -> question.text().replace('\n', ' '))
                            .collect(Collectors.joining("\n"))),
                    FormulaGuard.guarded(String.join("\n", reply.choices())));
        }

        @Override
        public void close() throws IOException {
            printer.flush();
        }
    }
}
