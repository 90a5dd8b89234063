package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import java.util.concurrent.CompletableFuture;

/**
 * What is looked for: the customer's newest burst, the turn before it, and the whole text of the last turns.
 *
 * @param words the last turns, oldest first, one per line
 * @param text the customer's newest burst
 * @param context the turn before it, usually what an agent asked; "yes" and "John" mean nothing without it
 * @param earlier the turns before that with their marks, oldest first, one per line
 * @param meaning of text and context, as {@link MeaningVector} joins them; null where no encoder has read them
 */
public record Question(String words, String text, String context, String earlier, float[] meaning) {
    public Question(String words, String text, String context, String earlier) {
        this(words, text, context, earlier, null);
    }

    /** @param query the last turns joined by newlines, oldest first, of which {@code question} are the last */
    public static Question of(String query, String question) {
        AnsweredQuestion asked = AnsweredQuestion.of(query, question);
        return new Question(query.strip(), asked.text(), asked.context(), asked.earlier());
    }

    /** The same with its meaning to an encoder. */
    public CompletableFuture<Question> understoodBy(TextVectors encoder, boolean urgent) {
        return MeaningVector.of(encoder, text, context, urgent)
                .thenApply(moment -> new Question(words, text, context, earlier, moment));
    }
}
