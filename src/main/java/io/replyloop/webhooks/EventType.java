package io.replyloop.webhooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What programs can be told of. */
@Schema(name = "WebhookEventType")
public enum EventType {
    CONVERSATION_CREATED,
    /** By a customer or an agent. */
    MESSAGE_CREATED,
    /** Among agents, which no customer sees. */
    NOTE_CREATED,
    /** To an agent, to a team, or back to nobody. */
    CONVERSATION_ASSIGNED,
    CONVERSATION_RESOLVED,
    CONVERSATION_REOPENED,
    CONVERSATION_RATED,
    /** Whoever was told of it has to forget it, too. */
    CONVERSATION_ERASED,
    /** What an agent has done with suggestions. */
    DECISION_MADE,
    RUN_FINISHED,
    MODEL_PROMOTED,
    /** Of the test button; nobody chooses it. */
    PING;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Whether what it is about is a conversation. */
    boolean isOfConversation() {
        return this != RUN_FINISHED && this != MODEL_PROMOTED && this != PING;
    }

    static EventType stored(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    @JsonCreator
    public static EventType chosen(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type != PING && type.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "A type is one of "
                                + Arrays.stream(values())
                                        .filter(type -> type != PING)
                                        .map(EventType::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
