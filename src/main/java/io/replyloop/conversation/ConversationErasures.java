package io.replyloop.conversation;

import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

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

        /** Whoever has lost their conversations to such a rule has come before that. */
        private Instant latest() {
            return Stream.of(resolvedBefore, openBefore)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        }

        private boolean includes(ConversationStatus status, Instant updatedAt) {
            Instant before = status == ConversationStatus.RESOLVED ? resolvedBefore : openBefore;
            return before != null && updatedAt.isBefore(before);
        }
    }

    /** How many customers have one, or have lost all that they had. */
    public long count(AtRest atRest) {
        return Conversation.<Conversation>find(
                                "select distinct customerId from Conversation where " + AtRest.CONDITION,
                                atRest.values())
                        .count()
                + without(atRest, Integer.MAX_VALUE).size();
    }

    /** The customers of at most so many of them, the oldest first; each once. Then those who have lost all that they had. */
    public List<UUID> customers(AtRest atRest, int most) {
        Stream<UUID> with =
                Conversation.<Conversation>find(AtRest.CONDITION + " order by updatedAt", atRest.values())
                        .page(0, most)
                        .stream()
                        .map(conversation -> conversation.customerId);
        return Stream.concat(with, without(atRest, most).stream()).distinct().toList();
    }

    /**
     * Whoever is kept of persons without any conversation. A person's last one takes the customers along; but who was one person
     * with somebody whose conversations are kept, and was separated from them, has lost theirs before.
     */
    private static List<UUID> without(AtRest atRest, int most) {
        return Conversation.getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery("""
                        select distinct coalesce(m.kept_id, c.id)
                        from customer c left join customer_merge m on m.customer_id = c.id
                        where c.created_at < :before
                            and not exists (select from conversation v where v.customer_id = c.id)
                            and not exists (
                                select from customer_merge o
                                join conversation v on v.customer_id in (o.customer_id, o.kept_id)
                                where o.kept_id = coalesce(m.kept_id, c.id))
                        limit :most""", UUID.class)
                .setParameter("before", atRest.latest())
                .setParameter("most", most)
                .getResultList();
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
