package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of a text the name that a customer gave, or that a site vouched for. Its parts count only as they were written,
 * because many are words, too: of Will Rose, no will and no rose is taken out. Masking twice changes nothing.
 */
public final class GivenNames {
    static final String MASK = "[name]";

    /** Shorter parts of names, such as initials, are in too many words. */
    private static final int SHORTEST_PART = 3;

    /** In scripts that write names without spaces, even two characters are a name. */
    private static final int SHORTEST = 2;

    private static final int MOST_PARTS = 8;

    private GivenNames() {}

    /**
     * @param names null or empty where none is known; several of them stand on a line each
     * @return null for a text that is null
     */
    public static String masked(String text, String names) {
        if (text == null || names == null) {
            return text;
        }
        String masked = text;
        for (String name : names.lines().map(String::strip).toList()) {
            if (name.codePointCount(0, name.length()) < SHORTEST) {
                continue;
            }
            for (Pattern pattern : patterns(name)) {
                masked = pattern.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
            }
        }
        return masked;
    }

    private static List<Pattern> patterns(String name) {
        String[] parts = name.split("[\\s·]+", MOST_PARTS);
        List<Pattern> patterns = new ArrayList<>();
        // A single word may be any other word, too, so it counts as it was written.
        patterns.add(whole(name, parts.length > 1 ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
        if (parts.length > 1) {
            for (String part : parts) {
                if (part.codePointCount(0, part.length()) >= SHORTEST_PART) {
                    patterns.add(whole(part, 0));
                }
            }
        }
        return patterns;
    }

    /** No part of a longer word, where words have ends. */
    private static Pattern whole(String words, int flags) {
        String flexible =
                Pattern.compile("\\s+").splitAsStream(words).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        boolean hasEnds = Character.UnicodeScript.of(words.codePointAt(0)) != Character.UnicodeScript.HAN;
        return Pattern.compile(hasEnds ? "(?<![\\p{L}\\p{N}])" + flexible + "(?![\\p{L}\\p{N}])" : flexible, flags);
    }
}
