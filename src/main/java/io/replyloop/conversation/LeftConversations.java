package io.replyloop.conversation;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.identity.AccountClosed;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Whoever leaves the team leaves no customer waiting: what they hold and is not resolved goes back into the queue. */
@ApplicationScoped
class LeftConversations {
    private static final Logger LOG = Logger.getLogger(LeftConversations.class);

    private final EntityManager entities;
    private final ConversationService conversations;
    private final Agents agents;
    private final LeftConversations self;

    LeftConversations(
            EntityManager entities, ConversationService conversations, Agents agents, LeftConversations self) {
        this.self = self;
        this.entities = entities;
        this.conversations = conversations;
        this.agents = agents;
    }

    /** Whatever got to somebody at the very moment at which they left. */
    @Scheduled(every = "${replyloop.inbox.left-check:1M}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            self.releaseLeft();
        } catch (RuntimeException failure) {
            if (!DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.debugf("The database is away; what those who left hold is looked for later: %s", failure.getMessage());
        }
    }

    @Transactional
    void releaseLeft() {
        List<UUID> holders = entities.createQuery(
                        "select distinct assigneeId from Conversation where assigneeId is not null and status <> :resolved",
                        UUID.class)
                .setParameter("resolved", ConversationStatus.RESOLVED)
                .getResultList();
        agents.closedOf(holders).forEach(this::releaseAll);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void release(@Observes AccountClosed closed) {
        releaseAll(closed.agent());
    }

    private void releaseAll(SignedInAgent agent) {
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
