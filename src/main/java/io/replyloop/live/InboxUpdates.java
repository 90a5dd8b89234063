package io.replyloop.live;

import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.frames.AgentFrame;
import io.replyloop.platform.ProblemMappers;
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
 * Keeps the inboxes of all agents current, lines and counts: what changed within a moment is read together and told to
 * each once. A change waits for the next moment and for nothing else, however much happens meanwhile.
 */
final class InboxUpdates {
    private static final int BATCH = 200;
    private static final int MOST_MISSED = 10_000;

    // A word of another node that is lost for good would leave the counts wrong for ever.
    private static final long COUNT_AGAIN_NANOS = Duration.ofMinutes(5).toNanos();

    private final ConnectionRegistry switchboard;
    private final ConversationService conversations;
    private final Executor executor;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicBoolean arrived = new AtomicBoolean();
    private final InboxCounts counts = new InboxCounts();
    private volatile boolean stale = true;
    private volatile long countedAt;

    InboxUpdates(ConnectionRegistry switchboard, ConversationService conversations, Executor executor) {
        this.switchboard = switchboard;
        this.conversations = conversations;
        this.executor = executor;
    }

    void changed(UUID conversation) {
        if (switchboard.hasAgents()) {
            changed.add(conversation);
        } else {
            stale = true;
        }
    }

    /** An agent has come, who does not know the counts. */
    void arrived() {
        if (switchboard.agents().size() == 1) {
            // Nobody has looked at the counts for a while; it costs one statement to be sure.
            stale = true;
        }
        arrived.set(true);
        tell();
    }

    /** Finds what other nodes may have said since then while nobody listened. May wait for the database. */
    void catchUp(Instant since) {
        stale = true;
        if (switchboard.hasAgents()) {
            changed.addAll(conversations.changedSince(since, MOST_MISSED));
        }
    }

    /** Called every moment; does nothing when nothing has changed. */
    void tell() {
        boolean due = arrived.get() || !changed.isEmpty() || (mustCount() && switchboard.hasAgents());
        if (due && telling.compareAndSet(false, true)) {
            executor.execute(this::tellAll);
        }
    }

    private void tellAll() {
        try {
            arrived.set(false);
            if (mustCount()) {
                count();
            }
            List<UUID> all = List.copyOf(changed);
            for (int from = 0; from < all.size(); from += BATCH) {
                tellBatch(all.subList(from, Math.min(all.size(), from + BATCH)));
            }
            if (stale) {
                // What has been told just now was not certain to be in the census.
                count();
            }
            tellCounts();
        } catch (RuntimeException failure) {
            // The next moment tries again.
            arrived.set(true);
            ProblemMappers.logged(failure);
        } finally {
            telling.set(false);
        }
    }

    private void tellBatch(List<UUID> batch) {
        // Before they are read: what happens from here on is told once more.
        batch.forEach(changed::remove);
        List<ConversationSummary> summaries;
        try {
            summaries = conversations.summaries(batch);
        } catch (RuntimeException failure) {
            changed.addAll(batch);
            throw failure;
        }
        for (ConversationSummary summary : summaries) {
            if (!counts.moved(summary)) {
                stale = true;
            }
            switchboard.sendToAllAgents(new AgentFrame.InboxLine(summary));
        }
    }

    private void tellCounts() {
        for (AgentConnection session : new ArrayList<>(switchboard.agents())) {
            ConversationCounts now = counts.of(session.agent().id());
            if (session.learns(now)) {
                session.send(AgentFrame.Counts.of(now));
            }
        }
    }

    private boolean mustCount() {
        return stale || System.nanoTime() - countedAt > COUNT_AGAIN_NANOS;
    }

    private void count() {
        stale = false;
        try {
            counts.begin(conversations.census());
            countedAt = System.nanoTime();
        } catch (RuntimeException failure) {
            stale = true;
            throw failure;
        }
    }
}
