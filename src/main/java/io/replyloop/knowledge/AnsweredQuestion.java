package io.replyloop.knowledge;

import java.util.List;

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

    /**
     * @param query the last turns, a line each with its {@link TurnMark}, oldest first
     * @param question the turns of them that ask, without marks
     */
    public static AnsweredQuestion of(String query, String question) {
        String text = ReplyText.tidy(question);
        List<String> turns = ReplyText.tidy(query).lines().toList();
        int before = turns.size() - 1 - (int) text.lines().count();
        return new AnsweredQuestion(text, before < 0 ? "" : TurnMark.strip(turns.get(before)));
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
