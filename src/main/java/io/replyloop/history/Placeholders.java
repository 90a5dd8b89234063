package io.replyloop.history;

import io.replyloop.knowledge.ReplyText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what differs from message to message, and is a name or a number, in brackets: nobody should send it to the next customer. */
final class Placeholders {
    /** Below this share of the messages a word is one of this customer alone. */
    private static final double RARE = 0.3;

    private static final int FEWEST = 3;
    private static final Pattern TOKEN =
            Pattern.compile("\\[\\w+]|\\p{N}[\\p{N}\\p{L}&&[^\\p{IsHan}]]*(?:[.,:/-]\\p{N}+)*%?"
                    + "|\\p{IsHan}+|\\p{L}[\\p{L}\\p{M}\\p{N}'’-]*");
    private static final Pattern BRACKETS = Pattern.compile("\\[\\w+]");
    private static final Pattern TIME = Pattern.compile("\\p{N}{1,2}:\\p{N}{2}(?::\\p{N}{2})?|\\p{N}{1,2}[ap]m");
    private static final Pattern DATE =
            Pattern.compile("\\p{N}{1,4}[./-]\\p{N}{1,2}[./-]\\p{N}{1,4}|\\p{N}{1,2}(?:st|nd|rd|th)");
    private static final Pattern REPEATED = Pattern.compile("(\\[(?:name|number)])(?:[ ,.]*\\1)+");

    private Placeholders() {}

    /** @param others messages of the same meaning, in part the same as the text */
    static String in(String text, List<String> others) {
        if (others.size() < FEWEST) {
            return text;
        }
        List<Set<String>> words = new ArrayList<>();
        others.forEach(other -> words.add(words(other)));
        StringBuilder with = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        int copied = 0;
        while (token.find()) {
            String word = token.group();
            String kind = kind(word, text, token.start());
            if (kind == null || share(word, words) >= RARE) {
                continue;
            }
            with.append(text, copied, token.start()).append('[').append(kind).append(']');
            copied = token.end();
        }
        with.append(text, copied, text.length());
        return REPEATED.matcher(with).replaceAll("$1");
    }

    /** Whether anything is said beside what differs from customer to customer. */
    static boolean saysSomething(String text) {
        return BRACKETS.matcher(text)
                        .replaceAll("")
                        .codePoints()
                        .filter(Character::isLetter)
                        .count()
                > 1;
    }

    private static String kind(String word, String text, int at) {
        if (Character.isDigit(word.codePointAt(0)) || word.codePoints().anyMatch(Character::isDigit)) {
            String plain = word.toLowerCase(Locale.ROOT);
            return TIME.matcher(plain).matches() ? "time" : DATE.matcher(plain).matches() ? "date" : "number";
        }
        boolean isName = Character.isUpperCase(word.codePointAt(0)) && word.length() > 1 && !beginsSentence(text, at);
        return isName ? "name" : null;
    }

    private static boolean beginsSentence(String text, int at) {
        int before = at - 1;
        while (before >= 0
                && (Character.isWhitespace(text.charAt(before)) || "\"'“(*-".indexOf(text.charAt(before)) >= 0)) {
            if (text.charAt(before) == '\n') {
                return true;
            }
            before--;
        }
        return before < 0 || ".!?:。！？：".indexOf(text.charAt(before)) >= 0;
    }

    private static double share(String word, List<Set<String>> others) {
        String normalised = ReplyText.normalised(word);
        return others.stream().filter(words -> words.contains(normalised)).count() / (double) others.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            words.add(ReplyText.normalised(token.group()));
        }
        return words;
    }
}
