package io.replyloop.knowledge;

/**
 * A customer's question that a reply has answered.
 *
 * @param text the customer's burst of messages
 * @param context the turn before it, usually what an agent asked; empty when there was none
 */
public record AnsweredQuestion(String text, String context) {
    public static final int LONGEST = 2000;

    public AnsweredQuestion {
        text = newest(ReplyText.tidy(text));
        context = context == null ? "" : newest(ReplyText.tidy(context));
    }

    /** @param query the last turns joined by newlines, oldest first, of which {@code question} are the last */
    public static AnsweredQuestion of(String query, String question) {
        String turns = ReplyText.tidy(query);
        String text = ReplyText.tidy(question);
        String earlier = turns.endsWith(text)
                ? turns.substring(0, turns.length() - text.length()).strip()
                : turns;
        return new AnsweredQuestion(text, earlier.substring(earlier.lastIndexOf('\n') + 1));
    }

    /** The end of a long text, without what no database takes. */
    private static String newest(String text) {
        String end = text.length() <= LONGEST ? text : text.substring(text.length() - LONGEST);
        return end.codePoints()
                .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
