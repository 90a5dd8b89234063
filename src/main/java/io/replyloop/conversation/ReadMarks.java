package io.replyloop.conversation;

import io.replyloop.identity.CustomerIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** How far each side has read. Marks move forward only, whoever of a side has read. */
@ApplicationScoped
@Transactional
public class ReadMarks {
    private final EntityManager entities;
    private final Inbox inbox;
    private final Event<MarksMoved> marksMoved;
    private final Event<InboxLineChanged> lineChanged;

    ReadMarks(EntityManager entities, Inbox inbox, Event<MarksMoved> marksMoved, Event<InboxLineChanged> lineChanged) {
        this.entities = entities;
        this.inbox = inbox;
        this.marksMoved = marksMoved;
        this.lineChanged = lineChanged;
    }

    /**
     * The customer has read up to there, in the customers' numbering.
     *
     * @param which of the customer's conversations; null for the current one
     */
    public void customerRead(CustomerIdentity customer, UUID which, long publicSequence) {
        if (!Conversation.customerReadWouldMove(customer.id(), which, publicSequence)) {
            return;
        }
        Conversation.lockedOfCustomer(customer.id(), which).ifPresent(conversation -> {
            long before = conversation.customerRead;
            conversation.customerRead = new ReadMark(before)
                    .movedTo(publicSequence, conversation.lastPublicSequence)
                    .sequence();
            announceMarks(conversation, conversation.customerRead > before);
        });
    }

    /** The team has read up to there, in the agents' numbering. */
    public void agentRead(UUID conversationId, long sequence) {
        Conversation conversation = Conversation.locked(conversationId);
        long before = conversation.agentRead;
        conversation.agentRead = new ReadMark(before)
                .movedTo(sequence, conversation.lastSequence)
                .sequence();
        announceMarks(conversation, conversation.agentRead > before);
        if (before < conversation.lastCustomerSequence && conversation.agentRead >= conversation.lastCustomerSequence) {
            lineChanged.fire(new InboxLineChanged(conversationId));
        }
    }

    private void announceMarks(Conversation conversation, boolean moved) {
        if (moved) {
            // A mark that a crash takes back is set again by the next one: not worth a wait for the disk.
            entities.createNativeQuery("select set_config('synchronous_commit', 'off', true)", String.class)
                    .getSingleResult();
            entities.flush();
            marksMoved.fire(inbox.snapshots(List.of(conversation.id)).get(0).marks());
        }
    }
}
