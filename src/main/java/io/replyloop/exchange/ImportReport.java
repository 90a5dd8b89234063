package io.replyloop.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an import did, or would do, with each line.
 *
 * @param stored whether the knowledge base has changed
 * @param lines number of lines that are not empty
 * @param file how the file was read
 * @param confirmation identifies the file, the options and the result; sent with the import, it ensures that exactly
 *     this is stored
 */
public record ImportReport(
        @Schema(description = "Whether this was a dry run", examples = "true", required = true)
        boolean dryRun,

        @Schema(description = "Whether anything was stored", examples = "false", required = true)
        boolean stored,

        @Schema(description = "Number of lines that are not empty", examples = "120", required = true)
        int lines,

        @Schema(description = "New replies", examples = "100", required = true)
        int created,

        @Schema(description = "Changed replies", examples = "10", required = true)
        int updated,

        @Schema(description = "Lines merged into another line's reply", examples = "5", required = true)
        int merged,

        @Schema(description = "Lines that change nothing", examples = "4", required = true)
        int unchanged,

        @Schema(description = "Lines that cannot be imported", examples = "1", required = true)
        int invalid,

        @Schema(description = "The result of each line", required = true)
        List<Result> results,

        @Schema(description = "How the file was read") Reading file,

        @Schema(
                description = "Identifies file, options and result; an import with it stores exactly this, or nothing",
                examples = "5c1f0e")
        String confirmation) {

    /** The result of a line. */
    public enum Action {
        /** A new reply. */
        CREATED,
        /** An existing reply that is changed. */
        UPDATED,
        /** Has the same text as an earlier line, whose reply gets its categories and questions as well. */
        MERGED,
        /** An existing reply that is the same already. */
        UNCHANGED,
        /** Cannot be imported; the message says what to do. */
        INVALID;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param reply the reply that the line refers to; absent if it was not stored
     * @param title the reply's title; absent if the line is invalid
     * @param text the beginning of the reply's text; only for the first lines
     * @param changed the changed fields of an existing reply
     * @param message what is wrong, in English; absent if nothing is
     * @param reasons the same as codes with values
     * @param notes things to check although the line is valid
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "ImportResult")
    public record Result(
            @Schema(description = "Number of the line in the file", examples = "17", required = true)
            int line,

            @Schema(description = "The result", examples = "created", required = true)
            Action action,

            @Schema(description = "Id of the reply") UUID reply,

            @Schema(description = "Its label", examples = "returns-30-days")
            String label,

            @Schema(description = "Its first category", examples = "Orders")
            String category,

            @Schema(description = "The reply's title", examples = "Returns")
            String title,

            @Schema(
                    description = "Beginning of the reply's text; only for the first lines",
                    examples = "You can return it within 30 days.")
            String text,

            @Schema(description = "The changed fields of an existing reply")
            List<String> changed,

            @Schema(description = "Explanation, if there is one", examples = "The text is missing.")
            String message,

            @Schema(description = "Why the line is invalid, as codes with values")
            List<Reason> reasons,

            @Schema(description = "Things to check although the line is valid")
            List<Reason> notes) {
        static Result bad(int line, ImportedFile.Fields fields, List<Reason> reasons) {
            String message = reasons.stream().map(Reason::message).collect(Collectors.joining("; "));
            return new Result(
                    line,
                    Action.INVALID,
                    null,
                    fields == null ? null : fields.label(),
                    categoryOf(fields),
                    fields == null ? null : fields.title(),
                    null,
                    List.of(),
                    message,
                    reasons,
                    List.of());
        }

        static String categoryOf(ImportedFile.Fields fields) {
            return fields == null
                            || fields.categories() == null
                            || fields.categories().isEmpty()
                    ? null
                    : fields.categories().get(0);
        }

        Result withoutReply() {
            return new Result(line, action, null, label, category, title, text, changed, message, reasons, notes);
        }
    }

    /**
     * How the file was read.
     *
     * @param format csv, jsonl or markdown
     * @param encodingCertain false if another encoding is possible, so that somebody has to check
     * @param otherEncoding a more likely encoding that is not supported
     * @param separator of cells; absent if the format has none
     * @param header whether the first line contains the names of the columns
     * @param columnsCertain false if the meaning of the columns is a guess
     * @param complete false if the file could not be read to its end, so that skipping invalid lines does not help
     * @param rows the first rows, unchanged
     * @param notes about the whole file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportedFile")
    public record Reading(
            @Schema(description = "csv, jsonl or markdown", examples = "csv", required = true)
            String format,

            @Schema(description = "The encoding with which it was read", examples = "UTF-8", required = true)
            String encoding,

            @Schema(
                    description = "false if another encoding is possible, so that somebody has to check",
                    examples = "true",
                    required = true)
            boolean encodingCertain,

            @Schema(description = "A more likely encoding that is not supported", examples = "Shift_JIS")
            String otherEncoding,

            @Schema(description = "Separator of cells; absent if the format has none", examples = ";")
            String separator,

            @Schema(
                    description = "Whether the first line contains the column names",
                    examples = "true",
                    required = true)
            boolean header,

            @Schema(description = "false if the meaning of the columns is a guess", examples = "true", required = true)
            boolean columnsCertain,

            @Schema(
                    description =
                            "false if the file was not read to its end, so that skipping invalid lines does not help",
                    examples = "true",
                    required = true)
            boolean complete,

            @Schema(description = "The columns, or the keys of JSON", required = true)
            List<Column> columns,

            @Schema(description = "The first rows, unchanged", required = true)
            List<Row> rows,

            @Schema(description = "Notes about the whole file", required = true)
            List<Reason> notes) {}

    /**
     * @param number from 1; {@code #1} denotes the column in a mapping
     * @param field that it is used for; absent if it is not used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportedColumn")
    public record Column(
            @Schema(
                    description = "Number of the column, from 1; #1 denotes it in a mapping",
                    examples = "1",
                    required = true)
            int number,

            @Schema(description = "Name of the column in the header", examples = "Question", required = true)
            String name,

            @Schema(description = "The field that it is used for; absent if it is not used", examples = "title")
            String field) {}

    /** The cells of a line; long ones are truncated. */
    @Schema(name = "ImportedRow")
    public record Row(
            @Schema(description = "Number of the line in the file", examples = "2", required = true)
            int line,

            @Schema(description = "The cells; long ones are truncated", required = true)
            List<String> cells) {}

    static ImportReport of(
            boolean dryRun, boolean stored, List<Result> results, ImportReport.Reading reading, String confirmation) {
        int[] counts = new int[Action.values().length];
        results.forEach(result -> counts[result.action().ordinal()]++);
        return new ImportReport(
                dryRun,
                stored,
                results.size(),
                counts[Action.CREATED.ordinal()],
                counts[Action.UPDATED.ordinal()],
                counts[Action.MERGED.ordinal()],
                counts[Action.UNCHANGED.ordinal()],
                counts[Action.INVALID.ordinal()],
                results,
                reading,
                confirmation);
    }
}
