package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.EnumeratedValue;

/** Whether somebody still has to look after a conversation. */
public enum ConversationStatus {
    OPEN("open"),
    RESOLVED("resolved");

    @EnumeratedValue
    private final String wireName;

    ConversationStatus(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    public static ConversationStatus named(String wireName) {
        for (ConversationStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return status;
            }
        }
        throw new Problem(ProblemCode.INVALID, "The status is \"open\" or \"resolved\".");
    }
}
