package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The life of an import. */
public enum HistoryState {
    /** The file is read, and what is masked of it is stored. */
    READING,
    /** What agents wrote is compared and put into groups. */
    ANALYSING,
    /** The report is there; nothing is learned before an admin says so. */
    READY,
    /** What says what replies say is remembered with them. */
    IMPORTING,
    IMPORTED,
    CANCELLED,
    FAILED,
    UNDONE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HistoryState named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether a node works on it, or will soon. */
    boolean isUnderWay() {
        return this == READING || this == ANALYSING || this == IMPORTING;
    }
}
