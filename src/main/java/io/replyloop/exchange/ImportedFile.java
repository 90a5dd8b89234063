package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import java.util.List;
import java.util.UUID;

/**
 * The lines of a file.
 *
 * @param readable false when the file could not be read to its end, so that skipping bad lines would lose good ones
 */
record ImportedFile(List<Line> lines, boolean readable) {
    /**
     * One reply, of which only the text has to be there, or what is wrong with the line.
     *
     * @param number where the line begins in the file, from 1
     */
    record Line(int number, Fields fields, String error) {
        static Line bad(int number, String error) {
            return new Line(number, null, error);
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

    /** A line cannot be understood; the message says why and what to do. */
    static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        BadLine(String message) {
            super(message);
        }
    }
}
