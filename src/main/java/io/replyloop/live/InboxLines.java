package io.replyloop.live;

import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.frames.AgentFrame;
import io.replyloop.platform.ProblemMappers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the inboxes of all agents current: what changed within a moment is read together and told to each once. */
final class InboxLines {
    private static final int BATCH = 200;

    private final Switchboard switchboard;
    private final ConversationService conversations;
    private final Executor executor;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean telling = new AtomicBoolean();

    InboxLines(Switchboard switchboard, ConversationService conversations, Executor executor) {
        this.switchboard = switchboard;
        this.conversations = conversations;
        this.executor = executor;
    }

    void changed(UUID conversation) {
        if (switchboard.hasAgents()) {
            changed.add(conversation);
        }
    }

    /** Called every moment; does nothing when nothing has changed. */
    void tell() {
        if (!changed.isEmpty() && telling.compareAndSet(false, true)) {
            executor.execute(this::tellBatch);
        }
    }

    private void tellBatch() {
        List<UUID> batch = new ArrayList<>();
        try {
            for (UUID conversation : changed) {
                if (batch.size() < BATCH && changed.remove(conversation)) {
                    batch.add(conversation);
                }
            }
            for (ConversationSnapshot snapshot : conversations.snapshots(batch)) {
                switchboard.sendToAllAgents(new AgentFrame.InboxLine(snapshot.summary()));
            }
        } catch (RuntimeException failure) {
            changed.addAll(batch);
            ProblemMappers.logged(failure);
        } finally {
            telling.set(false);
        }
    }
}
