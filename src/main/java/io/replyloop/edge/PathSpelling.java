package io.replyloop.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Allows only one way to write each path. Servers, proxies and frameworks interpret `;`, `//`, `..` and needless
 * escapes differently, so a rule that checks a path and the router that follows it could see two different ones.
 */
final class PathSpelling {
    /** An empty segment other than the last, or a dot segment. */
    private static final Pattern EMPTY_OR_DOTS = Pattern.compile("//|/\\.{1,2}(/|$)");

    private PathSpelling() {}

    static boolean isPlain(String path) {
        if (path == null || !path.startsWith("/")) {
            return false;
        }
        for (int index = 0; index < path.length(); index++) {
            char character = path.charAt(index);
            if (character == '%') {
                int escaped = escapedAt(path, index);
                if (escaped < 0 || isPlainlyWritten(escaped) || hasMeaning(escaped)) {
                    return false;
                }
                index += 2;
            } else if (hasMeaning(character) && character != '/') {
                return false;
            }
        }
        return !EMPTY_OR_DOTS.matcher(path).find() && isText(path);
    }

    /**
     * Whether the text is ASCII, and its escapes decode to UTF-8 without U+0000. Anything else could only be guessed,
     * or would be stored as replacement characters.
     */
    static boolean isText(String escaped) {
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int index = 0; index < escaped.length(); index++) {
            int one = escaped.charAt(index);
            if (one == '%') {
                one = escapedAt(escaped, index);
                index += 2;
            } else if (one >= 0x80) {
                return false;
            }
            if (one <= 0) {
                return false;
            }
            bytes.put((byte) one);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static boolean hasMeaning(int character) {
        return character < ' ' || character == 0x7F || "/\\;%".indexOf(character) >= 0;
    }

    private static boolean isPlainlyWritten(int character) {
        return character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0);
    }

    /** The byte that the escape at this index encodes; -1 if it is not an escape. */
    private static int escapedAt(String path, int index) {
        if (index + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(index + 1), 16);
        int low = Character.digit(path.charAt(index + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
