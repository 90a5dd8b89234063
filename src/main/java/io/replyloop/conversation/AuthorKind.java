package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Which side an event comes from. */
public enum AuthorKind {
    CUSTOMER("customer"),
    AGENT("agent"),
    SYSTEM("system");

    @EnumeratedValue
    private final String wireName;

    AuthorKind(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
