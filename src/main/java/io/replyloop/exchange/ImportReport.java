package io.replyloop.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What an import did, or would do, with each line.
 *
 * @param stored whether the knowledge base has changed accordingly
 * @param lines how many lines carry something
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
    public record Result(int line, Action action, UUID reply, String label, String category, String message) {}

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
