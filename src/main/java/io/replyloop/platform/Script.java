package io.replyloop.platform;

import java.util.Locale;

/** Whether something is written in Chinese characters: all that can be told from a short message with certainty. */
public enum Script {
    CHINESE,
    OTHER;

    public static Script of(String text) {
        long chinese = text.codePoints()
                .filter(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN)
                .count();
        long letters = text.codePoints().filter(Character::isLetter).count();
        // One character says about as much as a word of three or four letters.
        return chinese * 4 >= letters && chinese > 0 ? CHINESE : OTHER;
    }

    public static Script ofLanguage(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("zh") ? CHINESE : OTHER;
    }
}
