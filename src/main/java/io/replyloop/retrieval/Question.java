package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;

/**
 * What is looked for: the customer's newest burst, the turn before it, and the whole text of the last turns.
 *
 * @param words the last turns, oldest first, one per line
 * @param text the customer's newest burst
 * @param context the turn before it, usually what an agent asked; "yes" and "John" mean nothing without it
 * @param earlier the turns before that with their marks, oldest first, one per line
 */
public record Question(String words, String text, String context, String earlier) {
    /** @param query the last turns joined by newlines, oldest first, of which {@code question} are the last */
    public static Question of(String query, String question) {
        AnsweredQuestion asked = AnsweredQuestion.of(query, question);
        return new Question(query.strip(), asked.text(), asked.context(), asked.earlier());
    }
}
