package io.replyloop.conversation;

import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives conversations to colleagues, to teams and back into the queue: on the word of an agent, or by the application. Each
 * is one event, whose author says which.
 */
@ApplicationScoped
@Transactional
public class Handovers {
    private static final List<AttachmentView> NO_FILES = List.of();

    private final ConversationService conversations;
    private final WaitingConversations waiting;

    Handovers(ConversationService conversations, WaitingConversations waiting) {
        this.conversations = conversations;
        this.waiting = waiting;
    }

    /**
     * What an agent gives to somebody, and what there is to say about it: both are stored or neither.
     *
     * @param note null for nothing to say
     */
    public Posted give(SignedInAgent agent, UUID conversationId, UUID clientId, Handover to, MessageContent note) {
        Conversation conversation = Conversation.locked(conversationId);
        Author author = Author.of(agent);
        Optional<ConversationEvent> earlier = ConversationEvent.ofClient(clientId);
        if (earlier.isPresent()) {
            boolean said = earlier.get().kind == EventKind.NOTE;
            return new Posted(
                    earlier.get()
                            .repeatedAs(
                                    conversation.id,
                                    said ? EventKind.NOTE : EventKind.ASSIGNEE,
                                    author.id(),
                                    said ? note : to.content()),
                    true);
        }
        ClickIds.requireNone(clientId);
        new Assignment(conversation.assigneeId).givenBy(agent);
        boolean changes = to.changes(conversation.assigneeId, conversation.teamId);
        if (!changes && note == null) {
            return conversations.unchanged(conversation, author);
        }
        ConversationEventView last = null;
        if (note != null) {
            // The act is the handover; the note is its own act only where there is nothing to hand over.
            last = conversations.store(conversation.note(author, changes ? null : clientId, note, NO_FILES, List.of()));
        }
        if (changes) {
            last = conversations.store(conversation.handover(author, clientId, to));
            // Whoever gets it sees it.
            conversation.snoozedUntil = null;
        }
        return new Posted(last, false);
    }

    /** Whether an act of this id is stored, so that asking for it again changes nothing, whoever has left since. */
    public boolean isStored(UUID clientId) {
        return ConversationEvent.ofClient(clientId).isPresent();
    }

    /** Gives a conversation that waits in the queue to an agent; false if it does not wait there any more. */
    public boolean offer(UUID conversationId, Person agent) {
        Conversation conversation = Conversation.locked(conversationId);
        if (!waiting.isRoutable(conversationId)) {
            return false;
        }
        conversations.store(
                conversation.handover(Author.APPLICATION, null, Handover.toAgent(agent.id(), agent.name())));
        return true;
    }

    /**
     * Locks a conversation until the transaction ends.
     *
     * @return whether somebody else is to have it if the one who has it does not open it
     */
    public boolean goesOn(UUID conversationId) {
        Conversation.locked(conversationId);
        return waiting.isWaiting(conversationId);
    }

    /**
     * Takes a conversation from an agent who has not opened it.
     *
     * @param next who is to have it; null for the queue
     * @return false if the agent does not hold it any more
     */
    public boolean takeBack(UUID conversationId, UUID agent, Person next) {
        Conversation conversation = Conversation.locked(conversationId);
        if (!agent.equals(conversation.assigneeId) || conversation.status != ConversationStatus.OPEN) {
            return false;
        }
        Handover to = next == null ? Handover.toQueue() : Handover.toAgent(next.id(), next.name());
        conversations.store(conversation.handover(Author.APPLICATION, null, to));
        return true;
    }

    /** Where a conversation begins that has just been made: in the queue of a team, without an event. */
    public void begin(UUID conversationId, UUID team) {
        Conversation.locked(conversationId).teamId = team;
    }
}
