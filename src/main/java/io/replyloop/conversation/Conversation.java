package io.replyloop.conversation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/**
 * A customer's conversation. It begins with the customer's first message and waits in the queue until an agent takes
 * it; agents answer, note, resolve; and when the customer writes once more it opens again, so that there is never a
 * second one. Everything that happens is an event with the next number, which is why nobody may change a conversation
 * without holding the lock of its row: it is only ever loaded under that lock.
 */
@Entity
@DynamicUpdate
class Conversation extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "site_id", nullable = false, updatable = false)
    UUID siteId;

    @Column(name = "customer_id", nullable = false, updatable = false)
    UUID customerId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    ConversationStatus status;

    @Column(name = "assignee_id")
    UUID assigneeId;

    /** Whose queue it stands in, whoever holds it; null for none. */
    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "last_sequence", nullable = false)
    long lastSequence;

    @Column(name = "last_public_sequence", nullable = false)
    long lastPublicSequence;

    @Column(name = "customer_read", nullable = false)
    long customerRead;

    @Column(name = "agent_read", nullable = false)
    long agentRead;

    @Column(name = "last_text", nullable = false)
    String lastText;

    @Enumerated(EnumType.STRING)
    @Column(name = "last_author", nullable = false)
    AuthorKind lastAuthor;

    @Column(name = "waiting_since")
    Instant waitingSince;

    /** Whether the customer waits since a time at which nobody was there. */
    @Column(name = "outside_hours", nullable = false)
    boolean outsideHours;

    @Column(name = "begun_outside_hours", nullable = false)
    boolean begunOutsideHours;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt;

    static Conversation locked(UUID id) {
        return Conversation.<Conversation>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> Problem.notFound("conversation"));
    }

    static Optional<Conversation> lockedOfCustomer(UUID customerId) {
        return Conversation.<Conversation>find("customerId", customerId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** Whether the customer's mark would move. Looked at without the lock, since most that come say nothing new. */
    static boolean customerReadWouldMove(UUID customerId, long publicSequence) {
        return count(
                        "customerId = ?1 and customerRead < ?2 and customerRead < lastPublicSequence",
                        customerId,
                        publicSequence)
                > 0;
    }

    ConversationEvent message(Author author, UUID clientId, MessageContent content, List<AttachmentView> attachments) {
        ConversationEvent event = next(EventKind.MESSAGE, author, clientId);
        event.carry(content.text(), attachments);
        lastText = content.preview(attachments);
        lastAuthor = author.kind();
        if (author.kind() == AuthorKind.AGENT) {
            endWait();
        } else if (waitingSince == null) {
            waitingSince = event.createdAt;
        }
        return event;
    }

    /** What the customer writes next is written while nobody is there. Somebody who waits already has been told when. */
    void outsideHours() {
        outsideHours |= waitingSince == null;
        begunOutsideHours |= lastSequence == 0;
    }

    private void endWait() {
        waitingSince = null;
        outsideHours = false;
    }

    ConversationEvent note(Author author, UUID clientId, MessageContent content, List<AttachmentView> attachments) {
        ConversationEvent event = next(EventKind.NOTE, author, clientId);
        event.carry(content.text(), attachments);
        return event;
    }

    ConversationEvent status(Author author, UUID clientId, ConversationStatus changed) {
        ConversationEvent event = next(EventKind.STATUS, author, clientId);
        event.status = changed;
        status = changed;
        if (changed == ConversationStatus.RESOLVED) {
            endWait();
        }
        return event;
    }

    ConversationEvent assignment(Author author, UUID clientId, UUID holder, String holderName) {
        ConversationEvent event = next(EventKind.ASSIGNEE, author, clientId);
        event.assigneeId = holder;
        event.assigneeName = holderName;
        assigneeId = holder;
        return event;
    }

    ConversationEvent handover(Author author, UUID clientId, Handover to) {
        Person holder = to.holder();
        ConversationEvent event = assignment(
                author, clientId, holder == null ? null : holder.id(), holder == null ? null : holder.name());
        if (to.changesTeam()) {
            teamId = to.team() == null ? null : to.team().id();
            event.teamId = teamId;
            event.teamName = to.team() == null ? null : to.team().name();
        }
        return event;
    }

    /** Refuses when anybody else has done anything after what the agent had seen. */
    void requireNothingNewerThan(Long seen, SignedInAgent agent) {
        if (seen != null && lastSequence > seen && ConversationEvent.hasOneOfOthersAfter(id, seen, agent.id())) {
            throw new Problem(
                    ProblemCode.THREAD_MOVED_ON,
                    "Somebody else has written or done something here since; look, then send again.");
        }
    }

    private ConversationEvent next(EventKind kind, Author author, UUID clientId) {
        ConversationEvent event = new ConversationEvent();
        event.conversationId = id;
        event.sequence = ++lastSequence;
        event.publicSequence = kind.isPublic() ? ++lastPublicSequence : null;
        event.kind = kind;
        event.authorKind = author.kind();
        event.authorId = author.id();
        event.authorName = author.name();
        event.clientId = clientId;
        event.text = "";
        // Clocks of nodes differ; within a conversation time does not run backwards.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        updatedAt = now.isBefore(updatedAt) ? updatedAt : now;
        event.createdAt = updatedAt;
        return event;
    }
}
