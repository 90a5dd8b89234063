package io.replyloop.live;

import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.live.cluster.NodeMessage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is there, on this node and, as far as they have said, on the others. Changes are gathered and told a moment later,
 * so that a page that merely reloads makes no noise.
 */
@Singleton
class Presence {
    private static final int MOST_VIEWERS = 20;

    private final ConnectionRegistry switchboard;
    private final Map<String, OtherNode> others = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private volatile boolean agentsOnlineTold;

    Presence(ConnectionRegistry switchboard) {
        this.switchboard = switchboard;
    }

    private static final class OtherNode {
        private final Map<UUID, NodeMessage.Present> conversations = new ConcurrentHashMap<>();
        private volatile boolean agentsOnline;
        private volatile long heardAt = System.nanoTime();
    }

    boolean agentsOnline() {
        return switchboard.hasAgents() || others.values().stream().anyMatch(node -> node.agentsOnline);
    }

    boolean customerOnline(UUID conversation) {
        return switchboard.hasCustomerOf(conversation)
                || elsewhere(conversation).stream().anyMatch(NodeMessage.Present::customerOnline);
    }

    List<Person> viewers(UUID conversation) {
        Set<Person> viewers = new LinkedHashSet<>(switchboard.viewersOf(conversation));
        elsewhere(conversation).forEach(present -> viewers.addAll(present.viewers()));
        return viewers.stream().limit(MOST_VIEWERS).toList();
    }

    /** Somebody came to the conversation or left it. */
    void changed(UUID conversation) {
        changed.add(conversation);
    }

    /** Tells this node's connections what has changed; returns what the other nodes should hear. */
    List<NodeMessage.Present> tell() {
        boolean agentsOnline = agentsOnline();
        if (agentsOnline != agentsOnlineTold) {
            agentsOnlineTold = agentsOnline;
            switchboard.sendToAllCustomers(new CustomerFrame.Presence(agentsOnline));
        }
        List<NodeMessage.Present> told = new ArrayList<>();
        for (UUID conversation : Set.copyOf(changed)) {
            changed.remove(conversation);
            tellAgents(conversation);
            told.add(here(conversation));
        }
        return told;
    }

    /** What this node has to say to one that has just started. */
    List<NodeMessage.Present> everything() {
        return switchboard.followed().stream().map(this::here).toList();
    }

    boolean hasOthers() {
        return !others.isEmpty();
    }

    /** True when that node was unknown. */
    boolean heard(String node, boolean agentsOnline) {
        boolean isNew = !others.containsKey(node);
        OtherNode other = others.computeIfAbsent(node, id -> new OtherNode());
        other.heardAt = System.nanoTime();
        other.agentsOnline = agentsOnline;
        return isNew;
    }

    void heard(String node, NodeMessage.Present present) {
        OtherNode other = others.computeIfAbsent(node, id -> new OtherNode());
        other.heardAt = System.nanoTime();
        if (present.customerOnline() || !present.viewers().isEmpty()) {
            other.conversations.put(present.conversation(), present);
        } else {
            other.conversations.remove(present.conversation());
        }
        tellAgents(present.conversation());
    }

    void gone(String node) {
        OtherNode other = others.remove(node);
        if (other != null) {
            new HashSet<>(other.conversations.keySet()).forEach(this::tellAgents);
        }
    }

    /** Forgets nodes that have not been heard for so long. */
    void forgetSilent(long nanos) {
        long now = System.nanoTime();
        others.forEach((node, other) -> {
            if (now - other.heardAt > nanos) {
                gone(node);
            }
        });
    }

    private NodeMessage.Present here(UUID conversation) {
        List<Person> viewers =
                switchboard.viewersOf(conversation).stream().limit(MOST_VIEWERS).toList();
        return new NodeMessage.Present(conversation, switchboard.hasCustomerOf(conversation), viewers);
    }

    private List<NodeMessage.Present> elsewhere(UUID conversation) {
        List<NodeMessage.Present> found = new ArrayList<>(0);
        for (OtherNode other : others.values()) {
            NodeMessage.Present present = other.conversations.get(conversation);
            if (present != null) {
                found.add(present);
            }
        }
        return found;
    }

    private void tellAgents(UUID conversation) {
        if (switchboard.hasAgentsOf(conversation)) {
            switchboard.sendToAgentsOf(
                    conversation,
                    new AgentFrame.Presence(conversation, customerOnline(conversation), viewers(conversation)));
        }
    }
}
