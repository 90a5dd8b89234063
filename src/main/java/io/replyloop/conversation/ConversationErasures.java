package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Removes conversations for good, and finds those that have been at rest for long. */
@ApplicationScoped
@Transactional
public class ConversationErasures {
    private final Event<ConversationErased> erased;

    ConversationErasures(Event<ConversationErased> erased) {
        this.erased = erased;
    }

    /**
     * Conversations without anything new since a moment; null for none of that kind.
     *
     * @param resolvedBefore of those that are resolved
     * @param openBefore of those that are open
     */
    public record AtRest(Instant resolvedBefore, Instant openBefore) {
        private static final String CONDITION = "status = ?1 and updatedAt < ?2 or status = ?3 and updatedAt < ?4";

        private Object[] values() {
            return new Object[] {
                ConversationStatus.RESOLVED,
                resolvedBefore == null ? Instant.EPOCH : resolvedBefore,
                ConversationStatus.OPEN,
                openBefore == null ? Instant.EPOCH : openBefore
            };
        }

        private boolean includes(ConversationStatus status, Instant updatedAt) {
            Instant before = status == ConversationStatus.RESOLVED ? resolvedBefore : openBefore;
            return before != null && updatedAt.isBefore(before);
        }
    }

    /** How many customers have one. */
    public long count(AtRest atRest) {
        return Conversation.<Conversation>find(
                        "select distinct customerId from Conversation where " + AtRest.CONDITION, atRest.values())
                .count();
    }

    /** The customers of at most so many of them, the oldest first; each once. */
    public List<UUID> customers(AtRest atRest, int most) {
        return Conversation.<Conversation>find(AtRest.CONDITION + " order by updatedAt", atRest.values())
                .page(0, most)
                .stream()
                .map(conversation -> conversation.customerId)
                .distinct()
                .toList();
    }

    /**
     * Locks the customer's conversations until the transaction ends. Who waits for the lock of the current one may find that
     * another one was begun meanwhile; once the current one is locked, none is.
     */
    public List<UUID> lock(UUID customer) {
        List<UUID> locked = locked(customer);
        for (List<UUID> now = locked(customer); !now.equals(locked); now = locked(customer)) {
            locked = now;
        }
        return locked;
    }

    private static List<UUID> locked(UUID customer) {
        return Conversation.allLockedOfCustomer(customer).stream()
                .map(conversation -> conversation.id)
                .toList();
    }

    /** Whether the locked conversation is still at rest. */
    public boolean isAtRest(UUID conversation, AtRest atRest) {
        Conversation locked = Conversation.findById(conversation, LockModeType.PESSIMISTIC_WRITE);
        return locked != null && atRest.includes(locked.status, locked.updatedAt);
    }

    /**
     * Deletes it with everything that refers to it.
     *
     * @return how many events it had
     */
    public long erase(UUID conversation) {
        long events = ConversationEvent.count("conversationId", conversation);
        if (Conversation.delete("id", conversation) == 0) {
            throw Problem.notFound("conversation");
        }
        erased.fire(new ConversationErased(conversation));
        return events;
    }
}
