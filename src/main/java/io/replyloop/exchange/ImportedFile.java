package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import java.util.List;
import java.util.UUID;

/**
 * The lines of a file.
 *
 * @param readable false if the file could not be read to its end, so that skipping invalid lines would lose valid ones
 * @param reading how it was read, to be shown to the user
 * @param unsure the part of the reading that is a guess, so that nothing is stored until it is confirmed; null if there
 *     is none
 */
record ImportedFile(List<Line> lines, boolean readable, ImportReport.Reading reading, Reason unsure) {
    /**
     * One reply, with only the text required, or what is wrong with the line.
     *
     * @param number of the line in the file at which it begins, from 1
     * @param notes things to check although the line is valid
     */
    record Line(int number, Fields fields, Reason error, List<Reason> notes) {
        static Line bad(int number, Reason error) {
            return new Line(number, null, error, List.of());
        }
    }

    /** The values in a line. Null means no value, and leaves that of an existing reply unchanged. */
    record Fields(
            UUID id,
            String label,
            String title,
            String text,
            String language,
            List<String> categories,
            String shortcode,
            ReplyState state,
            List<AnsweredQuestion> questions,
            List<String> choices) {}

    /** A line that cannot be imported. */
    static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<Reason> reasons;

        BadLine(Reason reason) {
            this(List.of(reason));
        }

        BadLine(List<Reason> reasons) {
            this.reasons = reasons;
        }

        List<Reason> reasons() {
            return reasons;
        }
    }
}
