package io.replyloop.search;

import io.replyloop.retrieval.ReplyAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * What is looked for: words that a message must all have. Chinese characters count in twos, as in the messages' own words,
 * unless there is but one. The last word may be the beginning of one, because people look at what is found while they
 * type.
 */
final class SearchWords {
    static final int LONGEST = 200;
    /** Further words are not looked for. */
    static final int MOST = 16;

    private static final ReplyAnalyzer ANALYZER = new ReplyAnalyzer();
    private static final int SHORTEST_BEGINNING = 2;
    /** PostgreSQL takes no longer ones. */
    private static final int LONGEST_WORD = 255;

    /** Words, and whether each may be a beginning. */
    private final Map<String, Boolean> words;

    private SearchWords(Map<String, Boolean> words) {
        this.words = words;
    }

    /** @param to index of the first character after it */
    record Mark(int from, int to) {}

    private record Token(String word, boolean single, boolean pair, int from, int to) {}

    static SearchWords of(String asked) {
        Map<String, Boolean> singles = new LinkedHashMap<>();
        Map<String, Boolean> others = new LinkedHashMap<>();
        boolean pairs = false;
        for (Token token : tokens(asked)) {
            if (token.single()) {
                singles.put(token.word(), false);
                continue;
            }
            pairs |= token.pair();
            boolean atEnd = !token.pair()
                    && token.to() == asked.length()
                    && token.word().length() >= SHORTEST_BEGINNING;
            others.merge(token.word(), atEnd, Boolean::logicalOr);
        }
        if (!pairs) {
            others.putAll(singles);
        }
        Map<String, Boolean> first = new LinkedHashMap<>();
        others.entrySet().stream().limit(MOST).forEach(word -> first.put(word.getKey(), word.getValue()));
        return new SearchWords(first);
    }

    /** What a message is found by. */
    static String[] ofMessage(String text) {
        Set<String> words = new LinkedHashSet<>();
        tokens(text).forEach(token -> words.add(token.word()));
        return words.toArray(String[]::new);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** In PostgreSQL's language for searches. */
    String query() {
        return words.entrySet().stream()
                .map(word -> quoted(word.getKey()) + (word.getValue() ? ":*" : ""))
                .collect(Collectors.joining(" & "));
    }

    /** Where the text has the words, from left to right; neighbours become one. */
    List<Mark> marks(String text) {
        List<Mark> marks = new ArrayList<>();
        for (Token token : tokens(text)) {
            if (!found(token)) {
                continue;
            }
            Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
            if (last != null && token.from() <= last.to()) {
                marks.set(
                        marks.size() - 1,
                        new Mark(Math.min(last.from(), token.from()), Math.max(last.to(), token.to())));
            } else {
                marks.add(new Mark(token.from(), token.to()));
            }
        }
        return marks;
    }

    private boolean found(Token token) {
        return words.entrySet().stream()
                .anyMatch(word -> word.getValue()
                        ? token.word().startsWith(word.getKey())
                        : token.word().equals(word.getKey()));
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            TypeAttribute type = stream.addAttribute(TypeAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(new Token(
                        term.length() > LONGEST_WORD
                                ? term.subSequence(0, LONGEST_WORD).toString()
                                : term.toString(),
                        type.type().equals(CJKBigramFilter.SINGLE_TYPE),
                        type.type().equals(CJKBigramFilter.DOUBLE_TYPE),
                        offset.startOffset(),
                        offset.endOffset()));
            }
            stream.end();
        } catch (IOException impossible) {
            // A text in memory is read.
            throw new UncheckedIOException(impossible);
        }
        return tokens;
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
