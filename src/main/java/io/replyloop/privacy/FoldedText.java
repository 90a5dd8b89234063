package io.replyloop.privacy;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A line as a reader sees it: full-width, small, Arabic and other digits and signs are ASCII, spaces and dashes are of one
 * kind, invisible characters and the marks on digits are gone, a dot between digits is a full stop wherever it hangs. It
 * knows where each character came from.
 */
final class FoldedText {
    private static final int FULL_WIDTH = 0xFF01;
    private static final int FULL_WIDTH_END = 0xFF5E;
    private static final int SMALL = 0xFE50;
    private static final int SMALL_END = 0xFE6B;
    private static final int MINUS = 0x2212;
    /** Middle dots and bullets. */
    private static final String DOTS = "\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65";

    /** Nobody sees them, though Unicode counts them among marks and letters. */
    private static final String UNSEEN = "\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0";

    private final String text;
    private final int[] origins;

    private FoldedText(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    static FoldedText of(String line) {
        StringBuilder folded = new StringBuilder(line.length());
        int[] origins = new int[line.length() + 1];
        for (int at = 0; at < line.length(); ) {
            int point = line.codePointAt(at);
            int read = isMarkOfDigit(line, at, folded) ? -1 : fold(line, at, point);
            if (read >= 0) {
                int from = folded.length();
                folded.appendCodePoint(read);
                Arrays.fill(origins, from, folded.length(), at);
            }
            at += Character.charCount(point);
        }
        origins[folded.length()] = line.length();
        return new FoldedText(folded.toString(), origins);
    }

    /** A stroke through a digit, a key around it. One that is framed alone numbers what follows. */
    private static boolean isMarkOfDigit(String line, int at, CharSequence folded) {
        int length = folded.length();
        if (length == 0 || !isDigit(folded.charAt(length - 1))) {
            return false;
        }
        int type = Character.getType(line.codePointAt(at));
        if (type == Character.NON_SPACING_MARK) {
            return true;
        }
        int next = at + 1;
        return type == Character.ENCLOSING_MARK
                && next < line.length()
                && isDigit(line.charAt(next))
                && isFramed(line, next);
    }

    private static boolean isFramed(String line, int digit) {
        int at = digit + 1;
        while (at < line.length()
                && Character.getType(line.charAt(at)) == Character.NON_SPACING_MARK
                && at < digit + 3) {
            at++;
        }
        return at < line.length() && Character.getType(line.charAt(at)) == Character.ENCLOSING_MARK;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** -1 for what nobody sees. */
    private static int fold(String line, int at, int point) {
        if (point < 0x80) {
            return point == '\r' || point == '\f' || point == 0x0B ? ' ' : point;
        }
        if (UNSEEN.indexOf(point) >= 0 || isVariation(point)) {
            return -1;
        }
        if (DOTS.indexOf(point) >= 0) {
            return isBetweenDigits(line, at) ? '.' : point;
        }
        if (isRaised(point)) {
            return isBesideAnother(line, at, point) ? '0' + Character.getNumericValue(point) : point;
        }
        int digit = Character.digit(point, 10);
        if (digit >= 0) {
            return '0' + digit;
        }
        if (point >= FULL_WIDTH && point <= FULL_WIDTH_END) {
            return point - FULL_WIDTH + '!';
        }
        if (point >= SMALL && point <= SMALL_END) {
            return Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC)
                    .codePointAt(0);
        }
        return switch (Character.getType(point)) {
            case Character.FORMAT -> -1;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            default -> point == MINUS ? '-' : point;
        };
    }

    private static boolean isVariation(int point) {
        return point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF;
    }

    private static boolean isBetweenDigits(String line, int at) {
        return at > 0
                && at + 1 < line.length()
                && Character.isDigit(line.codePointBefore(at))
                && Character.isDigit(line.codePointAt(at + 1));
    }

    /** Superscript, subscript and circled digits. */
    private static boolean isRaised(int point) {
        if (Character.getType(point) != Character.OTHER_NUMBER) {
            return false;
        }
        int value = Character.getNumericValue(point);
        return value >= 0 && value <= 9;
    }

    /** One alone is a footnote's or an item's. */
    private static boolean isBesideAnother(String line, int at, int point) {
        int end = at + Character.charCount(point);
        return at > 0 && isRaised(line.codePointBefore(at)) || end < line.length() && isRaised(line.codePointAt(end));
    }

    String text() {
        return text;
    }

    /** Where in the line the character at this place of the folded text began. */
    int origin(int at) {
        return origins[at];
    }

    /** Where in the line whatever ends before this place of the folded text has ended. */
    int originOfEnd(int end, String line) {
        int last = origins[end - 1];
        int at = last + Character.charCount(line.codePointAt(last));
        while (at < line.length() && isMark(line.codePointAt(at))) {
            at += Character.charCount(line.codePointAt(at));
        }
        return at;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
