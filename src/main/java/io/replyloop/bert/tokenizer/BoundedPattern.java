package io.replyloop.bert.tokenizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a regular expression of a tokenizer takes bounded time on every text. The native library backtracks, and ends
 * the whole process when it gives up. Therefore only forms that cannot backtrack excessively are accepted: one
 * unlimited repetition per alternative, of a single character or class, no repeated groups, no backreferences. The
 * patterns of GPT-2 and RoBERTa have this form.
 */
public final class BoundedPattern {
    private static final Pattern GROUP = Pattern.compile("\\(\\?(?::|=|!|<=|<!|[imx]{1,3}:)|\\((?!\\?)");
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{0,6})(,?)(\\d{0,6})\\}");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:[pPx]\\{[^}]{1,40}\\}|u[0-9A-Fa-f]{4}|[^0-9kgGKRXcCM])");
    private static final int UNLIMITED_FROM = 16;
    private static final int MOST = 1_000;
    private static final int OPTIONAL_MOST = 8;

    private final String pattern;
    private int at;
    private int depth;
    private int unlimited;
    private int optional;

    private BoundedPattern(String pattern) {
        this.pattern = pattern;
    }

    public static boolean isBounded(String pattern) {
        return new BoundedPattern(pattern).scan();
    }

    private boolean scan() {
        while (at < pattern.length()) {
            char character = pattern.charAt(at);
            boolean group = false;
            if (character == '(') {
                if (!skip(GROUP)) {
                    return false;
                }
                depth++;
                continue;
            } else if (character == '|') {
                at++;
                if (depth == 0) {
                    unlimited = 0;
                    optional = 0;
                }
                continue;
            } else if (character == ')') {
                at++;
                depth--;
                group = true;
            } else if (character == '[') {
                if (!skipClass()) {
                    return false;
                }
            } else if (character == '\\') {
                if (!skip(ESCAPE)) {
                    return false;
                }
            } else {
                at++;
            }
            if (depth < 0 || !quantifier(group)) {
                return false;
            }
        }
        return depth == 0;
    }

    /** Parses how often the preceding part may repeat; false if that is more than is known to be harmless. */
    private boolean quantifier(boolean ofGroup) {
        if (at >= pattern.length()) {
            return true;
        }
        Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
        char character = pattern.charAt(at);
        int most;
        if (character == '*' || character == '+') {
            most = Integer.MAX_VALUE;
            at++;
        } else if (character == '?') {
            most = 1;
            at++;
        } else if (count.lookingAt()) {
            boolean open = !count.group(2).isEmpty() && count.group(3).isEmpty();
            String last = count.group(2).isEmpty() ? count.group(1) : count.group(3);
            most = open || last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last);
            at = count.end();
            if (most != Integer.MAX_VALUE && most > MOST || count.group(1).length() > 3) {
                return false;
            }
        } else {
            return true;
        }
        unlimited += most > UNLIMITED_FROM ? 1 : 0;
        optional++;
        boolean repeatsGroup = ofGroup && most > 1;
        boolean lazy = at < pattern.length() && pattern.charAt(at) == '?';
        at += lazy ? 1 : 0;
        boolean twice = at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0;
        return !repeatsGroup && !twice && unlimited <= 1 && optional <= OPTIONAL_MOST;
    }

    private boolean skip(Pattern part) {
        Matcher matcher = part.matcher(pattern).region(at, pattern.length());
        boolean there = matcher.lookingAt();
        at = there ? matcher.end() : at;
        return there;
    }

    private boolean skipClass() {
        int nested = 0;
        for (; at < pattern.length(); at++) {
            char character = pattern.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '[') {
                nested++;
            } else if (character == ']' && --nested == 0) {
                at++;
                return true;
            }
        }
        return false;
    }
}
