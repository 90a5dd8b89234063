package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import java.util.List;

/**
 * A customer's question that a reply has answered, without personal data. One that is only looked for is masked like
 * those that are remembered, so that they find each other.
 *
 * @param text the customer's burst of messages
 * @param context the turn before it, usually what an agent asked; empty when there was none
 * @param earlier the turns before that, a line each with its {@link TurnMark}, oldest first; empty where nobody knows
 */
public record AnsweredQuestion(String text, String context, String earlier) {
    public static final int LONGEST = 2000;

    public AnsweredQuestion {
        text = newest(PersonalData.masked(ReplyText.tidy(text)));
        context = context == null ? "" : newest(PersonalData.masked(ReplyText.tidy(context)));
        earlier = earlier == null ? "" : newest(PersonalData.masked(ReplyText.tidy(earlier)));
    }

    public AnsweredQuestion(String text, String context) {
        this(text, context, "");
    }

    /**
     * @param query the last turns, a line each with its {@link TurnMark}, oldest first
     * @param question the turns of them that ask, without marks
     */
    public static AnsweredQuestion of(String query, String question) {
        MaskedTurns masked = MaskedTurns.of(ReplyText.tidy(query), ReplyText.tidy(question));
        String text = masked.question();
        List<String> turns = masked.query().lines().toList();
        int before = turns.size() - 1 - (int) text.lines().count();
        return before < 0
                ? new AnsweredQuestion(text, "")
                : new AnsweredQuestion(
                        text, TurnMark.strip(turns.get(before)), String.join("\n", turns.subList(0, before)));
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
