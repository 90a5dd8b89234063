package io.replyloop.history;

import io.replyloop.knowledge.ReplyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Messages that say the same in the same words, but for numbers, case, width and what ends them.
 *
 * @param text the first of them
 * @param messages their places
 */
record Wording(String key, String text, List<Integer> messages) {
    private static final Pattern NUMBER = Pattern.compile("\\p{N}++(?:[.,:/-]\\p{N}++)*+");
    private static final Pattern AT_THE_END = Pattern.compile("[\\s\\p{P}\\p{S}]");

    static String key(String text) {
        String normalised = NUMBER.matcher(ReplyText.normalised(text)).replaceAll("#");
        int end = normalised.length();
        // From the end: a pattern that is looked for would begin at each of a thousand hyphens.
        while (end > 0 && endsWith(normalised, end)) {
            end -= Character.charCount(normalised.codePointBefore(end));
        }
        return end == 0 ? normalised : normalised.substring(0, end);
    }

    private static boolean endsWith(String text, int end) {
        return AT_THE_END.matcher(Character.toString(text.codePointBefore(end))).matches();
    }

    /** By which the vector of a text is stored, however long the text is. */
    static String id(String text) {
        return ReplyText.key(text);
    }

    /** The keys of those that were used most; of those that were used alike, the first ones. */
    static Set<String> mostUsed(List<Wording> wordings, int most) {
        return wordings.stream()
                .sorted(Comparator.comparingInt(wording -> -wording.messages().size()))
                .limit(most)
                .map(Wording::key)
                .collect(Collectors.toSet());
    }

    /** In the order of their first message. */
    static List<Wording> of(List<String> messages) {
        Map<String, Wording> found = new LinkedHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            String text = messages.get(i);
            found.computeIfAbsent(key(text), key -> new Wording(key, text, new ArrayList<>()))
                    .messages
                    .add(i);
        }
        return List.copyOf(found.values());
    }
}
