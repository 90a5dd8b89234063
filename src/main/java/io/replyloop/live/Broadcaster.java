package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationErased;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.InboxLineChanged;
import io.replyloop.conversation.LabelsChanged;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.conversation.Rated;
import io.replyloop.draft.DraftChanged;
import io.replyloop.frames.AgentFrame;
import io.replyloop.identity.CustomerBlocking;
import io.replyloop.identity.CustomerChanged;
import io.replyloop.live.cluster.NodeChannel;
import io.replyloop.live.cluster.NodeMessage;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.suggestion.SuggestionsReady;
import io.replyloop.suggestion.SuggestionsView;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Broadcasts what happens on this node to its own connections and to the other nodes. */
@Singleton
class Broadcaster {
    private final ConnectionRegistry registry;
    private final Presence presence;
    private final InboxUpdates inbox;
    private final MessageVolume volume;
    private final NodeChannel channel;
    private final ConversationService conversations;
    private final Executor executor;

    Broadcaster(
            ConnectionRegistry registry,
            Presence presence,
            InboxUpdates inbox,
            MessageVolume volume,
            NodeChannel channel,
            ConversationService conversations,
            @VirtualThreads Executor executor) {
        this.registry = registry;
        this.presence = presence;
        this.inbox = inbox;
        this.volume = volume;
        this.channel = channel;
        this.conversations = conversations;
        this.executor = executor;
    }

    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        registry.deliver(event);
        inbox.changed(event.conversation());
        UUID customer = event.sequence() == 1 ? event.author().id() : null;
        publish(new NodeMessage.Advanced(event.conversation(), event.sequence(), customer));
    }

    void marksMoved(@Observes(during = TransactionPhase.AFTER_SUCCESS) MarksMoved marks) {
        registry.sendReadMarks(marks);
        publish(new NodeMessage.ReadMarks(marks));
    }

    void rated(@Observes(during = TransactionPhase.AFTER_SUCCESS) Rated rated) {
        registry.sendRating(rated.rating());
        publish(new NodeMessage.Rated(rated.rating().conversation()));
    }

    void draftChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) DraftChanged changed) {
        registry.sendToAgent(changed.agent(), AgentFrame.Draft.of(changed));
        publish(new NodeMessage.Drafted(changed.agent(), changed.conversation(), changed.revision()));
    }

    void suggested(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuggestionsReady ready) {
        SuggestionsView suggestions = ready.suggestions();
        registry.sendToAgents(suggestions.conversation(), SuggestionFrames.of(suggestions));
        publish(new NodeMessage.Suggested(suggestions.conversation()));
    }

    void erased(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationErased erased) {
        inbox.erased(erased.conversation());
        publish(new NodeMessage.Erased(erased.conversation()));
    }

    private void changed(UUID conversation) {
        inbox.changed(conversation);
        publish(new NodeMessage.InboxChanged(conversation));
    }

    /** The inbox shows which customers are blocked. */
    void blockingChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) CustomerBlocking changed) {
        inEachConversation(changed.customer(), this::changed);
    }

    void customerChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) CustomerChanged changed) {
        inEachConversation(changed.customer(), conversation -> {
            registry.sendCustomerChanged(conversation);
            publish(new NodeMessage.CustomerChanged(conversation));
            if (changed.inLists()) {
                changed(conversation);
            }
        });
    }

    private void inEachConversation(UUID customer, Consumer<UUID> act) {
        executor.execute(() -> {
            try {
                conversations.allOfCustomer(customer).forEach(conversation -> act.accept(conversation.id()));
            } catch (RuntimeException failure) {
                // Consoles get it when they next load the list, or open the conversation.
                ProblemMappers.logged(failure);
            }
        });
    }

    /** It was read, or whatever else changes its line and nothing in it. */
    void lineChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) InboxLineChanged changed) {
        changed(changed.conversation());
    }

    void labelsChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) LabelsChanged changed) {
        registry.sendToAllAgents(new AgentFrame.LabelsChanged());
        publish(new NodeMessage.LabelsChanged());
    }

    void customerTyping(UUID conversation, String name, boolean active) {
        registry.sendCustomerTyping(conversation, name, active);
        publish(new NodeMessage.Typing(conversation, AuthorKind.CUSTOMER, null, name, active));
    }

    void agentTyping(UUID conversation, UUID agent, String name, boolean active) {
        registry.sendAgentTyping(conversation, agent, name, active);
        publish(new NodeMessage.Typing(conversation, AuthorKind.AGENT, agent, name, active));
    }

    /** Publishes the changes of presence, message counts and inbox since the last call. */
    void publishChanges() {
        presence.publishChanges().forEach(this::publish);
        volume.takeUnpublished().forEach(this::publish);
        inbox.publish();
    }

    /** Sends a message to the other nodes, if there are any. */
    void publish(NodeMessage message) {
        if (presence.hasOtherNodes()) {
            channel.publish(message);
        }
    }
}
