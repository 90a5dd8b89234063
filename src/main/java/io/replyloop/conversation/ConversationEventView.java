package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.replyloop.conversation.ConversationSummary.Person;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened in a conversation. As JSON it is what agents see, in the shape of their {@code event} frame.
 *
 * @param sequence its number among all events, as agents see them
 * @param publicSequence its number among those that customers may see; null for a note
 * @param clientId the UUID that the sender made for it; null when no person asked for it
 * @param text of a message or note; otherwise null
 * @param status after a change of status; otherwise null
 * @param assigneeId who holds the conversation after a change of assignee; null for nobody
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationEventView(
        UUID conversation,
        long sequence,
        @JsonIgnore Long publicSequence,
        Instant at,
        EventKind kind,
        Author author,
        @JsonProperty("id") UUID clientId,
        String text,
        ConversationStatus status,
        @JsonIgnore UUID assigneeId,
        @JsonIgnore String assigneeName) {

    /** Who holds the conversation since this event; null for nobody and for events of another kind. */
    @JsonProperty
    public Person assignee() {
        return assigneeId == null ? null : new Person(assigneeId, assigneeName);
    }

    @JsonIgnore
    public boolean isFromCustomer() {
        return kind == EventKind.MESSAGE && author.kind() == AuthorKind.CUSTOMER;
    }
}
