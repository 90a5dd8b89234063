package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Locale;

/** What kind of file conversations come in. */
public enum HistoryFormat {
    /** Our own JSONL: a conversation in each line, with its messages. */
    CONVERSATIONS,
    /** JSON with an object for each message. */
    MESSAGES,
    /** A table with a row for each message. */
    CSV,
    ZENDESK,
    INTERCOM,
    CHATWOOT;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null for what is to be found out. */
    @JsonCreator
    static HistoryFormat named(String name) {
        if (name == null || name.isBlank() || name.equals("auto")) {
            return null;
        }
        for (HistoryFormat format : values()) {
            if (format.wireName().equals(name)) {
                return format;
            }
        }
        throw new Problem(
                ProblemCode.INVALID,
                "The format is not known; use 'auto', 'conversations', 'messages', 'csv', 'zendesk', 'intercom' or"
                        + " 'chatwoot'.");
    }

    /** Whether somebody has to say which column is what. */
    boolean hasColumns() {
        return this == MESSAGES || this == CSV;
    }
}
