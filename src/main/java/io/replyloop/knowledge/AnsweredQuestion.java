package io.replyloop.knowledge;

import io.replyloop.privacy.PersonalData;
import java.util.List;
import java.util.Objects;

/**
 * A customer's question that a reply has answered, without personal data. A question that is only searched for is
 * masked in the same way, so that the two match.
 */
public final class AnsweredQuestion {
    public static final int LONGEST = 2000;

    private final String text;
    private final String context;
    private final String earlier;

    private AnsweredQuestion(String text, String context, String earlier) {
        this.text = text;
        this.context = context;
        this.earlier = earlier;
    }

    /**
     * @param query the last turns, one per line with its {@link TurnMark}, oldest first
     * @param question the final turns, which ask the question, without marks
     */
    public static AnsweredQuestion of(String query, String question) {
        MaskedTurns masked = MaskedTurns.of(ReplyText.tidy(query), ReplyText.tidy(question));
        String text = masked.question();
        List<String> turns = masked.query().lines().toList();
        int before = turns.size() - 1 - (int) text.lines().count();
        return before < 0
                ? new AnsweredQuestion(newest(text), "", "")
                : new AnsweredQuestion(
                        newest(text),
                        newest(ReplyText.tidy(TurnMark.strip(turns.get(before)))),
                        newest(ReplyText.tidy(String.join("\n", turns.subList(0, before)))));
    }

    /** Whether the other question and context are the same, ignoring case, width and spacing. */
    boolean saysTheSame(String otherText, String otherContext) {
        return ReplyText.normalised(text).equals(ReplyText.normalised(otherText))
                && ReplyText.normalised(context).equals(ReplyText.normalised(otherContext));
    }

    /** Masks a text that may name persons. */
    public static AnsweredQuestion masking(String text, String context) {
        return masking(text, context, "");
    }

    static AnsweredQuestion masking(String text, String context, String earlier) {
        return new AnsweredQuestion(
                newest(PersonalData.masked(ReplyText.tidy(text))),
                context == null ? "" : newest(PersonalData.masked(ReplyText.tidy(context))),
                earlier == null ? "" : newest(PersonalData.masked(ReplyText.tidy(earlier))));
    }

    /**
     * Restores a stored question.
     *
     * @param maskedBy the version of the rules that masked it. Text masked by the current rules is not masked again,
     *     because masking takes time and an index reads every row at the start
     */
    static AnsweredQuestion stored(String text, String context, String earlier, int maskedBy) {
        return maskedBy >= PersonalData.RULES
                ? new AnsweredQuestion(text, context, earlier)
                : masking(text, context, earlier);
    }

    /** The customer's burst of messages. */
    public String text() {
        return text;
    }

    /** The turn before it, usually an agent's question; empty if there was none. */
    public String context() {
        return context;
    }

    /** The turns before that, one per line with its {@link TurnMark}, oldest first; empty if unknown. */
    public String earlier() {
        return earlier;
    }

    /** Keeps the end of a long text, and removes characters that the database cannot store. */
    private static String newest(String text) {
        String end = text.length() <= LONGEST ? text : text.substring(text.length() - LONGEST);
        return end.codePoints()
                .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnsweredQuestion question
                && text.equals(question.text)
                && context.equals(question.context)
                && earlier.equals(question.earlier);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, context, earlier);
    }

    @Override
    public String toString() {
        return "AnsweredQuestion[" + text + ", " + context + ", " + earlier + "]";
    }
}
