package io.replyloop.live;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.CustomerFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who of this node is connected, who follows which conversation, and what they are sent. Never waits for anybody. */
@Singleton
class ConnectionRegistry {
    private static final Audience NOBODY = new Audience(List.of(), List.of());

    private final Map<UUID, Audience> audiences = new ConcurrentHashMap<>();
    private final Map<UUID, List<CustomerConnection>> customers = new ConcurrentHashMap<>();
    private final Set<AgentConnection> agents = ConcurrentHashMap.newKeySet();
    private final FrameCodec codec;

    ConnectionRegistry(FrameCodec codec) {
        this.codec = codec;
    }

    private record Audience(List<Subscription> customers, List<Subscription> agents) {
        Audience with(Subscription follow) {
            return follow.session() instanceof AgentConnection
                    ? new Audience(customers, added(agents, follow))
                    : new Audience(added(customers, follow), agents);
        }

        Audience without(Subscription follow) {
            Audience rest = new Audience(removed(customers, follow), removed(agents, follow));
            return rest.equals(NOBODY) ? null : rest;
        }
    }

    void arrive(AgentConnection session) {
        agents.add(session);
    }

    /** The customer of this connection is known. False when they have that many others. */
    boolean arrive(CustomerConnection session, UUID customer, int most) {
        List<CustomerConnection> there = customers.compute(customer, (id, sessions) -> {
            List<CustomerConnection> before = sessions == null ? List.of() : sessions;
            return before.size() < most ? added(before, session) : before;
        });
        if (session.isClosed()) {
            leave(session);
        }
        return there.contains(session);
    }

    void leave(CustomerConnection session) {
        if (session.customer() != null) {
            customers.computeIfPresent(session.customer().id(), (id, sessions) -> {
                List<CustomerConnection> rest = removed(sessions, session);
                return rest.isEmpty() ? null : rest;
            });
        }
        session.follow().ifPresent(this::unfollow);
    }

    /** Forgets the connection; returns the conversations that it followed. */
    List<UUID> leave(AgentConnection session) {
        agents.remove(session);
        List<Subscription> follows = session.leaveAll();
        follows.forEach(this::unfollow);
        return follows.stream().map(Subscription::conversation).toList();
    }

    void follow(Subscription follow) {
        audiences.compute(follow.conversation(), (id, audience) -> (audience == null ? NOBODY : audience).with(follow));
        if (follow.session().isClosed()) {
            unfollow(follow);
        }
    }

    void unfollow(Subscription follow) {
        audiences.computeIfPresent(follow.conversation(), (id, audience) -> audience.without(follow));
    }

    /** Sends an event to those who follow its conversation; with the first one, the customer's windows begin to. */
    void advanced(ConversationEventView event) {
        if (event.sequence() == 1) {
            customers
                    .getOrDefault(event.author().id(), List.of())
                    .forEach(session -> session.join(event.conversation()));
        }
        Audience audience = audience(event.conversation());
        if (!audience.customers().isEmpty() && event.publicSequence() != null) {
            String text = codec.write(CustomerFrame.Event.of(event));
            audience.customers().forEach(follow -> follow.offer(event, text));
        }
        if (!audience.agents().isEmpty()) {
            String text = codec.write(AgentFrame.Event.of(event));
            audience.agents().forEach(follow -> follow.offer(event, text));
        }
    }

    void marksMoved(MarksMoved marks) {
        Audience audience = audience(marks.conversation());
        if (!audience.customers().isEmpty()) {
            sendToAll(
                    audience.customers(),
                    codec.write(new CustomerFrame.Read(AuthorKind.CUSTOMER, marks.customerReadPublic())),
                    codec.write(new CustomerFrame.Read(AuthorKind.AGENT, marks.agentReadPublic())));
        }
        if (!audience.agents().isEmpty()) {
            UUID conversation = marks.conversation();
            sendToAll(
                    audience.agents(),
                    codec.write(new AgentFrame.Read(conversation, AuthorKind.CUSTOMER, marks.customerRead())),
                    codec.write(new AgentFrame.Read(conversation, AuthorKind.AGENT, marks.agentRead())));
        }
    }

