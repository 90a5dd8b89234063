package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.List;

/**
 * Short answers that an agent offers beneath a message. The customer sends one of them as an ordinary message, so nothing
 * else is known of it.
 */
public final class QuickReplies {
    public static final int MOST = 5;

    /** What fits on a button in two lines of a telephone; in characters as people count them. */
    public static final int LONGEST = 60;

    private QuickReplies() {}

    /** As they are stored: without spaces around them. */
    static List<String> checked(List<String> offered) {
        List<String> answers = offered.stream().map(String::strip).toList();
        boolean fit = answers.size() <= MOST
                && answers.stream().distinct().count() == answers.size()
                && answers.stream().allMatch(QuickReplies::fits);
        if (!fit) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "A message offers at most " + MOST + " different answers, each of 1 to " + LONGEST
                            + " characters on one line.");
        }
        return answers;
    }

    private static boolean fits(String answer) {
        return !answer.isEmpty()
                && answer.codePointCount(0, answer.length()) <= LONGEST
                && answer.codePoints().noneMatch(QuickReplies::breaksLine);
    }

    private static boolean breaksLine(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
