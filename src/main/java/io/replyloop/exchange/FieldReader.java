package io.replyloop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Converts the cells of a row to the fields of a reply. Cells of a table are texts, and an empty one means no value;
 * those of JSON have types, and an empty text is a value.
 */
final class FieldReader {
    private static final int LONGEST_TITLE = 200;
    /** Longer than any valid text even with its HTML; longer cells are not processed. */
    private static final int LONGEST_CELL = 25 * ReplyDraft.LONGEST_TEXT;

    private final Map<String, Integer> places;
    private final List<String> names;
    private final List<Integer> otherCategories;
    private final boolean isTable;
    private final boolean isExport;
    private final boolean isJson;
    private final boolean htmlToText;

    FieldReader(RawTable table, ColumnMapping mapping, FileFormat format, boolean htmlToText) {
        this.places = mapping.columns();
        this.names = table.columns();
        this.isTable = format == FileFormat.CSV;
        this.isExport = CsvLines.isExport(names);
        this.isJson = format == FileFormat.JSONL;
        this.htmlToText = htmlToText;
        // Exported files have called this field categories, category or task.
        this.otherCategories = isJson
                ? Columns.named(Columns.CATEGORIES, names).stream()
                        .filter(column -> Columns.isOwnName(Columns.CATEGORIES, names.get(column)))
                        .filter(column -> !places.containsValue(column))
                        .toList()
                : List.of();
    }

    ImportedFile.Line line(RawTable.Row row) {
        if (row.error() != null) {
            return ImportedFile.Line.bad(row.number(), row.error());
        }
        try {
            List<Reason> notes = new ArrayList<>();
            ImportedFile.Fields fields = fields(row, notes);
            notes.addAll(TextNotes.of(fields.title(), fields.text()));
            return new ImportedFile.Line(row.number(), fields, null, List.copyOf(notes));
        } catch (ImportedFile.BadLine bad) {
            return ImportedFile.Line.bad(row.number(), bad.reasons().get(0));
        }
    }

    private ImportedFile.Fields fields(RawTable.Row row, List<Reason> notes) throws ImportedFile.BadLine {
        String title = written(row, Columns.TITLE, notes);
        String text = written(row, Columns.TEXT, notes);
        List<AnsweredQuestion> questions = questions(row);
        String question = written(row, Columns.QUESTION, notes);
        if (question != null && !question.isBlank()) {
            questions = new ArrayList<>(questions);
            questions.add(0, AnsweredQuestion.masking(question, ""));
            if (title == null) {
                title = question.strip().replaceAll("\\s+", " ");
                if (title.length() > LONGEST_TITLE) {
                    title = TitleRule.title(null, title);
                    notes.add(Reason.of(ReasonCode.TITLE_SHORTENED));
                }
            }
        }
        return new ImportedFile.Fields(
                id(row),
                text(row, "label"),
                title,
                text,
                FieldRules.language(text(row, "language")),
                categories(row),
                text(row, "shortcode"),
                state(row),
                FieldRules.limited(questions),
                choices(row));
    }

    private UUID id(RawTable.Row row) throws ImportedFile.BadLine {
        return FieldRules.id(plain(row.cell(places.get(Columns.ID)), Columns.ID));
    }

    private ReplyState state(RawTable.Row row) throws ImportedFile.BadLine {
        Integer place = places.get("state");
        String text = plain(row.cell(place), "state");
        if (text == null || !Columns.normalised(names.get(place)).equals("draft")) {
            return FieldRules.state(text);
        }
        // The values of such a column are inverted: 'yes' means not published.
        return FieldRules.state(text) == null && !Columns.isBlank(text) ? ReplyState.DRAFT : null;
    }

    /** Text that customers or agents read. */
    private String written(RawTable.Row row, String field, List<Reason> notes) throws ImportedFile.BadLine {
        String text = text(row, field);
        if (text == null || !htmlToText || !HtmlText.isHtml(text)) {
            return text;
        }
        Reason converted = Reason.of(ReasonCode.HTML_CONVERTED);
        if (!notes.contains(converted)) {
            notes.add(converted);
        }
        String plain = HtmlText.of(text);
        return field.equals(Columns.TEXT) ? plain : plain.replaceAll("(?<!\\s)\\s*\n\\s*", " ");
    }

