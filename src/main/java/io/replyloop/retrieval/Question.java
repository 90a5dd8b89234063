package io.replyloop.retrieval;

/**
 * What is looked for: the customer's newest burst, the turn before it, and the whole text of the last turns.
 *
 * @param words the last turns, oldest first, one per line
 * @param text the customer's newest burst
 * @param context the turn before it, usually what an agent asked; "yes" and "John" mean nothing without it
 */
public record Question(String words, String text, String context) {
    /** @param query the last turns joined by newlines, oldest first, of which {@code question} are the last */
    public static Question of(String query, String question) {
        String turns = query.strip();
        String text = question.strip();
        String earlier = turns.endsWith(text)
                ? turns.substring(0, turns.length() - text.length()).strip()
                : turns;
        return new Question(turns, text, earlier.substring(earlier.lastIndexOf('\n') + 1));
    }
}
