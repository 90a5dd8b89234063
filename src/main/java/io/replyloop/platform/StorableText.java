package io.replyloop.platform;

/** The rule for every text from outside: Unicode that the database can store. */
public final class StorableText {
    public static final String RULE =
            "must be text: without the character U+0000 and without halves of characters (lone surrogates)";

    private StorableText() {}

    /** Returns false for a text with U+0000, which PostgreSQL cannot store, or with a lone surrogate. */
    public static boolean is(CharSequence text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            }
            if (Character.isHighSurrogate(unit)) {
                index++;
                if (index == text.length() || !Character.isLowSurrogate(text.charAt(index))) {
                    return false;
                }
            }
        }
        return true;
    }
}
