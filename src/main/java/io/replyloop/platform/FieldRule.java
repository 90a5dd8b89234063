package io.replyloop.platform;

import java.util.Collection;
import java.util.Map;

/**
 * What is wrong with a field, so that pages can say it in their own language; the violation's message says the same in
 * English.
 */
public enum FieldRule {
    MISSING,
    /** {@code min}: the smallest number of characters. */
    TOO_SHORT,
    /** {@code max}: the largest number of characters. */
    TOO_LONG,
    /** {@code max}: the largest number of entries. */
    TOO_MANY,
    /** {@code min}: the smallest number. */
    TOO_SMALL,
    /** {@code max}: the largest number. */
    TOO_GREAT,
    /** Control characters, or halves of characters. */
    NOT_PLAIN,
    /** Not in the format of such a field. */
    MALFORMED,
    /** Already in use. */
    TAKEN,
    /** Does not match what it is compared with. */
    WRONG;

    /** The name used on the wire, such as {@code too-long}. */
    public String wireName() {
        return WireNames.of(this);
    }

    /** The rule for a constraint of this name that is violated by this value. */
    static FieldRule of(String constraint, Map<String, Object> attributes, Object value) {
        return switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> MISSING;
            case "Size" ->
                value instanceof Collection
                        ? TOO_MANY
                        : value instanceof CharSequence text && text.length() < (int) attributes.get("min")
                                ? TOO_SHORT
                                : TOO_LONG;
            case "Min" -> TOO_SMALL;
            case "Max" -> TOO_GREAT;
            case "PlainText" -> NOT_PLAIN;
            default -> MALFORMED;
        };
    }
}
