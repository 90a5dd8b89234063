package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A conversation as a line of the inbox.
 *
 * @param waitingSince the first customer message that nobody has answered; null when the team has spoken last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationSummary(
        UUID id,
        ConversationStatus status,
        Person customer,
        Person assignee,
        long lastSequence,
        String lastText,
        AuthorKind lastAuthor,
        Instant updatedAt,
        Instant waitingSince,
        Instant createdAt) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Person(UUID id, String name) {}
}
