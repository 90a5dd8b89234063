package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ReplyTimes;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.platform.ProblemMappers;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells customers who wait for an agent where they stand, every few seconds and only what is new to their page. The queue is
 * read in one statement for all of them, and nothing is stored. No event is awaited: when one conversation is taken, all
 * behind it move up, which would be a frame to each of them for each that is taken.
 */
@Singleton
final class QueueUpdates {
    /** Who stands behind so many is told nothing: it would be no comfort. */
    private static final int SHOWN = 100;

    private final ConnectionRegistry registry;
    private final Presence presence;
    private final ConversationService conversations;
    private final ReplyTimes times;
    private final Executor executor;
    private final AtomicBoolean publishing = new AtomicBoolean();

    QueueUpdates(
            ConnectionRegistry registry,
            Presence presence,
            ConversationService conversations,
            ReplyTimes times,
            @VirtualThreads Executor executor) {
        this.registry = registry;
        this.presence = presence;
        this.conversations = conversations;
        this.times = times;
        this.executor = executor;
    }

    /** Called periodically; a call that comes while the last one waits for the database does nothing. */
    void publish() {
        if (publishing.compareAndSet(false, true)) {
            executor.execute(this::publishAll);
        }
    }

    private void publishAll() {
        try {
            Collection<CustomerConnection> pages = registry.customers();
            if (pages.isEmpty()) {
                return;
            }
            // While nobody is there, nobody moves up.
            List<UUID> queue = presence.agentsOnline() ? conversations.queue(SHOWN) : List.of();
            Integer wait = queue.isEmpty() ? null : times.recentSeconds().orElse(null);
            Map<UUID, CustomerFrame.Queue> places = new HashMap<>();
            for (UUID conversation : queue) {
                places.put(conversation, new CustomerFrame.Queue(places.size() + 1, wait));
            }
            for (CustomerConnection page : pages) {
                page.subscription()
                        .ifPresent(to ->
                                page.show(places.getOrDefault(to.conversation(), CustomerFrame.Queue.NOT_WAITING)));
            }
        } catch (RuntimeException failure) {
            // The next call tries again.
            ProblemMappers.logged(failure);
        } finally {
            publishing.set(false);
        }
    }
}
