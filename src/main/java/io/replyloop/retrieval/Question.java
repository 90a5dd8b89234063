package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import java.util.concurrent.CompletableFuture;

/**
 * A search query: the customer's newest burst, the turn before it, and the text of the last turns.
 *
 * @param words the last turns, oldest first, one per line
 * @param text the customer's newest burst
 * @param context the turn before it, usually what an agent asked; "yes" and "John" mean nothing without it
 * @param earlier the turns before that with their speaker marks, oldest first, one per line
 * @param meaning the embedding of text and context, joined by {@link MeaningVector}; null if they have not been encoded
 */
public record Question(String words, String text, String context, String earlier, float[] meaning) {
    public Question(String words, String text, String context, String earlier) {
        this(words, text, context, earlier, null);
    }

    /** @param query the last turns, joined by newlines, oldest first; {@code question} is its end */
    public static Question of(String query, String question) {
        AnsweredQuestion asked = AnsweredQuestion.of(query, question);
        return new Question(query.strip(), asked.text(), asked.context(), asked.earlier());
    }

    /** This question with its embedding. */
    public CompletableFuture<Question> understoodBy(TextVectors encoder, boolean urgent) {
        return MeaningVector.of(encoder, text, context, urgent)
                .thenApply(moment -> new Question(words, text, context, earlier, moment));
    }
}
