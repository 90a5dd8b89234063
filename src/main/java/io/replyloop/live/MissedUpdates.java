package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.Ratings;
import io.replyloop.draft.DraftService;
import io.replyloop.draft.DraftView;
import io.replyloop.frames.AgentFrame;
import io.replyloop.live.cluster.NodeMessage;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.suggestion.SuggestionService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Reads from the database what other nodes have stored, whether they have announced it or the message was lost. */
@Singleton
class MissedUpdates {
    private static final int BATCH = 500;
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    private final ConnectionRegistry registry;
    private final InboxUpdates inbox;
    private final ConversationService conversations;
    private final SuggestionService suggestions;
    private final Ratings ratings;
    private final DraftService drafts;
    private final Executor executor;

    MissedUpdates(
            ConnectionRegistry registry,
            InboxUpdates inbox,
            ConversationService conversations,
            SuggestionService suggestions,
            Ratings ratings,
            DraftService drafts,
            @VirtualThreads Executor executor) {
        this.registry = registry;
        this.inbox = inbox;
        this.conversations = conversations;
        this.suggestions = suggestions;
        this.ratings = ratings;
        this.drafts = drafts;
        this.executor = executor;
    }

    void fetchEvent(NodeMessage.Advanced advanced) {
        run(() -> {
            boolean subscribed = registry.hasSubscribers(advanced.conversation());
            boolean connected = advanced.customer() != null && registry.isConnected(advanced.customer());
            if (!subscribed && !connected) {
                inbox.changed(advanced.conversation());
                return;
            }
            // If this fails, the next comparison finds the event.
            conversations
                    .eventsAfter(advanced.conversation(), advanced.sequence() - 1, 1)
                    .forEach(event -> {
                        registry.deliver(event);
                        inbox.changed(event.conversation());
                    });
        });
    }

    /** If this fails, agents get the suggestions when they next open the conversation. */
    void fetchSuggestions(NodeMessage.Suggested suggested) {
        run(() -> {
            if (registry.hasAgentSubscribers(suggested.conversation())) {
                suggestions
                        .latest(suggested.conversation())
                        .ifPresent(found -> registry.sendToAgents(found.conversation(), SuggestionFrames.of(found)));
            }
        });
    }

    /** If this fails, both sides get it when they next open the conversation. */
    void fetchRating(NodeMessage.Rated rated) {
        run(() -> {
            if (registry.hasSubscribers(rated.conversation())) {
                ratings.newest(rated.conversation()).ifPresent(registry::sendRating);
            }
        });
    }

    /** If this fails, the agent's console gets it when it next opens the conversation. */
    void fetchDraft(NodeMessage.Drafted drafted) {
        run(() -> {
            if (registry.isOnline(drafted.agent())) {
                DraftView draft =
                        drafts.find(drafted.agent(), drafted.conversation()).orElse(null);
                long revision = draft == null ? drafted.revision() : draft.revision();
                registry.sendToAgent(drafted.agent(), new AgentFrame.Draft(drafted.conversation(), revision, draft));
            }
        });
    }

    /** Compares every conversation that has subscribers with the database. */
    void compareSubscriptions() {
        run(() -> {
            List<UUID> all = new ArrayList<>(registry.subscribedConversations());
            for (int from = 0; from < all.size(); from += BATCH) {
                conversations
                        .numbers(all.subList(from, Math.min(all.size(), from + BATCH)))
                        .forEach(numbers -> registry.catchUpTo(
                                numbers.conversation(), numbers.lastSequence(), numbers.lastPublicSequence()));
            }
        });
    }

    /**
     * Adds to the inbox everything that has changed since then. If this fails, consoles get it when they next connect.
     */
    void catchUpInbox(Instant since) {
        run(() -> inbox.catchUp(since.minus(MAX_CLOCK_SKEW)));
    }

    private void run(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                ProblemMappers.logged(failure);
            }
        });
    }
}