    void customerTyping(UUID conversation, String name, boolean active) {
        List<Subscription> following = audience(conversation).agents();
        if (!following.isEmpty()) {
            sendToAll(following, codec.write(new AgentFrame.Typing(conversation, AuthorKind.CUSTOMER, name, active)));
        }
    }

    /** Tells the customer and the other agents, but none of the agent's own windows. */
    void agentTyping(UUID conversation, UUID agent, String name, boolean active) {
        Audience audience = audience(conversation);
        if (!audience.customers().isEmpty()) {
            sendToAll(audience.customers(), codec.write(new CustomerFrame.Typing(name, active)));
        }
        List<Subscription> others = audience.agents().stream()
                .filter(follow -> !agentOf(follow).id().equals(agent))
                .toList();
        if (!others.isEmpty()) {
            sendToAll(others, codec.write(new AgentFrame.Typing(conversation, AuthorKind.AGENT, name, active)));
        }
    }

    void sendToAgentsOf(UUID conversation, AgentFrame frame) {
        List<Subscription> following = audience(conversation).agents();
        if (!following.isEmpty()) {
            sendToAll(following, codec.write(frame));
        }
    }

    void sendToAllAgents(AgentFrame frame) {
        String text = codec.write(frame);
        agents.forEach(session -> session.send(text));
    }

    void sendToAllCustomers(CustomerFrame frame) {
        String text = codec.write(frame);
        customers.values().forEach(sessions -> sessions.forEach(session -> session.send(text)));
    }

    boolean hasAgents() {
        return !agents.isEmpty();
    }

    boolean hasAgentsOf(UUID conversation) {
        return !audience(conversation).agents().isEmpty();
    }

    boolean hasCustomerOf(UUID conversation) {
        return !audience(conversation).customers().isEmpty();
    }

    /** The agents of this node who look at the conversation, each once. */
    List<Person> viewersOf(UUID conversation) {
        return audience(conversation).agents().stream()
                .map(ConnectionRegistry::agentOf)
                .map(agent -> new Person(agent.id(), agent.name()))
                .distinct()
                .toList();
    }

    Collection<AgentConnection> agents() {
        return List.copyOf(agents);
    }

    Collection<CustomerConnection> customers() {
        return customers.values().stream().flatMap(List::stream).toList();
    }

    Set<UUID> followed() {
        return Set.copyOf(audiences.keySet());
    }

    boolean isWaitedFor(UUID customer) {
        return customers.containsKey(customer);
    }

    boolean isFollowed(UUID conversation) {
        return audiences.containsKey(conversation);
    }

    /** The conversation has come that far; whoever is behind reads what is missing. */
    void reached(UUID conversation, long sequence, long publicSequence) {
        Audience audience = audience(conversation);
        audience.agents().forEach(follow -> follow.reached(sequence));
        audience.customers().forEach(follow -> follow.reached(publicSequence));
    }

    /** Tries again what the database could not answer. */
    void retryAll() {
        audiences.values().forEach(audience -> {
            audience.agents().forEach(Subscription::retry);
            audience.customers().forEach(Subscription::retry);
        });
    }

    private Audience audience(UUID conversation) {
        return audiences.getOrDefault(conversation, NOBODY);
    }

    private static void sendToAll(List<Subscription> follows, String... texts) {
        for (Subscription follow : follows) {
            for (String text : texts) {
                follow.session().send(text);
            }
        }
    }

    private static SignedInAgent agentOf(Subscription follow) {
        return ((AgentConnection) follow.session()).agent();
    }

    private static <T> List<T> added(List<T> list, T element) {
        if (list.contains(element)) {
            return list;
        }
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }

    private static <T> List<T> removed(List<T> list, T element) {
        return list.stream().filter(each -> each != element).toList();
    }
}
