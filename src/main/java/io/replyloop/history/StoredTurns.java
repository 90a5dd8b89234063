package io.replyloop.history;

import io.replyloop.knowledge.TurnMark;
import io.replyloop.platform.Script;
import io.replyloop.privacy.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** How the messages of a conversation are stored: a line for each, with the mark of who wrote it, without personal data. */
final class StoredTurns {
    /** In place of the line breaks within a message. */
    private static final char LINE = '\u2028';

    private static final String BOT = "* ";
    private static final int SHORTEST_NAME = 3;
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
            masked = name.matcher(masked).replaceAll(NAME);
        }
        return masked;
    }

    private static String mark(Writer by) {
        return switch (by) {
            case CUSTOMER -> TurnMark.CUSTOMER.before("");
            case AGENT -> TurnMark.TEAM.before("");
            case BOT -> BOT;
        };
    }

    /** Whole names before their parts. A part in small letters is left, since it may be a word. */
    private static List<Pattern> patterns(List<String> names) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            String whole = name.strip().replaceAll("\\s+", " ");
            boolean isChinese = Script.of(whole) == Script.CHINESE;
            if (whole.length() >= (isChinese ? 2 : SHORTEST_NAME) && whole.length() <= 100 && !whole.contains("@")) {
                parts.add(whole);
                for (String part : isChinese ? new String[0] : whole.split(" ")) {
                    if (part.length() >= SHORTEST_NAME
                            && Character.isUpperCase(part.codePointAt(0))
                            && Authors.guessed(part) == null) {
                        parts.add(part);
                    }
                }
            }
        }
        return parts.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(part -> Script.of(part) == Script.CHINESE
                        ? Pattern.compile(Pattern.quote(part))
                        : Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(part) + "(?![\\p{L}\\p{N}])"))
                .toList();
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
