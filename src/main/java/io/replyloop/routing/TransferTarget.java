package io.replyloop.routing;

import java.util.Arrays;
import java.util.Locale;

/** Whom a conversation is handed over to. */
public enum TransferTarget {
    AGENT,
    TEAM,
    /** Where it came from: the queue of its team, if it belongs to one. */
    QUEUE,
    /** The queue of no team. */
    EVERYBODY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has to be said which one. */
    public boolean isSomebody() {
        return this == AGENT || this == TEAM;
    }

    public static String[] wireNames() {
        return Arrays.stream(values()).map(TransferTarget::wireName).toArray(String[]::new);
    }

    public static TransferTarget named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
