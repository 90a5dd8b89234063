package io.replyloop.privacy;

import java.util.Arrays;

/**
 * A line as a reader sees it: full-width, Arabic and other digits and signs are ASCII, spaces and dashes are of one kind,
 * invisible characters are gone. It knows where each character came from.
 */
final class FoldedText {
    private static final int FULL_WIDTH = 0xFF01;
    private static final int FULL_WIDTH_END = 0xFF5E;
    private static final int MINUS = 0x2212;

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
            int read = fold(point);
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

    /** -1 for what nobody sees. */
    private static int fold(int point) {
        if (point < 0x80) {
            return point;
        }
        int digit = Character.digit(point, 10);
        if (digit >= 0) {
            return '0' + digit;
        }
        if (point >= FULL_WIDTH && point <= FULL_WIDTH_END) {
            return point - FULL_WIDTH + '!';
        }
        return switch (Character.getType(point)) {
            case Character.FORMAT -> -1;
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            default -> point == MINUS ? '-' : point;
        };
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
        return last + Character.charCount(line.codePointAt(last));
    }
}
