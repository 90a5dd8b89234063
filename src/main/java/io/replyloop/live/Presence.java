package io.replyloop.live;

import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.live.cluster.NodeMessage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which customers and agents are online, on this node and, as far as they have reported, on the other nodes. Changes
 * are collected and published a moment later, so that reloading a page causes no traffic.
 */
@Singleton
class Presence {
    private static final int MAX_VIEWERS = 20;

    private final ConnectionRegistry registry;
    private final Map<String, OtherNode> otherNodes = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private volatile boolean agentsOnlinePublished;

    Presence(ConnectionRegistry registry) {
        this.registry = registry;
    }

    private static final class OtherNode {
        private final Map<UUID, NodeMessage.Present> conversations = new ConcurrentHashMap<>();
        private volatile boolean agentsOnline;
        private volatile long lastReceivedAt = System.nanoTime();
    }

    boolean agentsOnline() {
        return registry.hasAgents() || otherNodes.values().stream().anyMatch(node -> node.agentsOnline);
    }

    boolean customerOnline(UUID conversation) {
        return registry.hasCustomerSubscribers(conversation)
                || onOtherNodes(conversation).stream().anyMatch(NodeMessage.Present::customerOnline);
    }

    List<Person> viewers(UUID conversation) {
        Set<Person> viewers = new LinkedHashSet<>(registry.viewersOf(conversation));
        onOtherNodes(conversation).forEach(present -> viewers.addAll(present.viewers()));
        return viewers.stream().limit(MAX_VIEWERS).toList();
    }

    /** Who is online in this conversation may have changed. */
    void changed(UUID conversation) {
        changed.add(conversation);
    }

    /** Sends the changes to the connections of this node; returns the messages for the other nodes. */
    List<NodeMessage.Present> publishChanges() {
        boolean agentsOnline = agentsOnline();
        if (agentsOnline != agentsOnlinePublished) {
            agentsOnlinePublished = agentsOnline;
            registry.sendToAllCustomers(new CustomerFrame.Presence(agentsOnline));
        }
        List<NodeMessage.Present> messages = new ArrayList<>();
        for (UUID conversation : Set.copyOf(changed)) {
            changed.remove(conversation);
            notifyAgents(conversation);
            messages.add(ofThisNode(conversation));
        }
        return messages;
    }

    /** The presence on this node, for a node that has just started. */
    List<NodeMessage.Present> ofThisNode() {
        return registry.subscribedConversations().stream().map(this::ofThisNode).toList();
    }

    boolean hasOtherNodes() {
        return !otherNodes.isEmpty();
    }

    /** Records that the node is alive; returns true if it was unknown. */
    boolean updateNode(String node, boolean agentsOnline) {
        boolean isNew = !otherNodes.containsKey(node);
        OtherNode other = otherNodes.computeIfAbsent(node, id -> new OtherNode());
        other.lastReceivedAt = System.nanoTime();
        other.agentsOnline = agentsOnline;
        return isNew;
    }

    void update(String node, NodeMessage.Present present) {
        OtherNode other = otherNodes.computeIfAbsent(node, id -> new OtherNode());
        other.lastReceivedAt = System.nanoTime();
        if (present.customerOnline() || !present.viewers().isEmpty()) {
            other.conversations.put(present.conversation(), present);
        } else {
            other.conversations.remove(present.conversation());
        }
        notifyAgents(present.conversation());
    }

    void removeNode(String node) {
        OtherNode other = otherNodes.remove(node);
        if (other != null) {
            new HashSet<>(other.conversations.keySet()).forEach(this::notifyAgents);
        }
    }

    void removeSilentNodes(Duration timeout) {
        long now = System.nanoTime();
        otherNodes.forEach((node, other) -> {
            if (now - other.lastReceivedAt > timeout.toNanos()) {
                removeNode(node);
            }
        });
    }

    private NodeMessage.Present ofThisNode(UUID conversation) {
        List<Person> viewers =
                registry.viewersOf(conversation).stream().limit(MAX_VIEWERS).toList();
        return new NodeMessage.Present(conversation, registry.hasCustomerSubscribers(conversation), viewers);
    }

    private List<NodeMessage.Present> onOtherNodes(UUID conversation) {
        List<NodeMessage.Present> found = new ArrayList<>(0);
        for (OtherNode other : otherNodes.values()) {
            NodeMessage.Present present = other.conversations.get(conversation);
            if (present != null) {
                found.add(present);
            }
        }
        return found;
    }

    private void notifyAgents(UUID conversation) {
        if (registry.hasAgentSubscribers(conversation)) {
            registry.sendToAgents(
                    conversation,
                    new AgentFrame.Presence(conversation, customerOnline(conversation), viewers(conversation)));
        }
    }
}
