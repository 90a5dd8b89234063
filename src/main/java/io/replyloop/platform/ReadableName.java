package io.replyloop.platform;

import java.util.stream.Collectors;

/** Names and short texts that stand beside other words, and must be read as what they are. */
public final class ReadableName {
    private ReadableName() {}

    /** Changes the direction of what stands beside it, so that a name could be read for another. */
    public static boolean turnsText(int point) {
        return point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
    }

    /** A name that strangers choose: without what turns text; null if nobody could see the rest. */
    public static String of(String name) {
        String readable = name.codePoints()
                .filter(point -> !turnsText(point) && !Character.isISOControl(point))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
        return readable.codePoints().allMatch(ReadableName::showsNothing) ? null : readable;
    }

    /** Spaces, and characters that only say how others are to be shown. */
    static boolean showsNothing(int point) {
        return Character.getType(point) == Character.FORMAT
                || Character.isWhitespace(point)
                || Character.isSpaceChar(point);
    }
}
