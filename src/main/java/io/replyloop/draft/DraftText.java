package io.replyloop.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Words that an agent has written, and for whom.
 *
 * @param mode {@code reply} or {@code note}
 */
public record DraftText(String mode, String text) {
    public static final String REPLY = "reply";
    public static final String NOTE = "note";

    @JsonIgnore
    public boolean isBlank() {
        return text.isBlank();
    }

    /** Whether nothing is lost when these words go and the others stay. */
    boolean isIn(DraftText other) {
        return other.text.contains(text.strip());
    }

    /** Both, the older first. What stood beside a note is one: it must not reach the customer by mistake. */
    static DraftText joined(DraftText older, DraftText newer, int longest) {
        if (older == null || older.isBlank() || older.isIn(newer)) {
            return newer;
        }
        if (newer.isBlank() || newer.isIn(older)) {
            return older;
        }
        String both = older.text.stripTrailing() + "\n\n" + newer.text;
        int length = both.codePointCount(0, both.length());
        String kept = length <= longest ? both : both.substring(both.offsetByCodePoints(0, length - longest));
        return new DraftText(older.mode.equals(NOTE) || newer.mode.equals(NOTE) ? NOTE : REPLY, kept);
    }
}
