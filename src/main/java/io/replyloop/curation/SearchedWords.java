package io.replyloop.curation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has typed, for PostgreSQL's full-text search: all words, each of which may go on, and rows of Chinese
 * characters as they stand. The counterpart of the function {@code example_words}.
 *
 * @param query all words and all Chinese characters, wherever they stand, which the index finds
 * @param rows Chinese characters that stand together. Not a phrase of the query: the index does not know who is whose
 *     neighbour, and to split each text that has the characters takes a hundred times as long as to look into it.
 */
record SearchedWords(String query, List<String> rows) {
    private static final int MOST_WORDS = 20;

    /** Empty where there is no letter and no digit to search for. */
    static Optional<SearchedWords> of(String typed) {
        List<String> words = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        StringBuilder row = new StringBuilder();
        typed.codePoints().forEach(point -> {
            boolean standsAlone = point >= 0x3400 && point <= 0x9FFF || point >= 0xF900 && point <= 0xFAFF;
            if (standsAlone || !Character.isLetterOrDigit(point)) {
                end(word, words);
            }
            if (standsAlone) {
                row.appendCodePoint(point);
            } else {
                end(row, rows);
                if (Character.isLetterOrDigit(point)) {
                    word.appendCodePoint(point);
                }
            }
        });
        end(word, words);
        end(row, rows);
        words.replaceAll(one -> "(" + one + ":*)");
        List<String> most = rows.subList(0, Math.min(MOST_WORDS, rows.size()));
        most.forEach(
                one -> one.codePoints().distinct().mapToObj(Character::toString).forEach(words::add));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new SearchedWords(
                        String.join(" & ", words.subList(0, Math.min(MOST_WORDS, words.size()))),
                        most.stream()
                                .filter(one -> one.codePointCount(0, one.length()) > 1)
                                .toList()));
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
