package io.replyloop.history;

import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.Script;
import io.replyloop.privacy.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the messages of a conversation are stored: a line for each, with the mark of who wrote it, without personal data. */
final class StoredTurns {
    /** In place of the line breaks within a message. */
    private static final char LINE = '\u2028';

    private static final String BOT = "* ";
    private static final int SHORTEST_NAME = 3;
    /** Of one name. */
    private static final int MOST_PARTS = 8;

    private static final String NAME = "[name]";

    private StoredTurns() {}

    /**
     * Masked as a whole, because what an agent asked tells what the number is that a customer answers with.
     *
     * @param names of people in it, which are masked where they stand as words
     */
    static String masked(List<Said> said, List<String> names) {
        StringBuilder lines = new StringBuilder();
        for (Said one : said) {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append(mark(one.by()))
                    .append(one.text().replace('\n', LINE));
        }
        String masked = PersonalData.masked(lines.toString());
        for (Pattern name : patterns(names)) {
            stopIfNobodyWantsIt();
            masked = name.matcher(masked).replaceAll(NAME);
        }
        return masked;
    }

    /** Long conversations with many names take a while. */
    private static void stopIfNobodyWantsIt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new HistoryStore.NotOurs();
        }
    }

    private static String mark(Writer by) {
        return switch (by) {
            case CUSTOMER -> TurnMark.CUSTOMER.before("");
            case AGENT -> TurnMark.TEAM.before("");
            case BOT -> BOT;
        };
    }

    /**
     * Of all names together, whole names before their parts: the text is gone through once, however many they are. A part in
     * small letters is left, since it may be a word.
     */
    private static List<Pattern> patterns(List<String> names) {
        Set<String> words = new HashSet<>();
        Set<String> chinese = new HashSet<>();
        for (String name : names) {
            String whole = name.strip().replaceAll("\\s+", " ");
            boolean isChinese = Script.of(whole) == Script.CHINESE;
            if (whole.length() < (isChinese ? 2 : SHORTEST_NAME) || whole.length() > 100 || whole.contains("@")) {
                continue;
            }
            if (isChinese) {
                chinese.add(whole);
                continue;
            }
            words.add(whole);
            for (String part : whole.split(" ", MOST_PARTS)) {
                if (part.length() >= SHORTEST_NAME
                        && Character.isUpperCase(part.codePointAt(0))
                        && Authors.guessed(part) == null) {
                    (Script.of(part) == Script.CHINESE ? chinese : words).add(part);
                }
            }
        }
        List<Pattern> patterns = new ArrayList<>();
        if (!words.isEmpty()) {
            patterns.add(Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + anyOf(words) + ")(?![\\p{L}\\p{N}])"));
        }
        if (!chinese.isEmpty()) {
            patterns.add(Pattern.compile(anyOf(chinese)));
        }
        return patterns;
    }

    private static String anyOf(Set<String> names) {
        return names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    static List<Said> read(String stored) {
        List<Said> said = new ArrayList<>();
        for (String line : stored.split("\n", -1)) {
            String text = line.length() < 2 ? "" : line.substring(2).replace(LINE, '\n');
            Writer by = line.startsWith(TurnMark.TEAM.before(""))
                    ? Writer.AGENT
                    : line.startsWith(BOT) ? Writer.BOT : Writer.CUSTOMER;
            said.add(new Said(by, text, null));
        }
        return said;
    }
}
