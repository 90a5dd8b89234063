package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.frames.AgentFrame;
import io.replyloop.platform.ProblemMappers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the conversations and counts in all agents' inboxes up to date. The changes of a short interval are read
 * together and sent once. A change waits for the next interval at most, however many more follow it.
 */
@Singleton
final class InboxUpdates {
    private static final int BATCH = 200;
    private static final int MAX_MISSED = 10_000;

    // A message of another node that is lost for good would otherwise leave the counts wrong forever.
    private static final long RECOUNT_NANOS = Duration.ofMinutes(5).toNanos();

    private final ConnectionRegistry registry;
    private final ConversationService conversations;
    private final Executor executor;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean publishing = new AtomicBoolean();
    private final AtomicBoolean countsRequested = new AtomicBoolean();
    private final InboxCounts counts = new InboxCounts();
    private volatile boolean stale = true;
    private volatile long countedAt;

    InboxUpdates(ConnectionRegistry registry, ConversationService conversations, @VirtualThreads Executor executor) {
        this.registry = registry;
        this.conversations = conversations;
        this.executor = executor;
    }

    void changed(UUID conversation) {
        if (registry.hasAgents()) {
            changed.add(conversation);
        } else {
            stale = true;
        }
    }

    /** A conversation is gone: it leaves every inbox, and the counts are taken anew. */
    void erased(UUID conversation) {
        changed.remove(conversation);
        stale = true;
        countsRequested.set(true);
        registry.sendToAllAgents(new AgentFrame.Erased(conversation));
    }

    /** An agent has connected and needs the counts. */
    void agentConnected() {
        if (registry.agents().size() == 1) {
            // The counts have not been kept up to date without agents; counting again costs one statement.
            stale = true;
        }
        countsRequested.set(true);
        publish();
    }

    /**
     * Adds everything that has changed since then, because messages of other nodes may have been missed. May wait for
     * the database.
     */
    void catchUp(Instant since) {
        stale = true;
        if (registry.hasAgents()) {
            changed.addAll(conversations.changedSince(since, MAX_MISSED));
        }
    }

    /** Called periodically; does nothing if nothing has changed. */
    void publish() {
        boolean due = countsRequested.get() || !changed.isEmpty() || (isCountDue() && registry.hasAgents());
        if (due && publishing.compareAndSet(false, true)) {
            executor.execute(this::publishAll);
        }
    }

    private void publishAll() {
        try {
            countsRequested.set(false);
            if (isCountDue()) {
                count();
            }
            List<UUID> all = List.copyOf(changed);
            for (int from = 0; from < all.size(); from += BATCH) {
                publishBatch(all.subList(from, Math.min(all.size(), from + BATCH)));
            }
            if (stale) {
                // The census may not have included what was sent just now.
                count();
            }
            sendCounts();
        } catch (RuntimeException failure) {
            // The next call tries again.
            countsRequested.set(true);
            ProblemMappers.logged(failure);
        } finally {
            publishing.set(false);
        }
    }

    private void publishBatch(List<UUID> batch) {
        // Before they are read, so that a later change is sent again.
        batch.forEach(changed::remove);
        List<ConversationSummary> summaries;
        try {
            summaries = conversations.summaries(batch);
        } catch (RuntimeException failure) {
            changed.addAll(batch);
            throw failure;
        }
        for (ConversationSummary summary : summaries) {
            if (!counts.update(summary)) {
                stale = true;
            }
            registry.sendToAllAgents(new AgentFrame.InboxLine(summary));
        }
    }

    private void sendCounts() {
        for (AgentConnection connection : new ArrayList<>(registry.agents())) {
            ConversationCounts latest = counts.of(connection.agent().id());
            if (connection.updateCounts(latest)) {
                connection.send(AgentFrame.Counts.of(latest));
            }
        }
    }

    private boolean isCountDue() {
        return stale || System.nanoTime() - countedAt > RECOUNT_NANOS;
    }

    private void count() {
        stale = false;
        try {
            counts.reset(conversations.census());
            countedAt = System.nanoTime();
        } catch (RuntimeException failure) {
            stale = true;
            throw failure;
        }
    }
}
