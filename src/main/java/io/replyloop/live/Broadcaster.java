package io.replyloop.live;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.CustomersRevoked;
import io.replyloop.live.cluster.NodeChannel;
import io.replyloop.live.cluster.NodeMessage;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.signin.Sessions;
import io.replyloop.suggestion.SuggestionService;
import io.replyloop.suggestion.SuggestionsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Passes on what happens: to the connections of this node, and to the other nodes for theirs. */
final class Broadcaster implements NodeChannel.Listener {
    private static final int CHECKED_AT_ONCE = 500;
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);

    private final ConversationService conversations;
    private final SuggestionService suggestions;
    private final Sessions signIns;
    private final CustomerAccess access;
    private final MessageVolume volume;
    private final ConnectionRegistry switchboard;
    private final Presence presence;
    private final InboxUpdates inbox;
    private final NodeChannel nodes;
    private final Executor executor;
    private volatile Instant heardAt = Instant.now();

    Broadcaster(
            ConversationService conversations,
            SuggestionService suggestions,
            Sessions signIns,
            CustomerAccess access,
            MessageVolume volume,
            ConnectionRegistry switchboard,
            Presence presence,
            InboxUpdates inbox,
            NodeChannel nodes,
            Executor executor) {
        this.conversations = conversations;
        this.suggestions = suggestions;
        this.signIns = signIns;
        this.access = access;
        this.volume = volume;
        this.switchboard = switchboard;
        this.presence = presence;
        this.inbox = inbox;
        this.nodes = nodes;
        this.executor = executor;
    }

    void advanced(ConversationEventView event) {
        deliver(event);
        UUID customer = event.sequence() == 1 ? event.author().id() : null;
        tellOthers(new NodeMessage.Advanced(event.conversation(), event.sequence(), customer));
    }

    void marksMoved(MarksMoved marks) {
        switchboard.marksMoved(marks);
        tellOthers(new NodeMessage.Marks(marks));
    }

    void agentArrived() {
        inbox.arrived();
    }

    void customerTyping(UUID conversation, String name, boolean active) {
        switchboard.customerTyping(conversation, name, active);
        tellOthers(new NodeMessage.Typing(conversation, AuthorKind.CUSTOMER, null, name, active));
    }

    void agentTyping(UUID conversation, UUID agent, String name, boolean active) {
        switchboard.agentTyping(conversation, agent, name, active);
        tellOthers(new NodeMessage.Typing(conversation, AuthorKind.AGENT, agent, name, active));
    }

    void suggested(SuggestionsView suggestions) {
        switchboard.sendToAgentsOf(suggestions.conversation(), SuggestionFrames.of(suggestions));
        tellOthers(new NodeMessage.Suggested(suggestions.conversation()));
    }

    void revoked(UUID account) {
        endSessionsOf(account);
        tellOthers(new NodeMessage.Revoked(account));
    }

    void signedOut(String signIn) {
        endAgents(session -> session.signIn().equals(signIn));
        tellOthers(new NodeMessage.SignedOut(signIn));
    }

    void customersRevoked(CustomersRevoked revoked) {
        endRevoked(revoked.site(), revoked.customer());
        tellOthers(new NodeMessage.CustomersRevoked(revoked.site(), revoked.customer()));
    }

    /** The inbox says who is blocked. */
    void blockingChanged(UUID customer) {
        executor.execute(() -> {
            try {
                conversations.ofCustomer(customer).ifPresent(conversation -> {
                    inbox.changed(conversation.id());
                    tellOthers(new NodeMessage.Line(conversation.id()));
                });
            } catch (RuntimeException failure) {
                // Consoles have it when they load the list again.
                ProblemMappers.logged(failure);
            }
        });
    }

    /** Ends the connections of those whose session or access has run out, and keeps the sessions of agents who work. */
    void checkSessions() {
        executor.execute(() -> endRevoked(switchboard.customers()));
        if (switchboard.hasAgents()) {
            executor.execute(this::endThoseSignedOut);
        }
    }

    /** Every moment: presence and inbox lines that have changed. */
    void tellChanges() {
        presence.tell().forEach(this::tellOthers);
        volume.tell().forEach(this::tellOthers);
        inbox.tell();
    }

    /** Every heartbeat: says that this node lives, and looks whether anything was missed. */
    void heartbeat() {
        nodes.publish(new NodeMessage.Here(switchboard.hasAgents()));
        if (presence.hasOthers()) {
            executor.execute(this::check);
        }
    }

    @Override
    public void listening() {
        Instant silentSince = heardAt;
        heardAt = Instant.now();
        nodes.publish(new NodeMessage.Here(switchboard.hasAgents()));
        executor.execute(this::check);
        executor.execute(() -> findMissed(silentSince));
        executor.execute(() -> endRevoked(switchboard.customers()));
    }

    @Override
    public void heard(String node, NodeMessage message) {
        heardAt = Instant.now();
        if (message instanceof NodeMessage.Here here) {
            if (presence.heard(node, here.agentsOnline())) {
                // It may not know this node either.
                nodes.publish(new NodeMessage.Here(switchboard.hasAgents()));
                presence.everything().forEach(nodes::publish);
            }
        } else if (message instanceof NodeMessage.Gone) {
            presence.gone(node);
        } else if (message instanceof NodeMessage.Advanced advanced) {
            executor.execute(() -> fetch(advanced));
        } else if (message instanceof NodeMessage.Marks marks) {
            switchboard.marksMoved(marks.moved());
        } else if (message instanceof NodeMessage.Typing typing) {
            if (typing.by() == AuthorKind.CUSTOMER) {
                switchboard.customerTyping(typing.conversation(), typing.name(), typing.active());
            } else {
                switchboard.agentTyping(typing.conversation(), typing.agent(), typing.name(), typing.active());
            }
        } else if (message instanceof NodeMessage.Present present) {
            presence.heard(node, present);
        } else if (message instanceof NodeMessage.Suggested suggested) {
            executor.execute(() -> fetch(suggested));
        } else if (message instanceof NodeMessage.Revoked revoked) {
            endSessionsOf(revoked.account());
        } else if (message instanceof NodeMessage.SignedOut signedOut) {
            endAgents(session -> session.signIn().equals(signedOut.session()));
        } else if (message instanceof NodeMessage.CustomersRevoked revoked) {
            endRevoked(revoked.site(), revoked.customer());
        } else if (message instanceof NodeMessage.Line line) {
            inbox.changed(line.conversation());
        } else if (message instanceof NodeMessage.Written written) {
            volume.writtenElsewhere(written, System.nanoTime());
        }
    }

    private void findMissed(Instant silentSince) {
        try {
            inbox.catchUp(silentSince.minus(CLOCKS_DIFFER_BY));
        } catch (RuntimeException failure) {
            // Consoles have it when they connect again.
            ProblemMappers.logged(failure);
        }
    }

    private void fetch(NodeMessage.Advanced advanced) {
        boolean followed = switchboard.isFollowed(advanced.conversation());
        boolean waitedFor = advanced.customer() != null && switchboard.isWaitedFor(advanced.customer());
        if (!followed && !waitedFor) {
            inbox.changed(advanced.conversation());
            return;
        }
        try {
            conversations
                    .eventsAfter(advanced.conversation(), advanced.sequence() - 1, 1)
                    .forEach(this::deliver);
        } catch (RuntimeException failure) {
            // The next check finds it.
            ProblemMappers.logged(failure);
        }
    }

    private void fetch(NodeMessage.Suggested suggested) {
        if (!switchboard.hasAgentsOf(suggested.conversation())) {
            return;
        }
        try {
            suggestions
                    .latest(suggested.conversation())
                    .ifPresent(found -> switchboard.sendToAgentsOf(found.conversation(), SuggestionFrames.of(found)));
        } catch (RuntimeException failure) {
            // Agents get them when they open the conversation again.
            ProblemMappers.logged(failure);
        }
    }

    private void deliver(ConversationEventView event) {
        switchboard.advanced(event);
        inbox.changed(event.conversation());
    }

    /** Compares every followed conversation with the database. */
    private void check() {
        List<UUID> followed = new ArrayList<>(switchboard.followed());
        try {
            for (int from = 0; from < followed.size(); from += CHECKED_AT_ONCE) {
                List<UUID> some = followed.subList(from, Math.min(followed.size(), from + CHECKED_AT_ONCE));
                conversations
                        .numbers(some)
                        .forEach(numbers -> switchboard.reached(
                                numbers.conversation(), numbers.lastSequence(), numbers.lastPublicSequence()));
            }
        } catch (RuntimeException failure) {
            ProblemMappers.logged(failure);
        }
    }

    private void endThoseSignedOut() {
        Collection<AgentConnection> open = switchboard.agents();
        Set<String> used = open.stream()
                .filter(AgentConnection::wasUsed)
                .map(AgentConnection::signIn)
                .collect(Collectors.toSet());
        Set<String> asked = open.stream().map(AgentConnection::signIn).collect(Collectors.toSet());
        try {
            Set<String> holding = signIns.holding(asked, used);
            endAgents(session -> asked.contains(session.signIn()) && !holding.contains(session.signIn()));
        } catch (RuntimeException failure) {
            // The next check finds them.
            ProblemMappers.logged(failure);
        }
    }

    private void endRevoked(UUID site, UUID customer) {
        List<CustomerConnection> some = switchboard.customers().stream()
                .filter(session -> session.customer().id().equals(customer)
                        || session.customer().siteId().equals(site))
                .toList();
        executor.execute(() -> endRevoked(some));
    }

    private void endRevoked(Collection<CustomerConnection> some) {
        if (some.isEmpty()) {
            return;
        }
        try {
            Map<CustomerPass, Problem> refusals =
                    access.refusals(some.stream().map(CustomerConnection::pass).collect(Collectors.toSet()));
            some.stream()
                    .filter(session -> refusals.containsKey(session.pass()))
                    .forEach(session -> session.revoked(refusals.get(session.pass())));
        } catch (RuntimeException failure) {
            // The next check finds them.
            ProblemMappers.logged(failure);
        }
    }

    private void endSessionsOf(UUID account) {
        endAgents(session -> session.agent().id().equals(account));
    }

    private void endAgents(Predicate<AgentConnection> which) {
        switchboard.agents().stream().filter(which).forEach(session -> session.close(CloseCode.SIGNED_OUT));
    }

    private void tellOthers(NodeMessage message) {
        if (presence.hasOthers()) {
            nodes.publish(message);
        }
    }
}
