package io.replyloop.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an import did, or would do, with each line.
 *
 * @param stored whether the knowledge base has changed accordingly
 * @param lines how many lines carry something
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
        List<Result> results) {

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

    /** @param reply the reply that the line is about; absent for one that was not stored */
    @JsonInclude(JsonInclude.Include.NON_NULL)
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

            @Schema(description = "Why, where that needs saying", examples = "The text is missing.")
            String message) {}

    static ImportReport of(boolean dryRun, boolean stored, List<Result> results) {
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
                results);
    }
}
