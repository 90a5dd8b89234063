package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What can happen in a conversation. */
public enum EventKind {
    MESSAGE("message"),
    NOTE("note"),
    STATUS("status"),
    ASSIGNEE("assignee");

    @EnumeratedValue
    private final String wireName;

    EventKind(String wireName) {
        this.wireName = wireName;
    }

    /** Whether customers may know of it. */
    public boolean isPublic() {
        return this != NOTE;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
