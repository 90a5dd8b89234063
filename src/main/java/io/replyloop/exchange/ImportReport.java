package io.replyloop.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

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
        boolean dryRun,
        boolean stored,
        int lines,
        int created,
        int updated,
        int merged,
        int unchanged,
        int invalid,
        List<Result> results,
        Reading file,
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
    public record Result(
            int line,
            Action action,
            UUID reply,
            String label,
            String category,
            String title,
            String text,
            List<String> changed,
            String message,
            List<Reason> reasons,
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
    public record Reading(
            String format,
            String encoding,
            boolean encodingCertain,
            String otherEncoding,
            String separator,
            boolean header,
            boolean columnsCertain,
            boolean complete,
            List<Column> columns,
            List<Row> rows,
            List<Reason> notes) {}

    /**
     * @param number from 1; {@code #1} names the column in a mapping
     * @param field what it is used for; absent when it is not used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(int number, String name, String field) {}

    /** The cells of a line, long ones cut. */
    public record Row(int line, List<String> cells) {}

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
