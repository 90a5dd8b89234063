package io.replyloop.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The end of a page of results, opaque to callers: the sort key of its last row. */
public record Cursor(List<String> parts) {
    private static final String SEPARATOR = "\n";

    public static String encode(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes a cursor with this number of parts; throws a {@link Problem} if it is not one of ours. */
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

    /** Also for parts that cannot be parsed. */
    public static Problem madeUp(Exception cause) {
        return new Problem(
                ProblemCode.INVALID,
                "The cursor is not one that this server gave. Start again from the first page.",
                cause);
    }
}
