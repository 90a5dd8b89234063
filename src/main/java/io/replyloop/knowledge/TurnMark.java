package io.replyloop.knowledge;

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
