package io.replyloop.exchange;

import io.replyloop.platform.Script;

/** Title and language of a reply if the file does not contain them. */
final class TitleRule {
    private static final int LONGEST = 60;

    private TitleRule() {}

    /** The label as words, or else the beginning of the text. */
    static String title(String label, String text) {
        if (label != null && !label.isBlank()) {
            String words = label.strip().replaceAll("[_\\s]+", " ").strip();
            if (!words.isEmpty()) {
                return Character.toUpperCase(words.charAt(0)) + words.substring(1);
            }
        }
        String line = text.strip().lines().findFirst().orElse("").strip();
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = line.lastIndexOf(' ', LONGEST);
        if (end < LONGEST / 2) {
            end = line.offsetByCodePoints(0, Math.min(LONGEST - 1, line.codePointCount(0, line.length()) - 1));
        }
        return line.substring(0, end).strip() + "…";
    }

    /** Chinese if there are Chinese characters, which do not occur in purely English text; otherwise English. */
    static String language(String text) {
        return Script.hasChinese(text) ? "zh" : "en";
    }
}
