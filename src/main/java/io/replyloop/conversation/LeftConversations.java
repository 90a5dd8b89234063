package io.replyloop.conversation;

import io.replyloop.identity.AccountClosed;
import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Whoever leaves the team leaves no customer waiting: what they hold and is not resolved goes back into the queue. */
@ApplicationScoped
class LeftConversations {
    private final EntityManager entities;
    private final ConversationService conversations;

    LeftConversations(EntityManager entities, ConversationService conversations) {
        this.entities = entities;
        this.conversations = conversations;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void release(@Observes AccountClosed closed) {
        SignedInAgent agent = closed.agent();
        // In one order, so that two who leave at the same moment do not wait for each other.
        entities.createQuery(
                        "select id from Conversation where assigneeId = :agent and status <> :resolved order by id",
                        UUID.class)
                .setParameter("agent", agent.id())
                .setParameter("resolved", ConversationStatus.RESOLVED)
                .getResultList()
                .forEach(conversation -> release(agent, conversation));
    }

    private void release(SignedInAgent agent, UUID conversation) {
        // Somebody else may have got it meanwhile.
        if (agent.id().equals(Conversation.locked(conversation).assigneeId)) {
            conversations.release(agent, conversation, UUID.randomUUID());
        }
    }
}
