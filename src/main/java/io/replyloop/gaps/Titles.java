package io.replyloop.gaps;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A title for a reply, from the question that it answers. */
public final class Titles {
    private static final int LONGEST = 120;
    private static final Pattern SENTENCE = Pattern.compile("[^.!?。！？\\n]+[.!?。！？]*");
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private Titles() {}

    /** The sentence that asks, or the longest where none does; a long one is cut. */
    public static String of(String question) {
        String best = "";
        Matcher sentence = SENTENCE.matcher(question);
        while (sentence.find()) {
            String said = SPACES.matcher(sentence.group()).replaceAll(" ").strip();
            boolean asks = isQuestion(said);
            if (asks == isQuestion(best) ? said.length() > best.length() : asks) {
                best = said;
            }
        }
        return cut(best.isEmpty() ? SPACES.matcher(question).replaceAll(" ").strip() : best);
    }

    private static boolean isQuestion(String sentence) {
        return sentence.endsWith("?") || sentence.endsWith("？");
    }

    private static String cut(String title) {
        if (title.codePointCount(0, title.length()) <= LONGEST) {
            return title;
        }
        String start = title.substring(0, title.offsetByCodePoints(0, LONGEST - 1));
        int word = start.lastIndexOf(' ');
        return (word > LONGEST / 2 ? start.substring(0, word) : start) + "…";
    }
}
