package io.replyloop.history;

import io.replyloop.knowledge.ReplyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;

/**
 * Finds what agents wrote where a draft has something in brackets: each message is laid beside the draft word by word, and
 * what stands between the same neighbours belongs there.
 */
final class DraftBlanks {
    /** Of one text; what comes later is not looked at. */
    private static final int MOST_WORDS = 300;

    private static final int MOST_VALUES = 10;
    /** Such as a telephone number in groups. */
    private static final int WORDS_OF_A_VALUE = 5;
    /** Shown around a blank. */
    private static final int WORDS_AROUND = 4;

    /** A word of the draft is worth more than a number that may stand in its place. */
    private static final int SAME = 3;

    /** @param at null where the file does not tell */
    record Message(String text, Instant at) {}

    private record Word(String text, String normalised, int start, int end) {
        boolean isBlank() {
            return HistoryDrafts.LEFT_OPEN.matcher(text).matches();
        }

        /** Mostly of the customer who was answered, and nothing to say to another. */
        boolean isName() {
            return text.equals("[name]");
        }

        /** Whether it may be what stands in brackets in the draft. */
        boolean suits(Word blank) {
            boolean isNumber = text.codePoints().anyMatch(Character::isDigit);
            if (isBlank()) {
                return false;
            }
            return blank.isName() ? !isNumber && !Character.isLowerCase(text.codePointAt(0)) : isNumber;
        }
    }

    private static final class Counted {
        private int times;
        private Instant last;
    }

    private DraftBlanks() {}

    /** @return a row for each of the draft's brackets, in their order */
    static List<DraftBlank> of(String draft, List<Message> messages) {
        List<Word> words = words(draft);
        List<Integer> blanks = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isBlank()) {
                blanks.add(i);
            }
        }
        if (blanks.isEmpty()) {
            return List.of();
        }
        List<Map<String, Counted>> found = new ArrayList<>();
        blanks.forEach(blank -> found.add(new LinkedHashMap<>()));
        for (Message message : messages) {
            List<Word> said = words(message.text());
            int[] places = places(words, said);
            for (int i = 0; i < blanks.size(); i++) {
                if (words.get(blanks.get(i)).isName()) {
                    continue;
                }
                String value = value(words, said, places, blanks.get(i), message.text());
                if (value != null) {
                    count(found.get(i), value, message.at());
                }
            }
        }
        List<DraftBlank> rows = new ArrayList<>();
        for (int i = 0; i < blanks.size(); i++) {
            Word blank = words.get(blanks.get(i));
            rows.add(new DraftBlank(
                    blank.text(),
                    draft.substring(start(words, blanks.get(i), draft), blank.start())
                            .strip(),
                    draft.substring(blank.end(), end(words, blanks.get(i), draft))
                            .strip(),
                    values(found.get(i))));
        }
        return rows;
    }

    private static int start(List<Word> words, int blank, String draft) {
        int line = draft.lastIndexOf('\n', words.get(blank).start()) + 1;
        return Math.max(
                line,
                blank <= WORDS_AROUND ? 0 : words.get(blank - WORDS_AROUND).start());
    }

    private static int end(List<Word> words, int blank, String draft) {
        int line = draft.indexOf('\n', words.get(blank).end());
        int last = blank + WORDS_AROUND < words.size()
                ? words.get(blank + WORDS_AROUND).end()
                : draft.length();
        return line < 0 ? last : Math.min(line, last);
    }

    private static void count(Map<String, Counted> values, String value, Instant at) {
        Counted counted = values.computeIfAbsent(value, unknown -> new Counted());
        counted.times++;
        if (at != null && (counted.last == null || at.isAfter(counted.last))) {
            counted.last = at;
        }
    }

    private static List<DraftBlank.Value> values(Map<String, Counted> found) {
        Instant newest = found.values().stream()
                .map(counted -> counted.last)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<DraftBlank.Value> all = new ArrayList<>();
        found.forEach((text, counted) -> all.add(new DraftBlank.Value(
                text, counted.times, counted.last, newest != null && newest.equals(counted.last))));
        all.sort(Comparator.comparingInt((DraftBlank.Value value) -> -value.times())
                .thenComparing(DraftBlank.Value::last, Comparator.nullsLast(Comparator.reverseOrder())));
        if (all.size() <= MOST_VALUES) {
            return all;
        }
        // The newest is what somebody looks for, however seldom it was written so far.
        List<DraftBlank.Value> shown = new ArrayList<>(all.subList(0, MOST_VALUES));
        if (shown.stream().noneMatch(DraftBlank.Value::newest)) {
            all.stream()
                    .filter(DraftBlank.Value::newest)
                    .findFirst()
                    .ifPresent(value -> shown.set(MOST_VALUES - 1, value));
        }
        return shown;
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        Matcher word = Placeholders.TOKEN.matcher(text);
        while (words.size() < MOST_WORDS && word.find()) {
            words.add(new Word(word.group(), ReplyText.normalised(word.group()), word.start(), word.end()));
        }
        return words;
    }

    /** For each word of the draft, the place of the word that stands for it; -1 for none. The longest common part, in order. */
    private static int[] places(List<Word> draft, List<Word> said) {
        int[][] worth = new int[draft.size() + 1][said.size() + 1];
        for (int i = draft.size() - 1; i >= 0; i--) {
            for (int j = said.size() - 1; j >= 0; j--) {
                int together = together(draft.get(i), said.get(j));
                int skipped = Math.max(worth[i + 1][j], worth[i][j + 1]);
                worth[i][j] = together == 0 ? skipped : Math.max(skipped, together + worth[i + 1][j + 1]);
            }
        }
        int[] places = new int[draft.size()];
        int j = 0;
        for (int i = 0; i < draft.size(); i++) {
            places[i] = -1;
            while (j < said.size() && worth[i][j] == worth[i][j + 1]) {
                j++;
            }
            if (j < said.size() && worth[i][j] > worth[i + 1][j]) {
                places[i] = j++;
            }
        }
        return places;
    }

    private static int together(Word draft, Word said) {
        if (draft.isBlank()) {
            return said.suits(draft) ? 1 : 0;
        }
        return draft.normalised().equals(said.normalised()) ? SAME : 0;
    }

    /** Null where it is not certain that it stands in that place. */
    private static String value(List<Word> draft, List<Word> said, int[] places, int blank, String text) {
        int place = places[blank];
        if (place < 0) {
            return null;
        }
        int before = blank == 0 ? -1 : places[blank - 1];
        boolean isKnownBefore = blank == 0 || before >= 0;
        boolean isLast = blank == draft.size() - 1;
        int after = isLast ? said.size() : places[blank + 1];
        if (isKnownBefore && after >= 0) {
            // Between two known neighbours stands the whole of it, which may be more than a word.
            List<Word> all = said.subList(before + 1, after);
            return all.size() <= WORDS_OF_A_VALUE && all.stream().allMatch(word -> word.suits(draft.get(blank)))
                    ? text.substring(all.get(0).start(), all.get(all.size() - 1).end())
                    : null;
        }
        boolean isBeside = isKnownBefore && before == place - 1 || after == place + 1;
        return isBeside ? said.get(place).text() : null;
    }
}
