package io.replyloop.live;

import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.InboxCensus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts the inbox of each agent: all conversations once, in a census, and then only those that change, by the
 * difference to their previous state. The previous state is known for conversations that were open or spam at the census
 * or have changed since; any other conversation was resolved at that time or did not exist.
 */
final class InboxCounts {
    /** A conversation is created at the start of its transaction, and visible only after the commit. */
    private static final Duration MAX_TRANSACTION = Duration.ofMinutes(1);

    private static final UUID NOBODY = new UUID(0, 0);

    private enum Place {
        OPEN,
        SNOOZED,
        RESOLVED,
        SPAM
    }

    private record State(Place place, UUID assignee, boolean waiting) {
        private static final State SNOOZED = new State(Place.SNOOZED, NOBODY, false);
        private static final State RESOLVED = new State(Place.RESOLVED, NOBODY, false);
        private static final State SPAM = new State(Place.SPAM, NOBODY, false);

        static State of(ConversationSummary summary) {
            if (summary.isSpam()) {
                return SPAM;
            }
            if (summary.status() == ConversationStatus.RESOLVED) {
                return RESOLVED;
            }
            UUID assignee =
                    summary.assignee() == null ? null : summary.assignee().id();
            return summary.isSnoozed() ? SNOOZED : open(assignee, summary.waitingSince() != null);
        }

        static State of(InboxCensus.Unresolved each) {
            if (each.spam()) {
                return SPAM;
            }
            return each.snoozed() ? SNOOZED : open(each.assignee(), each.waiting());
        }

        private static State open(UUID assignee, boolean waiting) {
            return new State(Place.OPEN, assignee == null ? NOBODY : assignee, waiting);
        }
    }

    private static final class AgentCounts {
        private long open;
        private long waiting;
        private long mentioned;
    }

    // Guarded by this.
    private final Map<UUID, State> states = new HashMap<>();
    private final Map<UUID, AgentCounts> byAgent = new HashMap<>();
    private Instant takenAt = Instant.MAX;
    private long open;
    private long snoozed;
    private long resolved;
    private long spam;

    /** Agents whom a note names and who have not seen it, by conversation. */
    private final Map<UUID, List<UUID>> mentions = new HashMap<>();

    synchronized void reset(InboxCensus census) {
        states.clear();
        byAgent.clear();
        takenAt = census.takenAt();
        open = 0;
        snoozed = 0;
        spam = 0;
        resolved = census.resolved();
        mentions.clear();
        census.mentions().forEach(each -> mentioned(each.conversation(), each.unread()));
        for (InboxCensus.Unresolved each : census.unresolved()) {
            State state = State.of(each);
            states.put(each.conversation(), state);
            add(state, 1);
        }
    }

    /**
     * Counts a conversation in its current state; repeating this changes nothing.
     *
     * @return false if the census may or may not have counted the conversation, so that another census is needed
     */
    synchronized boolean update(ConversationSummary summary) {
        mentioned(summary.id(), summary.isSpam() ? List.of() : summary.mentionUnread());
        State now = State.of(summary);
        State before = states.put(summary.id(), now);
        boolean isSure = true;
        if (before != null) {
            add(before, -1);
        } else if (!summary.createdAt().isAfter(takenAt)) {
            add(State.RESOLVED, -1);
            isSure = summary.createdAt().isBefore(takenAt.minus(MAX_TRANSACTION));
        }
        add(now, 1);
        return isSure;
    }

    synchronized ConversationCounts of(UUID agent) {
        AgentCounts mine = byAgent.getOrDefault(agent, new AgentCounts());
        AgentCounts unassigned = byAgent.getOrDefault(NOBODY, new AgentCounts());
        return new ConversationCounts(
                mine.open,
                unassigned.open,
                open,
                resolved,
                mine.waiting + unassigned.waiting,
                snoozed,
                spam,
                mine.mentioned);
    }

    private void mentioned(UUID conversation, List<UUID> unread) {
        List<UUID> before = unread.isEmpty() ? mentions.remove(conversation) : mentions.put(conversation, unread);
        if (before != null) {
            before.forEach(agent -> counted(agent).mentioned--);
        }
        unread.forEach(agent -> counted(agent).mentioned++);
    }

    private void add(State state, int difference) {
        switch (state.place()) {
            case SNOOZED -> snoozed += difference;
            case RESOLVED -> resolved += difference;
            case SPAM -> spam += difference;
            case OPEN -> {
                open += difference;
                AgentCounts counts = counted(state.assignee());
                counts.open += difference;
                counts.waiting += state.waiting() ? difference : 0;
            }
        }
    }

    private AgentCounts counted(UUID agent) {
        return byAgent.computeIfAbsent(agent, id -> new AgentCounts());
    }
}
