package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;

/** The text of a message or note: something visible, and no more than {@link #MAX_LENGTH} characters. */
public record MessageText(String value) {
    public static final int MAX_LENGTH = 8_000;
    private static final int PREVIEW_LENGTH = 200;

    public MessageText {
        if (value == null || value.codePoints().noneMatch(MessageText::isVisible)) {
            throw new Problem(ProblemCode.TEXT_EMPTY, "The message is empty; write something and send it again.");
        }
        if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new Problem(
                    ProblemCode.TEXT_TOO_LONG,
                    "A message has at most 8,000 characters; shorten it or send it in parts.");
        }
        if (value.indexOf('\0') >= 0 || hasLoneSurrogate(value)) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "The message contains characters that are no text; remove them and send it again.");
        }
    }

    /** The beginning of it, on one line, for the inbox. */
    public String preview() {
        String line = value.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= PREVIEW_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, PREVIEW_LENGTH - 1)) + "…";
    }

    private static boolean isVisible(int character) {
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && !Character.isISOControl(character)
                && Character.getType(character) != Character.FORMAT;
    }

    // PostgreSQL can store neither NUL nor half a character.
    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
