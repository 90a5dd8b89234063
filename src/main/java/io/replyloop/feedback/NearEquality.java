package io.replyloop.feedback;

import io.replyloop.knowledge.TurningWords;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text that an agent typed says what a reply says. Case, punctuation, courtesies and a greeting or a name at
 * either end change nothing; a word in twelve may be missing or added, unless the language is neither English
 * nor Chinese, whose negations are not known here; and a key may have slipped. But whatever could turn the meaning must be
 * the same, and in the same order: numbers, currencies, negations, conditions. No word may stand in for another: 'shoes' for 'bags' is a small edit and a different answer. To miss one costs a line in the list of
 * unanswered questions; to see one where there is none teaches something wrong.
 */
final class NearEquality {
    /** Longer texts are compared word for word by whoever looks for the same text. */
    private static final int LONGEST = 4_000;

    private static final int MOST_TOKENS = 1_500;
    private static final int TOKENS_FOR_A_WORD_MORE = 12;
    private static final int TOKENS_FOR_A_SLIP = 10;
    private static final int FEWEST_TOKENS = 4;
    private static final int SHORTEST_SLIP = 5;

    /** No sum of slips is as dear as one word more or less. */
    private static final int WORD = 10_000;

    private static final int SLIP = 1;
    private static final int NEVER = Integer.MAX_VALUE / 2;

    private static final Pattern SOMETHING = Pattern.compile("[\\p{L}\\p{N}\\p{Sc}%]");

    private static final String NAMES = "(?:[ ,]{1,2}\\p{Lu}[\\p{L}'.-]{0,20}){0,3}";

    /** Looked for in the first characters alone. */
    private static final Pattern GREETING = Pattern.compile("^\\s*(?:(?i:hi|hello|hey|dear|greetings|good"
            + " (?:morning|afternoon|evening|day))(?i: there| again)?" + NAMES
            + "|(?:您好|你好|嗨|亲|早上好|下午好|晚上好)(?:\\p{IsHan}{1,4}(?:先生|女士|小姐|老师))?)\\s*[,.!:;~，。！：；、\\n]+");

    /** Looked for in the last characters alone; it begins after a sentence. */
    private static final Pattern CLOSING = Pattern.compile("(?<=[.!?,;。！？，；\\n"
            + "])\\s*(?:(?i:(?:best|kind|warm|many) (?:regards|wishes|thanks)|regards|cheers|thanks(?: a lot| so"
            + " much)?|thank you(?: so much| very much)?|yours(?: sincerely)?|sincerely|all the best|take care|have a"
            + " (?:nice|great|good|lovely|wonderful)"
            + " (?:day|evening|weekend|one))|谢谢[您你]?|感谢[您你]的(?:理解|支持|咨询)|祝[您你](?:生活)?愉快|再见)[ ,!.~\\n"
            + "，。！]*(?:[ ,\\n"
            + "]{0,2}\\p{Lu}[\\p{L}'.-]{0,20}){0,3}\\s*$");

    private static final int EDGE = 120;
    private static final int MOST_EDGES = 3;

    /** Frequent words of no other language that is written like it. */
    private static final Set<String> ENGLISH =
            Set.of(("and you your our it with this that from would which how what when where their they them there"
                            + " these those if been within any every about could should through yours")
                    .split(" "));

    /** Frequent ones that others have as well. */
    private static final Set<String> IN_ENGLISH = Set.of(
            "to of is are we us for in on at be by can will has have was as do does not or all my me no i".split(" "));

    private NearEquality() {}

    static boolean holds(String text, String reply) {
        if (text.length() > LONGEST || reply.length() > LONGEST) {
            return false;
        }
        List<String> one = TurningWords.tokens(withoutEdges(text));
        List<String> other = TurningWords.tokens(withoutEdges(reply));
        if (one.equals(other)) {
            return !one.isEmpty();
        }
        int longer = Math.max(one.size(), other.size());
        int words = isUnderstood(one) && isUnderstood(other) ? longer / TOKENS_FOR_A_WORD_MORE : 0;
        return longer >= FEWEST_TOKENS
                && longer <= MOST_TOKENS
                && TurningWords.of(one).equals(TurningWords.of(other))
                && isNear(one, other, words, 1 + longer / TOKENS_FOR_A_SLIP);
    }

