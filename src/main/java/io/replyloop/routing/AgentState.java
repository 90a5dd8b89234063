package io.replyloop.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether somebody is there. */
public enum AgentState {
    AVAILABLE,
    /** Connected, and not to be given anything: they say so themselves. */
    AWAY,
    /** No console of theirs is connected. */
    OFFLINE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
