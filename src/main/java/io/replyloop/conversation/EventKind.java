package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What can happen in a conversation. */
public enum EventKind {
    MESSAGE("message"),
    NOTE("note"),
    STATUS("status"),
    ASSIGNEE("assignee"),
    /** See {@link InboxAct}. On the wire and in the database it is a note without a text. */
    ACT("act");

    @EnumeratedValue
    private final String wireName;

    EventKind(String wireName) {
        this.wireName = wireName;
    }

    /** Whether customers may know of it. */
    public boolean isPublic() {
        return this != NOTE && this != ACT;
    }

    @JsonValue
    public String wireName() {
        // Pages and nodes of the version before know no other kind that customers do not see.
        return this == ACT ? NOTE.wireName : wireName;
    }
}
