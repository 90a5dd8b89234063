package io.replyloop.curation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what somebody has typed into a query of PostgreSQL's full-text search: all words, each of which may go on, and rows
 * of Chinese characters as they stand. The counterpart of the function {@code example_words}.
 */
final class SearchedWords {
    private static final int MOST_WORDS = 20;

    private SearchedWords() {}

    /** Empty where there is no letter and no digit to search for. */
    static Optional<String> query(String typed) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        StringBuilder characters = new StringBuilder();
        typed.codePoints().forEach(point -> {
            boolean standsAlone = point >= 0x3400 && point <= 0x9FFF || point >= 0xF900 && point <= 0xFAFF;
            if (standsAlone || !Character.isLetterOrDigit(point)) {
                end(word, words, ":*");
            }
            if (standsAlone) {
                characters.append(characters.isEmpty() ? "" : " <-> ").appendCodePoint(point);
            } else {
                end(characters, words, "");
                if (Character.isLetterOrDigit(point)) {
                    word.appendCodePoint(point);
                }
            }
        });
        end(word, words, ":*");
        end(characters, words, "");
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" & ", words.subList(0, Math.min(MOST_WORDS, words.size()))));
    }

    private static void end(StringBuilder word, List<String> words, String rest) {
        if (!word.isEmpty()) {
            words.add("(" + word + rest + ")");
            word.setLength(0);
        }
    }
}
