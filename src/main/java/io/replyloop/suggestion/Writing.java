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
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters == 0) {
            return NONE;
        }
        long han = text.codePoints()
                .filter(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN)
                .count();
        return han >= CHINESE_SHARE * letters ? CHINESE : OTHER;
    }

    boolean suits(Writing other) {
        return this == other || this == NONE || other == NONE;
    }
}
