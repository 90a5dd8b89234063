package io.replyloop.knowledge;

/**
 * What stands before each turn of a query, so that models see where a turn begins and who wrote it: line breaks mean
 * nothing to BERT's tokenizers. Every BERT vocabulary has these characters, and full-text search passes over them.
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

    /** The turn without a mark, if it has one. */
    static String strip(String line) {
        for (TurnMark mark : values()) {
            if (line.startsWith(mark.mark)) {
                return line.substring(mark.mark.length());
            }
        }
        return line;
    }
}
