package io.replyloop.live;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.frames.AgentFrame;
import io.replyloop.live.cluster.NodeChannel;
import io.replyloop.live.cluster.NodeMessage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** This node as a member of the cluster: sends its heartbeat and handles the messages of other nodes. */
@Singleton
class ClusterListener implements NodeChannel.Listener {
    private final NodeChannel channel;
    private final ConnectionRegistry registry;
    private final Presence presence;
    private final InboxUpdates inbox;
    private final MessageVolume volume;
    private final AccessRevocation revocation;
    private final MissedUpdates missed;
    private final Map<Class<? extends NodeMessage>, BiConsumer<String, NodeMessage>> handlers = new HashMap<>();
    private volatile Instant lastReceivedAt = Instant.now();

    ClusterListener(
            NodeChannel channel,
            ConnectionRegistry registry,
            Presence presence,
            InboxUpdates inbox,
            MessageVolume volume,
            AccessRevocation revocation,
            MissedUpdates missed) {
        this.channel = channel;
        this.registry = registry;
        this.presence = presence;
        this.inbox = inbox;
        this.volume = volume;
        this.revocation = revocation;
        this.missed = missed;
        registerHandlers();
    }

    private void registerHandlers() {
        onFromNode(NodeMessage.Heartbeat.class, this::heartbeat);
        onFromNode(NodeMessage.Stopped.class, (node, stopped) -> presence.removeNode(node));
        onFromNode(NodeMessage.Present.class, (node, present) -> presence.update(node, present));
        on(NodeMessage.Advanced.class, advanced -> missed.fetchEvent(advanced));
        on(NodeMessage.Suggested.class, suggested -> missed.fetchSuggestions(suggested));
        on(NodeMessage.ReadMarks.class, marks -> registry.sendReadMarks(marks.moved()));
        on(NodeMessage.Rated.class, rated -> missed.fetchRating(rated));
        on(NodeMessage.Drafted.class, drafted -> missed.fetchDraft(drafted));
        on(NodeMessage.Typing.class, this::typing);
        on(NodeMessage.InboxChanged.class, changed -> inbox.changed(changed.conversation()));
        on(NodeMessage.LabelsChanged.class, changed -> registry.sendToAllAgents(new AgentFrame.LabelsChanged()));
        on(NodeMessage.CustomerChanged.class, changed -> registry.sendCustomerChanged(changed.conversation()));
        on(NodeMessage.Erased.class, erased -> inbox.erased(erased.conversation()));
        on(NodeMessage.Written.class, written -> volume.addFromOtherNode(written, System.nanoTime()));
        on(NodeMessage.Revoked.class, revoked -> revocation.closeAccount(revoked.account()));
        on(NodeMessage.SignedOut.class, signedOut -> revocation.closeSession(signedOut.session()));
        on(
                NodeMessage.CustomersRevoked.class,
                revoked -> revocation.checkCustomers(revoked.site(), revoked.customer()));
    }

    private <M extends NodeMessage> void on(Class<M> type, Consumer<M> handler) {
        onFromNode(type, (node, message) -> handler.accept(message));
    }

    private <M extends NodeMessage> void onFromNode(Class<M> type, BiConsumer<String, M> handler) {
        handlers.put(type, (node, message) -> handler.accept(node, type.cast(message)));
    }

    Set<Class<? extends NodeMessage>> handledTypes() {
        return handlers.keySet();
    }

    /** @param nodeTimeout how long a node may be silent before it is considered stopped */
    void start(Duration nodeTimeout) {
        channel.start(this, nodeTimeout);
    }

    void stop() {
        channel.publishNow(new NodeMessage.Stopped());
        channel.stop();
    }

    /** Tells the other nodes that this one is alive, and checks whether any of their messages were missed. */
    void heartbeat(Duration nodeTimeout) {
        publishHeartbeat();
        if (presence.hasOtherNodes()) {
            missed.compareSubscriptions();
        }
        presence.removeSilentNodes(nodeTimeout);
    }

    @Override
    public void listening() {
        Instant since = lastReceivedAt;
        lastReceivedAt = Instant.now();
        publishHeartbeat();
        missed.compareSubscriptions();
        missed.catchUpInbox(since);
        revocation.checkAllCustomers();
    }

    @Override
    public void received(String node, NodeMessage message) {
        lastReceivedAt = Instant.now();
        handlers.get(message.getClass()).accept(node, message);
    }

    private void heartbeat(String node, NodeMessage.Heartbeat heartbeat) {
        if (presence.updateNode(node, heartbeat.agentsOnline())) {
            // A new node may not know this one either.
            publishHeartbeat();
            presence.ofThisNode().forEach(channel::publish);
        }
    }

    private void typing(NodeMessage.Typing typing) {
        if (typing.by() == AuthorKind.CUSTOMER) {
            registry.sendCustomerTyping(typing.conversation(), typing.name(), typing.active());
        } else {
            registry.sendAgentTyping(typing.conversation(), typing.agent(), typing.name(), typing.active());
        }
    }

    private void publishHeartbeat() {
        channel.publish(new NodeMessage.Heartbeat(registry.hasAgents()));
    }
}
