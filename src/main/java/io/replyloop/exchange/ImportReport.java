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
 * @param stored whether the knowledge base has changed accordingly
 * @param lines how many lines carry something
 * @param file how the file was read
 * @param confirmation stands for the file, the options and what they would do; sent back with the import, it makes sure
 *     that nothing else is done
 */
public record ImportReport(
        @Schema(description = "Whether nothing was to be stored", examples = "true", required = true)
        boolean dryRun,

        @Schema(description = "Whether anything was stored", examples = "false", required = true)
        boolean stored,

        @Schema(description = "Lines that were read", examples = "120", required = true)
        int lines,

        @Schema(description = "Replies that are new", examples = "100", required = true)
        int created,

        @Schema(description = "Replies that were changed", examples = "10", required = true)
        int updated,

        @Schema(description = "Lines that were added to another line's reply", examples = "5", required = true)
        int merged,

        @Schema(description = "Lines that change nothing", examples = "4", required = true)
        int unchanged,

        @Schema(description = "Lines that cannot be read", examples = "1", required = true)
        int invalid,

        @Schema(description = "What became of each line", required = true)
        List<Result> results,

        @Schema(description = "How the file was read") Reading file,

        @Schema(
                description =
                        "Stands for the file, the options and what they would do; sent back with the import, it makes sure that nothing else is done",
                examples = "5c1f0e")
        String confirmation) {

    /** What became of a line. */
    public enum Action {
        /** A new reply. */
        CREATED,
        /** A known reply that is different now. */
        UPDATED,
        /** Says the same as a reply of an earlier line, which has its categories and questions now, too. */
        MERGED,
        /** A known reply that already is like this. */
        UNCHANGED,
        /** Not understood; the message says what to do. */
        INVALID;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param reply the reply that the line is about; absent for one that was not stored
     * @param title what the reply is called; absent when the line is bad
     * @param text the beginning of the reply's text; only with the first lines
     * @param changed which fields a known reply has otherwise than before
     * @param message what is wrong, in English; absent when nothing is
     * @param reasons the same as codes with values
     * @param notes what somebody should look at, though the line is good
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "ImportResult")
    public record Result(
            @Schema(description = "The line in the file", examples = "17", required = true)
            int line,

            @Schema(description = "What became of it", examples = "created", required = true)
            Action action,

            @Schema(description = "Id of the reply") UUID reply,

            @Schema(description = "Its label", examples = "returns-30-days")
            String label,

            @Schema(description = "Its first category", examples = "Orders")
            String category,

            @Schema(description = "What the reply is called", examples = "Returns")
            String title,

            @Schema(
                    description = "Begin of the reply's text; only with the first lines",
                    examples = "You can return it within 30 days.")
            String text,

            @Schema(description = "Which fields a known reply has otherwise than before")
            List<String> changed,

            @Schema(description = "Why, where that needs saying", examples = "The text is missing.")
            String message,

            @Schema(description = "Why the line is bad, as codes with values")
            List<Reason> reasons,

            @Schema(description = "What somebody should look at, though the line is good")
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
     * @param encodingCertain false when it could also be another one, so that somebody has to look
     * @param otherEncoding what it may rather be, and is not read here
     * @param separator between cells; absent when the format has none
     * @param header whether the first line has the names of the columns
     * @param columnsCertain false when it is a guess what the columns mean
     * @param complete false when it could not be read to its end, so that skipping bad lines does not help
     * @param rows the first ones, as they stand there
     * @param notes what to know about the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportedFile")
    public record Reading(
            @Schema(description = "csv, jsonl or markdown", examples = "csv", required = true)
            String format,

            @Schema(description = "In which encoding it was read", examples = "UTF-8", required = true)
            String encoding,

            @Schema(
                    description = "false when it could also be another one, so that somebody has to look",
                    examples = "true",
                    required = true)
            boolean encodingCertain,

            @Schema(description = "What it may rather be, and is not read here", examples = "Shift_JIS")
            String otherEncoding,

            @Schema(description = "Between cells; absent when the format has none", examples = ";")
            String separator,

            @Schema(
                    description = "Whether the first line has the names of the columns",
                    examples = "true",
                    required = true)
            boolean header,

            @Schema(description = "false when it is a guess what the columns mean", examples = "true", required = true)
            boolean columnsCertain,

            @Schema(
                    description =
                            "false when it could not be read to its end, so that skipping bad lines does not help",
                    examples = "true",
                    required = true)
            boolean complete,

            @Schema(description = "The columns, or the keys of JSON", required = true)
            List<Column> columns,

            @Schema(description = "The first rows, as they stand there", required = true)
            List<Row> rows,

            @Schema(description = "What to know about the file", required = true)
            List<Reason> notes) {}

    /**
     * @param number from 1; {@code #1} names the column in a mapping
     * @param field what it is used for; absent when it is not used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportedColumn")
    public record Column(
            @Schema(description = "Counts from 1; #1 names the column in a mapping", examples = "1", required = true)
            int number,

            @Schema(description = "What the header calls it", examples = "Question", required = true)
            String name,

            @Schema(description = "What it is used for; absent when it is not used", examples = "title")
            String field) {}

    /** The cells of a line, long ones cut. */
    @Schema(name = "ImportedRow")
    public record Row(
            @Schema(description = "The line in the file", examples = "2", required = true)
            int line,

            @Schema(description = "Its cells, long ones cut", required = true)
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
