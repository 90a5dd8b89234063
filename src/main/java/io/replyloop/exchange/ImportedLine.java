package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import java.util.List;
import java.util.UUID;

/**
 * One line of an import: a reply, of which only the text has to be there, or what is wrong with the line.
 *
 * @param number where the line begins in the file, from 1
 */
record ImportedLine(int number, Fields fields, String error) {
    /** What the line says; null where it says nothing, so that what a known reply has stays as it is. */
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

    static ImportedLine bad(int number, String error) {
        return new ImportedLine(number, null, error);
    }
}
