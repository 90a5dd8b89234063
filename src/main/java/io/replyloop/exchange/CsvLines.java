package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header, as spreadsheets write it: separated by commas, semicolons or tabs. Categories stand in one cell
 * with semicolons between them, questions with line ends. A cell that a spreadsheet would run as a formula begins with an
 * apostrophe, which the import takes away again.
 */
final class CsvLines {
    private static final List<String> COLUMNS =
            List.of("id", "label", "title", "text", "language", "categories", "shortcode", "state", "questions");
    private static final Map<String, String> OTHER_NAMES = Map.of("category", "categories", "task", "categories");
    /** Also the full-width forms, which some spreadsheets take for the same. */
    private static final String FORMULA = "[=+\\-@\\t\\r＝＋－＠]";

    private static final Pattern MAY_RUN = Pattern.compile("'*" + FORMULA);
    private static final Pattern MADE_SAFE = Pattern.compile("'+" + FORMULA);

    private CsvLines() {}

    static ImportedFile read(byte[] file) {
        int start = FileText.startOf(file);
        String text = FileText.decoded(file, start, file.length);
        if (text == null) {
            return new ImportedFile(notUtf8(file), false);
        }
        String header = text.lines().findFirst().orElse("");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(header))
                .setIgnoreEmptyLines(false)
                .get();
        List<ImportedFile.Line> lines = new ArrayList<>();
        long line = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get()) {
            Iterator<CSVRecord> records = parser.iterator();
            Map<String, Integer> columns = columns(records);
            while (true) {
                line = parser.getCurrentLineNumber() + 1;
                if (!records.hasNext()) {
                    return new ImportedFile(lines, true);
                }
                CSVRecord cells = records.next();
                if (cells.size() > 1 || !cells.get(0).isBlank()) {
                    lines.add(line((int) line, columns, cells));
                    FileText.requireFew(lines.size());
                }
            }
        } catch (ImportedFile.BadLine bad) {
            lines.add(ImportedFile.Line.bad(1, bad.getMessage()));
        } catch (UncheckedIOException | IOException unclosed) {
            lines.add(ImportedFile.Line.bad(
                    (int) line,
                    "a quote is opened and not closed, or text follows a closed one, so the rest of the file cannot be"
                            + " read; write a quote inside a quoted cell twice (\"\")"));
        }
        return new ImportedFile(lines, false);
    }

    private static List<ImportedFile.Line> notUtf8(byte[] file) {
        List<ImportedFile.Line> bad = new ArrayList<>();
        int start = 0;
        for (int number = 1; start < file.length; number++) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            if (FileText.decoded(file, start, end) == null) {
                bad.add(ImportedFile.Line.bad(number, FileText.NOT_UTF_8));
                FileText.requireFew(bad.size());
            }
            start = end + 1;
        }
        return bad;
    }

    /** The separator that the header has most of; spreadsheets of many countries write semicolons. */
    private static char delimiter(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    private static Map<String, Integer> columns(Iterator<CSVRecord> records) throws ImportedFile.BadLine {
        if (!records.hasNext()) {
            throw new ImportedFile.BadLine(
                    "the file is empty; begin it with a line of column names such as 'title,text'");
        }
        CSVRecord header = records.next();
        Map<String, Integer> columns = new HashMap<>();
        for (int number = 0; number < header.size(); number++) {
            String name = header.get(number).strip().toLowerCase(Locale.ROOT);
            String column = OTHER_NAMES.getOrDefault(name, name);
            if (COLUMNS.contains(column) && columns.putIfAbsent(column, number) != null) {
                throw new ImportedFile.BadLine("the header has the column '" + name
                        + "' twice (category, task and categories are the same); remove one");
            }
        }
        if (!columns.containsKey("text")) {
            throw new ImportedFile.BadLine(
                    "the header has no column 'text'; the first line has to name the columns, of which"
                            + " these are known: " + String.join(", ", COLUMNS));
        }
        columns.put("", header.size());
        return columns;
    }

    private static ImportedFile.Line line(int number, Map<String, Integer> columns, CSVRecord cells) {
        try {
            if (cells.size() > columns.get("")) {
                throw new ImportedFile.BadLine("the line has " + cells.size() + " cells and the header "
                        + columns.get("") + "; put quotes around texts that contain the separator");
            }
            String categories = cell(columns, cells, "categories");
            String questions = cell(columns, cells, "questions");
            ImportedFile.Fields fields = new ImportedFile.Fields(
                    FieldRules.id(cell(columns, cells, "id")),
                    cell(columns, cells, "label"),
                    cell(columns, cells, "title"),
                    cell(columns, cells, "text"),
                    cell(columns, cells, "language"),
                    categories == null
                            ? null
                            : Arrays.stream(categories.split(";"))
                                    .filter(category -> !category.isBlank())
                                    .toList(),
                    cell(columns, cells, "shortcode"),
                    FieldRules.state(cell(columns, cells, "state")),
                    questions == null
                            ? List.of()
                            : FieldRules.limited(questions
                                    .lines()
                                    .filter(question -> !question.isBlank())
                                    .map(question -> new AnsweredQuestion(question, ""))
                                    .toList()));
            return new ImportedFile.Line(number, fields, null);
        } catch (ImportedFile.BadLine bad) {
            return ImportedFile.Line.bad(number, bad.getMessage());
        }
    }

    /** An empty cell says nothing: what a known reply has stays as it is. */
    private static String cell(Map<String, Integer> columns, CSVRecord cells, String name) {
        Integer place = columns.get(name);
        if (place == null || place >= cells.size() || cells.get(place).isBlank()) {
            return null;
        }
        String cell = cells.get(place);
        return MADE_SAFE.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }

    /** Writes a table; to be closed, which leaves the stream open. */
    static final class Table implements AutoCloseable {
        private final CSVPrinter printer;

        Table(OutputStream out) throws IOException {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            // Without this mark, spreadsheets read Chinese as something else.
            writer.write('\uFEFF');
            printer = new CSVPrinter(writer, CSVFormat.RFC4180);
            printer.printRecord(COLUMNS);
        }

        void write(ReplyView reply, List<AnsweredQuestion> questions) throws IOException {
            printer.printRecord(
                    reply.id(),
                    safe(reply.label()),
                    safe(reply.title()),
                    safe(reply.text()),
                    reply.language(),
                    safe(String.join(";", reply.categories())),
                    safe(reply.shortcode()),
                    reply.state().wireName(),
                    safe(questions.stream()
                            .map(question -> question.text().replace('\n', ' '))
                            .collect(Collectors.joining("\n"))));
        }

        private static String safe(String cell) {
            return cell != null && MAY_RUN.matcher(cell).lookingAt() ? "'" + cell : cell;
        }

        @Override
        public void close() throws IOException {
            printer.flush();
        }
    }
}
