package io.replyloop.frames;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.attachment.AttachmentLimits;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.MessageText;
import io.replyloop.conversation.RatingView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The frames sent to a customer's page. These types cannot express a note or any other internal information: sequences
 * are the customer's, and people are names.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CustomerFrame.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = CustomerFrame.Event.class, name = "event"),
    @JsonSubTypes.Type(value = CustomerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = CustomerFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = CustomerFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = CustomerFrame.Rated.class, name = "rated"),
    @JsonSubTypes.Type(value = CustomerFrame.Queue.class, name = "queue"),
    @JsonSubTypes.Type(value = CustomerFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = CustomerFrame.ProblemFrame.class, name = "problem"),
    @JsonSubTypes.Type(value = CustomerFrame.Pong.class, name = "pong")
})
public sealed interface CustomerFrame {
    record Welcome(
            UUID conversation,
            ConversationStatus status,
            long last,
            String assignee,
            long customerRead,
            long agentRead,
            boolean agentsOnline,
            int maxTextLength,
            AttachmentLimits attachments,
            Boolean earlier)
            implements CustomerFrame {

        public static Welcome toNewCustomer(boolean agentsOnline, AttachmentLimits attachments) {
            return new Welcome(null, null, 0, null, 0, 0, agentsOnline, MessageText.MAX_LENGTH, attachments, null);
        }

        /** @param attachments null where files cannot be attached */
        public static Welcome of(ConversationSnapshot snapshot, boolean agentsOnline, AttachmentLimits attachments) {
            ConversationSummary summary = snapshot.summary();
            return new Welcome(
                    summary.id(),
                    summary.status(),
                    snapshot.lastPublicSequence(),
                    summary.assignee() == null ? null : summary.assignee().name(),
                    snapshot.marks().customerReadPublic(),
                    snapshot.marks().agentReadPublic(),
                    agentsOnline,
                    MessageText.MAX_LENGTH,
                    attachments,
                    snapshot.follows() ? true : null);
        }
    }

    record Event(
            long sequence,
            Instant at,
            Kind kind,
            Person author,
            UUID id,
            String text,
            ConversationStatus status,
            String assignee,
            List<AttachmentView> attachments,
            List<String> choices)
            implements CustomerFrame {

        public static Event of(ConversationEventView event) {
            Kind kind = switch (event.kind()) {
                case MESSAGE -> Kind.MESSAGE;
                case STATUS -> Kind.STATUS;
                case ASSIGNEE -> Kind.ASSIGNEE;
                case NOTE, ACT ->
                    throw new IllegalArgumentException("Notes and acts of the inbox are not for customers");
            };
            boolean own = event.author().kind() == AuthorKind.CUSTOMER;
            return new Event(
                    event.publicSequence(),
                    event.at(),
                    kind,
                    new Person(event.author().kind(), event.author().name()),
                    own ? event.clientId() : null,
                    kind == Kind.MESSAGE ? event.text() : null,
                    event.status(),
                    event.assigneeName(),
                    event.attachments(),
                    event.choices());
        }
    }

    record Ack(UUID id, long sequence, Instant at, UUID conversation) implements CustomerFrame {}

    record Typing(String name, boolean active) implements CustomerFrame {}

    /** @param conversation which of the customer's: a page may have turned to another one since */
    record Read(UUID conversation, AuthorKind by, long sequence) implements CustomerFrame {}

    /** What this customer said of a resolution; without a score, they would rather not say. */
    record Rated(UUID conversation, long resolution, Integer score, String comment, Instant changeableUntil)
            implements CustomerFrame {
        public static Rated of(RatingView rating) {
            return new Rated(
                    rating.conversation(),
                    rating.publicSequence(),
                    rating.score(),
                    rating.comment(),
                    rating.changeableUntil());
        }
    }

    /**
     * Where the customer stands among those whom no agent has taken yet.
     *
     * @param position null for somebody who does not wait
     * @param waitSeconds how long it usually takes; null where that is not known
     */
    record Queue(Integer position, Integer waitSeconds) implements CustomerFrame {
        public static final Queue NOT_WAITING = new Queue(null, null);
    }

    record Presence(boolean agentsOnline) implements CustomerFrame {}

    record ProblemFrame(String code, String message, UUID id, Long retryAfterMillis) implements CustomerFrame {}

    record Pong() implements CustomerFrame {}

    record Person(AuthorKind kind, String name) {}

    enum Kind {
        MESSAGE,
        STATUS,
        ASSIGNEE;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
