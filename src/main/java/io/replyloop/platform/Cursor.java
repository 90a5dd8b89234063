package io.replyloop.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where a page of results ends, opaque to callers: the sort key of its last row. */
public record Cursor(List<String> parts) {
    private static final String SEPARATOR = "\n";

    public static String encode(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor of so many parts; a {@link Problem} when somebody made it up. */
    public static Cursor decode(String text, int parts) {
        try {
            String joined = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> list = List.of(joined.split(SEPARATOR, -1));
            if (list.size() == parts && StorableText.is(joined)) {
                return new Cursor(list);
            }
        } catch (IllegalArgumentException notBase64) {
            throw madeUp(notBase64);
        }
        throw madeUp(null);
    }

    /** For parts, too, that are not what they stand for. */
    public static Problem madeUp(Exception cause) {
        return new Problem(
                ProblemCode.INVALID,
                "The cursor is not one that this server gave. Start again from the first page.",
                cause);
    }
}