    private String text(RawTable.Row row, String field) throws ImportedFile.BadLine {
        JsonNode cell = row.cell(places.get(field));
        if (cell == null || cell.isNull()) {
            return null;
        }
        if (!cell.isTextual()) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_A_TEXT, "field", field));
        }
        if (cell.asText().length() > LONGEST_CELL) {
            throw new ImportedFile.BadLine(
                    Reason.of(ReasonCode.TOO_LONG, "field", field, "max", ReplyDraft.LONGEST_TEXT));
        }
        if (!isTable) {
            return cell.asText();
        }
        return Columns.isBlank(cell.asText()) ? null : CsvLines.unquoted(cell.asText(), isExport);
    }

    /** Also accepts numbers and booleans. */
    private static String plain(JsonNode cell, String field) throws ImportedFile.BadLine {
        if (cell == null || cell.isNull()) {
            return null;
        }
        if (cell.isContainerNode()) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_A_TEXT, "field", field));
        }
        return cell.asText();
    }

    private List<String> categories(RawTable.Row row) throws ImportedFile.BadLine {
        Integer place = places.get(Columns.CATEGORIES);
        JsonNode cell = row.cell(place);
        for (Integer other : otherCategories) {
            if (cell == null || cell.isNull()) {
                place = other;
                cell = row.cell(other);
            }
        }
        if (cell == null || cell.isNull()) {
            return null;
        }
        String name = names.get(place);
        if (cell.isArray()) {
            return texts(cell, Columns.CATEGORIES);
        }
        if (!cell.isTextual() || isJson && Columns.normalised(name).equals(Columns.CATEGORIES)) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_A_LIST, "field", Columns.CATEGORIES));
        }
        String text = isTable ? CsvLines.unquoted(cell.asText(), isExport) : cell.asText();
        if (Columns.isBlank(text)) {
            return isTable ? null : List.of();
        }
        if (!isTable && !Columns.isListOfTags(name)) {
            return List.of(text);
        }
        return Arrays.stream(text.split(Columns.isListOfTags(name) ? "[;,，；、|\n]" : ";"))
                .filter(category -> !Columns.isBlank(category))
                .map(String::strip)
                .toList();
    }

    /** One on each line of a cell, or a list. */
    private List<String> choices(RawTable.Row row) throws ImportedFile.BadLine {
        JsonNode cell = row.cell(places.get(Columns.CHOICES));
        if (cell == null || cell.isNull()) {
            return null;
        }
        if (cell.isArray()) {
            return texts(cell, Columns.CHOICES);
        }
        if (!cell.isTextual() || isJson) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_A_LIST, "field", Columns.CHOICES));
        }
        String text = isTable ? CsvLines.unquoted(cell.asText(), isExport) : cell.asText();
        List<String> choices =
                text.lines().filter(choice -> !Columns.isBlank(choice)).toList();
        return choices.isEmpty() ? null : choices;
    }

    private static List<String> texts(JsonNode list, String field) throws ImportedFile.BadLine {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (!one.isTextual()) {
                throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_TEXTS, "field", field));
            }
            texts.add(one.asText());
        }
        return texts;
    }

    private List<AnsweredQuestion> questions(RawTable.Row row) throws ImportedFile.BadLine {
        Integer place = places.get(Columns.QUESTIONS);
        JsonNode cell = row.cell(place);
        if (cell == null || cell.isNull()) {
            return List.of();
        }
        boolean isOwn = Columns.isOwnName(Columns.QUESTIONS, names.get(place));
        if (cell.isTextual() && (!isJson || !isOwn)) {
            String text = isTable ? CsvLines.unquoted(cell.asText(), isExport) : cell.asText();
            return text.lines()
                    .filter(question -> !Columns.isBlank(question))
                    .map(question -> AnsweredQuestion.masking(question, ""))
                    .toList();
        }
        if (!cell.isArray()) {
            throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_A_LIST, "field", Columns.QUESTIONS));
        }
        List<AnsweredQuestion> questions = new ArrayList<>();
        for (JsonNode one : cell) {
            if (one.isTextual()) {
                questions.add(AnsweredQuestion.masking(one.asText(), ""));
            } else if (one instanceof ObjectNode question
                    && question.path("text").isTextual()) {
                JsonNode context = question.path("context");
                if (!context.isTextual() && !context.isMissingNode() && !context.isNull()) {
                    throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_TEXTS, "field", Columns.QUESTIONS));
                }
                questions.add(AnsweredQuestion.masking(question.path("text").asText(), context.asText("")));
            } else {
                throw new ImportedFile.BadLine(Reason.of(ReasonCode.NOT_TEXTS, "field", Columns.QUESTIONS));
            }
        }
        return questions;
    }
}
