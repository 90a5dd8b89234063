package io.replyloop.platform;

import java.util.Locale;

/**
 * Whether a text is written in Chinese characters, which is all that can be determined reliably for a short message.
 */
public enum Script {
    CHINESE,
    OTHER,
    /** Digits, punctuation and emoji only: compatible with every script. */
    NONE;

    /** One Chinese character conveys about as much as a word of four letters. */
    private static final int LETTERS_OF_A_CHARACTER = 4;

    /** A Chinese sentence may name foreign products; an English one may contain a Chinese name. */
    public static Script of(String text) {
        int letters = 0;
        int chinese = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (Character.isLetter(point)) {
                letters++;
                if (isChinese(point)) {
                    chinese++;
                }
            }
        }
        if (letters == 0) {
            return NONE;
        }
        return chinese * LETTERS_OF_A_CHARACTER >= letters ? CHINESE : OTHER;
    }

    /** Whether the text contains a Chinese character. */
    public static boolean hasChinese(String text) {
        return text.codePoints().anyMatch(Script::isChinese);
    }

    private static boolean isChinese(int point) {
        // Called for every candidate of every question, and nearly all characters are ASCII.
        return point > 127 && Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
    }

    public static Script ofLanguage(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("zh") ? CHINESE : OTHER;
    }

    /** Whether a reader of one can read the other. */
    public boolean suits(Script other) {
        return this == other || this == NONE || other == NONE;
    }
}
