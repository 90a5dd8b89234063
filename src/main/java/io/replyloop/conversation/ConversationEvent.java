package io.replyloop.conversation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.platform.Json;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Something that happened in a conversation; never changed once it is stored. */
@Entity
@Immutable
@Table(name = "conversation_event")
@IdClass(ConversationEvent.Key.class)
class ConversationEvent extends PanacheEntityBase {
    private static final TypeReference<List<AttachmentView>> CARRIED = new TypeReference<>() {};
    private static final TypeReference<List<Person>> NAMED = new TypeReference<>() {};

    record Key(UUID conversationId, long sequence) implements Serializable {}

    @Id
    @Column(name = "conversation_id")
    UUID conversationId;

    @Id
    long sequence;

    @Column(name = "public_sequence")
    Long publicSequence;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    EventKind kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "author_kind", nullable = false)
    AuthorKind authorKind;

    @Column(name = "author_id")
    UUID authorId;

    @Column(name = "author_name", nullable = false)
    String authorName;

    @Column(name = "client_id", unique = true)
    UUID clientId;

    @Column(nullable = false)
    String text;

    /** What a message or note carries; null for nothing. */
    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode attachments;

    /** Short answers that are offered with a message; null for none. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    String[] choices;

    /** Whom a note names, as they are called then; null for nobody. */
    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode mentions;

    /** Makes of the note an act; null for everything else. */
    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode act;

    @Enumerated(EnumType.STRING)
    ConversationStatus status;

    @Column(name = "assignee_id")
    UUID assigneeId;

    @Column(name = "assignee_name")
    String assigneeName;

    /** The team that a change of assignee has given it to. */
    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "team_name")
    String teamName;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    static List<ConversationEventView> after(UUID conversation, long sequence, int limit) {
        return views(ConversationEvent.<ConversationEvent>find(
                        "conversationId = ?1 and sequence > ?2", Sort.by("sequence"), conversation, sequence)
                .page(0, limit)
                .list());
    }

    static List<ConversationEventView> publicAfter(UUID conversation, long publicSequence, int limit) {
        return views(ConversationEvent.<ConversationEvent>find(
                        "conversationId = ?1 and publicSequence > ?2",
                        Sort.by("publicSequence"),
                        conversation,
                        publicSequence)
                .page(0, limit)
                .list());
    }

    static List<ConversationEventView> lastMessages(UUID conversation, int count) {
        List<ConversationEventView> newestFirst = new ArrayList<>(views(ConversationEvent.<ConversationEvent>find(
                        "conversationId = ?1 and kind = ?2 and text <> ''",
                        Sort.descending("sequence"),
                        conversation,
                        EventKind.MESSAGE)
                .page(0, count)
                .list()));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /**
     * Whatever it is: a message, a note, a resolution, an assignment. What only orders the inbox does not count, nor do the
     * agent's own, from any window, nor that the application has given it to them.
     */
    static boolean hasOneOfOthersAfter(UUID conversation, long sequence, UUID agent) {
        return count(
                        "conversationId = ?1 and sequence > ?2 and (authorId is null or authorId <> ?3)"
                                + " and not (authorKind = ?4 and assigneeId is not null and assigneeId = ?3) and act is null",
                        conversation,
                        sequence,
                        agent,
                        AuthorKind.SYSTEM)
                > 0;
    }

    static Optional<ConversationEvent> ofClient(UUID clientId) {
        return find("clientId", clientId).firstResultOptional();
    }

    /** The event that resolved the conversation, if it is one. */
    static Optional<ConversationEvent> resolution(UUID conversation, long publicSequence) {
        return find(
                        "conversationId = ?1 and publicSequence = ?2 and kind = ?3 and status = ?4",
                        conversation,
                        publicSequence,
                        EventKind.STATUS,
                        ConversationStatus.RESOLVED)
                .firstResultOptional();
    }

    /** This event, if it is what the same sender asks for once more; a conflict when the UUID was meant for something else. */
    ConversationEventView repeatedAs(UUID conversation, EventKind asked, UUID author, Object content) {
        boolean same = conversationId.equals(conversation)
                && kind() == asked
                && Objects.equals(authorId, author)
                && isSame(content);
        if (!same) {
            throw new Problem(
                    ProblemCode.CONFLICT, "This id was used for something else already; make a new one for each act.");
        }
        return view();
    }

    ConversationEventView view() {
        boolean hasText = kind() == EventKind.MESSAGE || kind() == EventKind.NOTE;
        return new ConversationEventView(
                conversationId,
                sequence,
                publicSequence,
                createdAt,
                kind(),
                new Author(authorKind, authorId, authorName),
                clientId,
                hasText ? text : null,
                status,
                assigneeId,
                assigneeName,
                teamId == null ? null : new Person(teamId, teamName),
                attachments == null ? null : carried(),
                act == null ? null : InboxAct.ofStored(act),
                choices == null ? null : offered(),
                mentions == null ? null : Json.MAPPER.convertValue(mentions, NAMED));
    }

    void carry(MessageContent content, List<AttachmentView> files) {
        text = content.text();
        choices = content.choices().isEmpty() ? null : content.choices().toArray(String[]::new);
        attachments = files.isEmpty() ? null : Json.MAPPER.valueToTree(files);
    }

    void mention(List<Person> named) {
        mentions = Json.MAPPER.valueToTree(named);
    }

    private List<AttachmentView> carried() {
        return attachments == null ? List.of() : Json.MAPPER.convertValue(attachments, CARRIED);
    }

    private List<String> offered() {
        return choices == null ? List.of() : List.of(choices);
    }

    private EventKind kind() {
        return act == null ? kind : EventKind.ACT;
    }

    private boolean isSame(Object asked) {
        return act == null
                ? Objects.equals(content(), asked)
                : asked instanceof InboxAct other && InboxAct.ofStored(act).isSameAs(other);
    }

    private Object content() {
        return switch (kind) {
            case MESSAGE, NOTE ->
                new MessageContent(
                        text, carried().stream().map(AttachmentView::id).toList(), offered());
            case STATUS -> status;
            case ASSIGNEE -> Handover.content(assigneeId, teamId);
            case ACT -> throw new IllegalStateException("An act is stored as a note");
        };
    }

    private static List<ConversationEventView> views(List<ConversationEvent> events) {
        return events.stream().map(ConversationEvent::view).toList();
    }
}