    /** Whether what turns the meaning is known in its language: English, or Chinese. */
    private static boolean isUnderstood(List<String> tokens) {
        long han =
                tokens.stream().filter(token -> isOf(token, UnicodeScript.HAN)).count();
        boolean japanese = tokens.stream()
                .anyMatch(token -> isOf(token, UnicodeScript.HIRAGANA) || isOf(token, UnicodeScript.KATAKANA));
        long english = tokens.stream().filter(ENGLISH::contains).count();
        long common = tokens.stream().filter(IN_ENGLISH::contains).count();
        return 2 * han >= tokens.size() && !japanese || english > 0 && 5 * (english + common) >= tokens.size();
    }

    private static boolean isOf(String token, UnicodeScript script) {
        return UnicodeScript.of(token.codePointAt(0)) == script;
    }

    /** A text that is nothing but a greeting stays one. */
    private static String withoutEdges(String text) {
        String left = text.strip();
        for (int edge = 0; edge < MOST_EDGES; edge++) {
            Matcher greeting = GREETING.matcher(left.substring(0, Math.min(EDGE, left.length())));
            if (greeting.find() && isSomething(left.substring(greeting.end()))) {
                left = left.substring(greeting.end()).strip();
            }
            int from = Math.max(0, left.length() - EDGE);
            Matcher closing = CLOSING.matcher(left.substring(from));
            if (closing.find() && isSomething(left.substring(0, from + closing.start()))) {
                left = left.substring(0, from + closing.start()).strip();
            }
        }
        return left;
    }

    private static boolean isSomething(String rest) {
        return SOMETHING.matcher(rest).find();
    }

    /** The cheapest way from one to the other, within a band around the diagonal that so many words more or less allow. */
    private static boolean isNear(List<String> one, List<String> other, int words, int slips) {
        if (Math.abs(one.size() - other.size()) > words) {
            return false;
        }
        int[] above = new int[other.size() + 1];
        int[] row = new int[other.size() + 1];
        for (int j = 0; j <= other.size(); j++) {
            above[j] = j <= words ? j * WORD : NEVER;
        }
        for (int i = 1; i <= one.size(); i++) {
            Arrays.fill(row, NEVER);
            if (i <= words) {
                row[0] = i * WORD;
            }
            for (int j = Math.max(1, i - words); j <= Math.min(other.size(), i + words); j++) {
                int same = above[j - 1] + cost(one.get(i - 1), other.get(j - 1));
                row[j] = Math.min(NEVER, Math.min(same, Math.min(above[j], row[j - 1]) + WORD));
            }
            int[] next = above;
            above = row;
            row = next;
        }
        int cost = above[other.size()];
        // A word more here and one less there is one word in place of another.
        int moreOrLess = cost / WORD;
        return moreOrLess <= words && moreOrLess == Math.abs(one.size() - other.size()) && cost % WORD <= slips * SLIP;
    }

    private static int cost(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        return isSlip(one, other) ? SLIP : NEVER;
    }

    /**
     * A letter too many, one too few, or two exchanged, in a longer word. Not another letter: 'shopping' is no slip for
     * 'shipping'.
     */
    private static boolean isSlip(String one, String other) {
        String longer = one.length() >= other.length() ? one : other;
        String shorter = longer.equals(one) ? other : one;
        int more = longer.length() - shorter.length();
        if (longer.length() < SHORTEST_SLIP
                || more > 1
                || longer.charAt(0) != shorter.charAt(0)
                || TurningWords.turns(one)
                || TurningWords.turns(other)) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && longer.charAt(at) == shorter.charAt(at)) {
            at++;
        }
        if (more == 1) {
            return longer.substring(at + 1).equals(shorter.substring(at));
        }
        return at + 1 < longer.length()
                && longer.charAt(at) == shorter.charAt(at + 1)
                && longer.charAt(at + 1) == shorter.charAt(at)
                && longer.substring(at + 2).equals(shorter.substring(at + 2));
    }
}
