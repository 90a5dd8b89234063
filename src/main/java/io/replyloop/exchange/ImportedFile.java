package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import java.util.List;
import java.util.UUID;

/**
 * The lines of a file.
 *
 * @param readable false when the file could not be read to its end, so that skipping bad lines would lose good ones
 * @param reading how it was read; to be shown to whoever imports it
 * @param unsure what of the reading is a guess, so that nothing is stored before somebody has looked; null when nothing is
 */
record ImportedFile(List<Line> lines, boolean readable, ImportReport.Reading reading, Reason unsure) {
    /**
     * One reply, of which only the text has to be there, or what is wrong with the line.
     *
     * @param number where the line begins in the file, from 1
     * @param notes what somebody should look at, though the line is good
     */
    record Line(int number, Fields fields, Reason error, List<Reason> notes) {
        static Line bad(int number, Reason error) {
            return new Line(number, null, error, List.of());
        }
    }

    /** What a line says; null where it says nothing, so that what a known reply has stays as it is. */
    record Fields(
            UUID id,
            String label,
            String title,
            String text,
            String language,
            List<String> categories,
            String shortcode,
            ReplyState state,
            List<AnsweredQuestion> questions) {}

    /** A line cannot be understood. */
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
