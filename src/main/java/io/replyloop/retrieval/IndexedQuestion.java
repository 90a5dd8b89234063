package io.replyloop.retrieval;

import java.util.UUID;

/**
 * A question that a reply has answered.
 *
 * @param context the turn before the question, empty when there was none
 * @param meaning the embedding of question and context; null if they have not been encoded
 */
public record IndexedQuestion(String id, UUID reply, String context, String question, float[] meaning) {
    public IndexedQuestion(String id, UUID reply, String context, String question) {
        this(id, reply, context, question, null);
    }
}
