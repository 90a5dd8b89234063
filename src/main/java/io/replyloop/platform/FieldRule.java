package io.replyloop.platform;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * What is wrong with a field, for pages, which say it in their own language; the violation's message says the same in
 * English.
 */
public enum FieldRule {
    MISSING,
    /** Its value {@code min} tells how many characters it has at least. */
    TOO_SHORT,
    /** {@code max}: how many characters at most. */
    TOO_LONG,
    /** {@code max}: how many entries at most. */
    TOO_MANY,
    /** {@code min}: the smallest number. */
    TOO_SMALL,
    /** {@code max}: the greatest number. */
    TOO_GREAT,
    /** Control characters, or halves of characters. */
    NOT_PLAIN,
    /** Not written as such a field is. */
    MALFORMED,
    /** Somebody or something else has it. */
    TAKEN,
    /** Not what it is compared with. */
    WRONG;

    /** The rule as it stands on the wire, such as {@code too-long}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule that a constraint of this name stands for, when this value breaks it. */
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
