package io.replyloop.platform;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Prevents spreadsheets from running cells as formulas: anything that could be a formula, whatever the separator with
 * which the file is opened, is prefixed with an apostrophe.
 */
public final class FormulaGuard {
    /** Includes the full-width forms, which some spreadsheets treat alike. */
    private static final String FORMULA = "[=+\\-@\\t\\r＝＋－＠]";

    /**
     * Where a formula may begin: at the beginning of a cell, and inside it if the file is opened with a different
     * separator, since quotes then have no effect.
     */
    private static final String BEGINS = "(?:\\A(?='*+" + FORMULA + ")|(?<=[,;|\\t\\r\\n])(\"*+)(?='*+[=+\\-@＝＋－＠]))";

    private static final Pattern MAY_RUN = Pattern.compile(BEGINS);
    private static final Pattern MADE_SAFE = Pattern.compile(BEGINS + "'");
    private static final Pattern GUARDED = Pattern.compile("'" + FORMULA);

    private FormulaGuard() {}

    /** The cell in a form that is safe to write; null for null. */
    public static String guarded(String cell) {
        return cell == null ? null : MAY_RUN.matcher(cell).replaceAll(begin -> quotes(begin) + "'");
    }

    /** Reverts {@link #guarded}. */
    public static String unguarded(String cell) {
        return MADE_SAFE.matcher(cell).replaceAll(FormulaGuard::quotes);
    }

    /** Whether the cell begins with an apostrophe before a formula, which may be the author's own. */
    public static boolean beginsGuarded(String cell) {
        return GUARDED.matcher(cell).lookingAt();
    }

    private static String quotes(MatchResult begin) {
        return begin.group(1) == null ? "" : begin.group(1);
    }
}
