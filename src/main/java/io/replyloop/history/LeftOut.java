package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;

/** Why a conversation, a message or a line of a file is left out. */
public enum LeftOut {
    /** Not what the format says: no JSON, a quote that is not closed. */
    BROKEN_LINE,
    /** An object or a line that is larger than any conversation. */
    TOO_LARGE,
    /** Nothing that anybody wrote. */
    NO_MESSAGES,
    /** Nobody answered. */
    NO_AGENT,
    /** Beyond the first thousand of a conversation. */
    TOO_MANY_MESSAGES,
    /** Beyond what an import may have. */
    TOO_MANY_CONVERSATIONS,
    /** Messages of agents in words that nearly nobody used, beyond what can be compared. */
    TOO_MANY_WORDINGS,
    /** Messages of agents that nobody wrote twice. */
    WRITTEN_ONCE,
    /** Messages of agents in which nothing is left beside names and numbers. */
    SAYS_NOTHING,
    /** Messages of agents beyond as many drafts as anybody looks through. */
    TOO_MANY_DRAFTS,
    /** The same conversation is in the file before. */
    REPEATED,
    /** The same conversation was imported before. */
    IMPORTED_BEFORE,
    /** Older than the team keeps imported conversations. */
    TOO_OLD,
    /** For colleagues only. */
    PRIVATE_NOTE,
    /** What the other program said of itself. */
    SYSTEM,
    /** Attachments, quoted mail or signatures alone. */
    EMPTY,
    /** Neither a customer nor an agent, as far as anybody has said. */
    UNKNOWN_AUTHOR,
    /** A row that says of no conversation that it is part of it. */
    NO_CONVERSATION;

    @JsonValue
    public String wireName() {
        return WireNames.of(this);
    }
}
