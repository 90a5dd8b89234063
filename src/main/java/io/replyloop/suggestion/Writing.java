package io.replyloop.suggestion;

/** Whether a text is written in Chinese, for preferring replies in the customer's language. */
enum Writing {
    CHINESE,
    OTHER,
    /** Digits, links' punctuation, emoji: fits every customer. */
    NONE;

    /** A Chinese sentence may name foreign products; an English one may contain a Chinese name. */
    private static final double CHINESE_SHARE = 0.2;

    static Writing of(String text) {
        int letters = 0;
        int han = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (Character.isLetter(point)) {
                letters++;
                // Asked of every candidate of every question, and nearly all characters are ASCII.
                if (point > 127 && Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN) {
                    han++;
                }
            }
        }
        if (letters == 0) {
            return NONE;
        }
        return han >= CHINESE_SHARE * letters ? CHINESE : OTHER;
    }

    boolean suits(Writing other) {
        return this == other || this == NONE || other == NONE;
    }
}
