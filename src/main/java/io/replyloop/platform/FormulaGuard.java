package io.replyloop.platform;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from running what stands in the cells of a table: an apostrophe goes before what one would take
 * for a formula, with whatever separator it opens the file.
 */
public final class FormulaGuard {
    /** Also the full-width forms, which some spreadsheets take for the same. */
    private static final String FORMULA = "[=+\\-@\\t\\r＝＋－＠]";

    /**
     * Where a cell may begin and run: at its own beginning, and inside it for whoever opens the file with another
     * separator, since quotes are then no quotes.
     */
    private static final String BEGINS = "(?:\\A(?='*+" + FORMULA + ")|(?<=[,;|\\t\\r\\n])(\"*+)(?='*+[=+\\-@＝＋－＠]))";

    private static final Pattern MAY_RUN = Pattern.compile(BEGINS);
    private static final Pattern MADE_SAFE = Pattern.compile(BEGINS + "'");
    private static final Pattern GUARDED = Pattern.compile("'" + FORMULA);

    private FormulaGuard() {}

    /** The cell as it may be written; null for null. */
    public static String guarded(String cell) {
        return cell == null ? null : MAY_RUN.matcher(cell).replaceAll(begin -> quotes(begin) + "'");
    }

    /** What was guarded, as it was before. */
    public static String unguarded(String cell) {
        return MADE_SAFE.matcher(cell).replaceAll(FormulaGuard::quotes);
    }

    /** Whether the cell begins with an apostrophe before a formula, which anybody may have put there. */
    public static boolean beginsGuarded(String cell) {
        return GUARDED.matcher(cell).lookingAt();
    }

    private static String quotes(MatchResult begin) {
        return begin.group(1) == null ? "" : begin.group(1);
    }
}
