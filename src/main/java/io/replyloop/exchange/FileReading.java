package io.replyloop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files of unknown origin: detects format, encoding, cells and columns. What cannot be detected is taken from the
 * options. If these do not specify it either, a guess is shown, and nothing is stored until somebody has confirmed it.
 */
final class FileReading {
    private static final int SHOWN_ROWS = 6;
    private static final int SHOWN_CHARACTERS = 400;

    private FileReading() {}

    static ImportedFile of(byte[] file, ReadingOptions options) {
        ReasonCode noText = FileSignature.of(file);
        if (noText != null) {
            throw new FileRefused(Reason.of(noText));
        }
        EncodingGuess guess = options.encoding() == null
                ? EncodingGuess.of(file)
                : new EncodingGuess(sided(file, options.encoding()), true, null);
        if (guess.encoding() == null) {
            throw new FileRefused(
                    guess.other() == null
                            ? Reason.of(ReasonCode.ENCODING_UNKNOWN)
                            : Reason.of(ReasonCode.OTHER_ENCODING, "encoding", guess.other()));
        }
        DecodedText decoded = DecodedText.of(file, guess.encoding());
        if (FileSignature.isBinary(decoded.text())) {
            throw new FileRefused(Reason.of(ReasonCode.NOT_TEXT));
        }
        FileFormat format = options.format() == null ? FileFormat.of(decoded.text()) : options.format();
        ReasonCode otherText = format == FileFormat.MARKDOWN ? null : FileSignature.ofText(decoded.text());
        if (otherText != null) {
            throw new FileRefused(Reason.of(otherText));
        }
        RawTable table = switch (format) {
            case JSONL -> JsonLines.read(decoded);
            case CSV -> CsvLines.read(decoded, options.separator(), options.header());
            case MARKDOWN -> MarkdownText.read(decoded);
        };
        return of(table, format, guess, options);
    }

    /** UTF-16 without a byte order may be either of the two; the mark decides. */
    private static FileEncoding sided(byte[] file, FileEncoding asked) {
        boolean isWide = asked == FileEncoding.UTF_16LE || asked == FileEncoding.UTF_16BE;
        FileEncoding found = isWide ? EncodingGuess.of(file).encoding() : null;
        return found == FileEncoding.UTF_16LE || found == FileEncoding.UTF_16BE ? found : asked;
    }

    private static ImportedFile of(RawTable table, FileFormat format, EncodingGuess guess, ReadingOptions options) {
        ColumnMapping mapping = table.columns().isEmpty()
                ? new ColumnMapping(Map.of(), false, null, List.of())
                : ColumnMapping.of(table, options.mapping());
        boolean isReadable = table.broken() == null && mapping.problem() == null;
        FieldReader reader = new FieldReader(table, mapping, format, options.htmlToText());
        List<ImportedFile.Line> lines = new ArrayList<>();
        if (mapping.problem() == null) {
            for (RawTable.Row row : table.rows()) {
                FileText.requireTime();
                lines.add(reader.line(row));
            }
        } else {
            lines.add(ImportedFile.Line.bad(table.headerLine(), mapping.problem()));
        }
        if (table.broken() != null) {
            lines.add(table.broken());
        }
        List<Reason> notes = new ArrayList<>(mapping.notes());
        if (lines.isEmpty()) {
            notes.add(Reason.of(ReasonCode.NO_ROWS));
        }
        boolean columnsCertain = !mapping.guessed() && (table.headerCertain() || options.mapping() != null);
        Reason unsure = !guess.certain()
                ? Reason.of(
                        ReasonCode.ENCODING_UNSURE, "encoding", guess.encoding().wireName())
                : columnsCertain ? null : Reason.of(ReasonCode.COLUMNS_UNSURE);
        ImportReport.Reading reading = new ImportReport.Reading(
                format.wireName(),
                guess.encoding().wireName(),
                guess.certain(),
                guess.other(),
                table.separator() == null ? null : table.separator().toString(),
                table.header(),
                columnsCertain,
                isReadable,
                columns(table, mapping),
                firstRows(table, mapping, options.htmlToText()),
                notes);
        return new ImportedFile(lines, isReadable, reading, unsure);
    }

    private static List<ImportReport.Column> columns(RawTable table, ColumnMapping mapping) {
        Map<Integer, String> fields = new HashMap<>();
        mapping.columns().forEach((field, column) -> fields.put(column, field));
        List<ImportReport.Column> columns = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            columns.add(
                    new ImportReport.Column(column + 1, shown(table.columns().get(column)), fields.get(column)));
        }
        return columns;
    }

    private static List<ImportReport.Row> firstRows(RawTable table, ColumnMapping mapping, boolean htmlToText) {
        List<ImportReport.Row> rows = new ArrayList<>();
        for (RawTable.Row row :
                table.rows().subList(0, Math.min(SHOWN_ROWS, table.rows().size()))) {
            List<String> cells = new ArrayList<>();
            for (int column = 0;
                    column < Math.min(row.cells().size(), table.columns().size());
                    column++) {
                JsonNode cell = row.cell(column);
                String text =
                        cell == null || cell.isNull() ? "" : cell.isContainerNode() ? cell.toString() : cell.asText();
                boolean converted = htmlToText && mapping.columns().containsValue(column) && HtmlText.isHtml(text);
                cells.add(shown(converted ? HtmlText.of(text) : text));
            }
            rows.add(new ImportReport.Row(row.number(), cells));
        }
        return rows;
    }

    private static String shown(String text) {
        String whole = text.replace(DecodedText.DAMAGED, '\uFFFD');
        if (whole.length() <= SHOWN_CHARACTERS) {
            return whole;
        }
        int end = whole.offsetByCodePoints(0, whole.codePointCount(0, SHOWN_CHARACTERS) - 1);
        return whole.substring(0, end) + "…";
    }
}
