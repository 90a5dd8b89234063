package io.replyloop.conversation;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.identity.AccountClosed;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Whoever leaves the team leaves no customer waiting: what they hold and is not resolved goes back into the queue. Nor does
 * it stay marked for them that a note mentions them.
 */
@ApplicationScoped
class LeftConversations {
    private static final Logger LOG = Logger.getLogger(LeftConversations.class);

    private final EntityManager entities;
    private final ConversationService conversations;
    private final Mentions mentions;
    private final Agents agents;
    private final LeftConversations self;

    LeftConversations(
            EntityManager entities,
            ConversationService conversations,
            Mentions mentions,
            Agents agents,
            LeftConversations self) {
        this.self = self;
        this.entities = entities;
        this.conversations = conversations;
        this.mentions = mentions;
        this.agents = agents;
    }

    /** Whatever got to somebody at the very moment at which they left. */
    @Scheduled(every = "${replyloop.inbox.left-check:1M}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        DatabaseAway.orLater(
                () -> self.leftBehind().forEach(this::releaseLeft),
                LOG,
                "what those who left hold is looked for later");
    }

    /** Each in a transaction of its own: one that is erased or taken at this moment keeps no other one. */
    private void releaseLeft(Held held) {
        try {
            self.release(held.agent(), held.conversation());
        } catch (Problem erased) {
            LOG.debugf("Conversation %s is gone: %s", held.conversation(), erased.getMessage());
        }
    }

    record Held(SignedInAgent agent, UUID conversation) {}

    @Transactional
    List<Held> leftBehind() {
        List<UUID> holders = entities.createQuery(
                        "select distinct assigneeId from Conversation where assigneeId is not null and status = :open",
                        UUID.class)
                .setParameter("open", ConversationStatus.OPEN)
                .getResultList();
        return agents.closedOf(holders).stream()
                .flatMap(agent -> heldBy(agent).stream().map(conversation -> new Held(agent, conversation)))
                .toList();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void release(@Observes AccountClosed closed) {
        heldBy(closed.agent()).forEach(conversation -> release(closed.agent(), conversation));
        entities.flush();
        mentions.left(closed.agent().id());
    }

    /** In one order, so that two who leave at the same moment do not wait for each other. */
    private List<UUID> heldBy(SignedInAgent agent) {
        return entities.createQuery(
                        "select id from Conversation where assigneeId = :agent and status = :open order by id",
                        UUID.class)
                .setParameter("agent", agent.id())
                .setParameter("open", ConversationStatus.OPEN)
                .getResultList();
    }

    @Transactional
    void release(SignedInAgent agent, UUID conversation) {
        // Somebody else may have got it meanwhile.
        if (agent.id().equals(Conversation.locked(conversation).assigneeId)) {
            conversations.release(agent, conversation, UUID.randomUUID());
        }
    }
}
