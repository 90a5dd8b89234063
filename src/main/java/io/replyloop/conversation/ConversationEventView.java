package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happened in a conversation. As JSON it is what agents see, in the shape of their {@code event} frame.
 *
 * @param sequence its number among all events, as agents see them
 * @param publicSequence its number among those that customers may see; null for a note and an act
 * @param clientId the UUID that the sender made for it; null when no person asked for it
 * @param text of a message or note; otherwise null
 * @param status after a change of status; otherwise null
 * @param assigneeId who holds the conversation after a change of assignee; null for nobody
 * @param team to which a change of assignee has given it; null where that stayed as it was
 * @param attachments of a message or note; null where there are none
 * @param act what was done to keep the inbox in order; null for events of another kind
 * @param choices short answers that are offered with a message; null where there are none
 * @param mentions whom a note names; null for nobody
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationEventView(
        @Schema(description = "Id of the conversation", required = true)
        UUID conversation,

        @Schema(description = "Counts the events of the conversation without gaps", examples = "12", required = true)
        long sequence,

        @JsonIgnore Long publicSequence,

        @Schema(description = "When it was stored", required = true)
        Instant at,

        @Schema(description = "What happened", examples = "message", required = true)
        EventKind kind,

        @Schema(description = "Who did it", required = true) Author author,

        @Schema(description = "The id that the sender's program gave a message") @JsonProperty("id")
        UUID clientId,

        @Schema(description = "Text of a message or note", examples = "Where is my parcel?")
        String text,

        @Schema(description = "The new status, where that has changed", examples = "resolved")
        ConversationStatus status,

        @JsonIgnore UUID assigneeId,
        @JsonIgnore String assigneeName,

        @Schema(description = "The team to whose queue a change of assignee has given the conversation")
        Person team,

        @Schema(description = "Files of a message or note; absent where there are none")
        List<AttachmentView> attachments,

        @Schema(description = "What was done to keep the inbox in order; absent for other events")
        InboxAct act,

        @Schema(description = "Short answers that are offered with a message; absent where there are none")
        List<String> choices,

        @Schema(description = "Colleagues whom a note names with an @, as they were called then; absent for none")
        List<Person> mentions) {

    /** Who holds the conversation since this event; null for nobody and for events of another kind. */
    @JsonProperty
    @Schema(description = "Who has the conversation since this event; absent for nobody")
    public Person assignee() {
        return assigneeId == null ? null : new Person(assigneeId, assigneeName);
    }

    /** A customer's message that says something, and so asks for an answer. */
    @JsonIgnore
    public boolean isQuestion() {
        return isFromCustomer() && !text.isEmpty();
    }

    @JsonIgnore
    public boolean isFromCustomer() {
        return kind == EventKind.MESSAGE && author.kind() == AuthorKind.CUSTOMER;
    }
}
