package io.replyloop.search;

import io.replyloop.search.FoundMessage.Range;
import java.util.List;

/** The part of a text around the first place that was looked for. */
record Excerpt(String text, List<Range> marks) {
    private static final int BEFORE = 40;
    private static final int LENGTH = 200;
    private static final String MORE = "…";

    static Excerpt of(String text, SearchWords words) {
        List<SearchWords.Mark> marks = words.marks(text);
        int from = marks.isEmpty() ? 0 : Math.max(0, marks.get(0).from() - BEFORE);
        from = from == 0 ? 0 : nextWord(text, from, marks.get(0).from());
        int to = whole(text, Math.min(text.length(), from + LENGTH));
        String prefix = from > 0 ? MORE : "";
        int start = from;
        List<Range> ranges = marks.stream()
                .filter(mark -> mark.from() >= start && mark.from() < to)
                .map(mark -> new Range(
                        mark.from() - start + prefix.length(), Math.min(mark.to(), to) - start + prefix.length()))
                .toList();
        return new Excerpt(prefix + text.substring(from, to) + (to < text.length() ? MORE : ""), ranges);
    }

    /** Begins with a word where there are such; in Chinese anywhere. */
    private static int nextWord(String text, int from, int atMost) {
        for (int at = from; at < atMost; at++) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at + 1;
            }
        }
        return whole(text, from);
    }

    /** Not between the halves of a character. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
