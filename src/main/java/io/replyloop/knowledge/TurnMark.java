package io.replyloop.knowledge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The mark before each turn of a query, so that models see where a turn begins and who wrote it: BERT's tokenizers
 * ignore line breaks. Every BERT vocabulary contains these characters, and full-text search ignores them.
 */
public enum TurnMark {
    TEAM("> "),
    CUSTOMER("- ");

    private final String mark;

    TurnMark(String mark) {
        this.mark = mark;
    }

    public String before(String turn) {
        return mark + turn;
    }

    /** What the customer has asked since the team last wrote, without marks; all of it where no turn is a customer's. */
    public static String question(String query) {
        List<String> turns = query.lines().toList();
        int from = turns.size();
        while (from > 0 && turns.get(from - 1).startsWith(CUSTOMER.mark)) {
            from--;
        }
        List<String> asked = from == turns.size() ? turns : turns.subList(from, turns.size());
        return asked.stream().map(TurnMark::strip).collect(Collectors.joining("\n"));
    }

    /** Whether the team has written before. */
    public static boolean hasAnswer(String query) {
        return query.lines().anyMatch(turn -> turn.startsWith(TEAM.mark));
    }

    /** Returns the turn without its mark, if it has one. */
    static String strip(String line) {
        for (TurnMark mark : values()) {
            if (line.startsWith(mark.mark)) {
                return line.substring(mark.mark.length());
            }
        }
        return line;
    }
}
