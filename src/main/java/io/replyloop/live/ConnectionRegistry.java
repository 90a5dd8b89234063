package io.replyloop.live;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.conversation.RatingView;
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

/** The connections and subscriptions of this node, and sending frames to them. Never blocks. */
@Singleton
class ConnectionRegistry {
    private static final Subscribers NONE = new Subscribers(List.of(), List.of());

    private final Map<UUID, Subscribers> subscribers = new ConcurrentHashMap<>();
    private final Map<UUID, List<CustomerConnection>> customers = new ConcurrentHashMap<>();
    private final Set<AgentConnection> agents = ConcurrentHashMap.newKeySet();
    private final FrameCodec codec;

    ConnectionRegistry(FrameCodec codec) {
        this.codec = codec;
    }

    private record Subscribers(List<Subscription> customers, List<Subscription> agents) {
        Subscribers with(Subscription subscription) {
            return subscription.connection() instanceof AgentConnection
                    ? new Subscribers(customers, added(agents, subscription))
                    : new Subscribers(added(customers, subscription), agents);
        }

        /** Null if none are left. */
        Subscribers without(Subscription subscription) {
            Subscribers others = new Subscribers(removed(customers, subscription), removed(agents, subscription));
            return others.equals(NONE) ? null : others;
        }
    }

    void register(AgentConnection connection) {
        agents.add(connection);
    }

    /** Registers a connection whose customer is known; false if the customer already has the maximum number. */
    boolean register(CustomerConnection connection, UUID customer, int max) {
        List<CustomerConnection> registered = customers.compute(customer, (id, connections) -> {
            List<CustomerConnection> before = connections == null ? List.of() : connections;
            return before.size() < max ? added(before, connection) : before;
        });
        if (connection.isClosed()) {
            unregister(connection);
        }
        return registered.contains(connection);
    }

    int agentCount() {
        return agents.size();
    }

    int customerCount() {
        return customers.values().stream().mapToInt(List::size).sum();
    }

    void unregister(CustomerConnection connection) {
        if (connection.customer() != null) {
            customers.computeIfPresent(connection.customer().id(), (id, connections) -> {
                List<CustomerConnection> others = removed(connections, connection);
                return others.isEmpty() ? null : others;
            });
        }
        connection.subscription().ifPresent(this::unsubscribe);
    }

    /** Returns the conversations that the connection was subscribed to. */
    List<UUID> unregister(AgentConnection connection) {
        agents.remove(connection);
        List<Subscription> subscriptions = connection.clearSubscriptions();
        subscriptions.forEach(this::unsubscribe);
        return subscriptions.stream().map(Subscription::conversation).toList();
    }

    void subscribe(Subscription subscription) {
        subscribers.compute(
                subscription.conversation(), (id, current) -> (current == null ? NONE : current).with(subscription));
        if (subscription.connection().isClosed()) {
            unsubscribe(subscription);
        }
    }

    void unsubscribe(Subscription subscription) {
        subscribers.computeIfPresent(subscription.conversation(), (id, current) -> current.without(subscription));
    }

    /**
     * Delivers an event to its subscribers. The first event of a conversation subscribes the customer's connections.
     */
    void deliver(ConversationEventView event) {
        if (event.sequence() == 1) {
            customers
                    .getOrDefault(event.author().id(), List.of())
                    .forEach(connection -> connection.subscribe(event.conversation()));
        }
        Subscribers to = subscribersOf(event.conversation());
        if (!to.customers().isEmpty() && event.publicSequence() != null) {
            String text = codec.write(CustomerFrame.Event.of(event));
            to.customers().forEach(subscription -> subscription.deliver(event, text));
        }
        if (!to.agents().isEmpty()) {
            String text = codec.write(AgentFrame.Event.of(event));
            to.agents().forEach(subscription -> subscription.deliver(event, text));
        }
    }

    void sendReadMarks(MarksMoved marks) {
        Subscribers to = subscribersOf(marks.conversation());
        if (!to.customers().isEmpty()) {
            sendToAll(
                    to.customers(),
                    codec.write(new CustomerFrame.Read(
                            marks.conversation(), AuthorKind.CUSTOMER, marks.customerReadPublic())),
                    codec.write(
                            new CustomerFrame.Read(marks.conversation(), AuthorKind.AGENT, marks.agentReadPublic())));
        }
        if (!to.agents().isEmpty()) {
            UUID conversation = marks.conversation();
            sendToAll(
                    to.agents(),
                    codec.write(new AgentFrame.Read(conversation, AuthorKind.CUSTOMER, marks.customerRead())),
                    codec.write(new AgentFrame.Read(conversation, AuthorKind.AGENT, marks.agentRead())));
        }
    }

    void sendRating(RatingView rating) {
        Subscribers to = subscribersOf(rating.conversation());
        if (!to.customers().isEmpty()) {
            sendToAll(to.customers(), codec.write(CustomerFrame.Rated.of(rating)));
        }
        if (rating.score() != null) {
            sendToAgents(rating.conversation(), AgentFrame.Rated.of(rating));
        }
    }

    /** To the agents who have the conversation open. */
    void sendCustomerChanged(UUID conversation) {
        sendToAgents(conversation, new AgentFrame.CustomerChanged(conversation));
    }

    void sendCustomerTyping(UUID conversation, String name, boolean active) {
        sendToAgents(conversation, new AgentFrame.Typing(conversation, AuthorKind.CUSTOMER, name, active));
    }

    /** Sends to the customer and to the other agents, but not to the agent's own connections. */
    void sendAgentTyping(UUID conversation, UUID agent, String name, boolean active) {
        Subscribers to = subscribersOf(conversation);
        if (!to.customers().isEmpty()) {
            sendToAll(to.customers(), codec.write(new CustomerFrame.Typing(name, active)));
        }
        List<Subscription> others = to.agents().stream()
                .filter(subscription -> !agentOf(subscription).id().equals(agent))
                .toList();
        if (!others.isEmpty()) {
            sendToAll(others, codec.write(new AgentFrame.Typing(conversation, AuthorKind.AGENT, name, active)));
        }
    }

    /** Sends to the agents who have the conversation open. */
    void sendToAgents(UUID conversation, AgentFrame frame) {
        List<Subscription> to = subscribersOf(conversation).agents();
        if (!to.isEmpty()) {
            sendToAll(to, codec.write(frame));
        }
    }

    /** Sends to all that this agent has connected, and to nobody else. */
    void sendToAgent(UUID agent, AgentFrame frame) {
        List<AgentConnection> own = agents.stream()
                .filter(connection -> connection.agent().id().equals(agent))
                .toList();
        if (!own.isEmpty()) {
            String text = codec.write(frame);
            own.forEach(connection -> connection.send(text));
        }
    }

    boolean isOnline(UUID agent) {
        return agents.stream().anyMatch(connection -> connection.agent().id().equals(agent));
    }

    void sendToAllAgents(AgentFrame frame) {
        String text = codec.write(frame);
        agents.forEach(connection -> connection.send(text));
    }

    void sendToAllCustomers(CustomerFrame frame) {
        String text = codec.write(frame);
        customers.values().forEach(connections -> connections.forEach(connection -> connection.send(text)));
    }

    boolean hasAgents() {
        return !agents.isEmpty();
    }

    boolean hasAgentSubscribers(UUID conversation) {
        return !subscribersOf(conversation).agents().isEmpty();
    }

    boolean hasCustomerSubscribers(UUID conversation) {
        return !subscribersOf(conversation).customers().isEmpty();
    }

    /** The agents of this node who have the conversation open, without repetition. */
    List<Person> viewersOf(UUID conversation) {
        return subscribersOf(conversation).agents().stream()
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

    Set<UUID> subscribedConversations() {
        return Set.copyOf(subscribers.keySet());
    }

    boolean isConnected(UUID customer) {
        return customers.containsKey(customer);
    }

    boolean hasSubscribers(UUID conversation) {
        return subscribers.containsKey(conversation);
    }

    /** Subscribers that are behind these sequence numbers read what they are missing. */
    void catchUpTo(UUID conversation, long sequence, long publicSequence) {
        Subscribers to = subscribersOf(conversation);
        to.agents().forEach(subscription -> subscription.catchUpTo(sequence));
        to.customers().forEach(subscription -> subscription.catchUpTo(publicSequence));
    }

    /** Repeats the reads that have failed. */
    void retryFailed() {
        subscribers.values().forEach(current -> {
            current.agents().forEach(Subscription::retry);
            current.customers().forEach(Subscription::retry);
        });
    }

    private Subscribers subscribersOf(UUID conversation) {
        return subscribers.getOrDefault(conversation, NONE);
    }

    private static void sendToAll(List<Subscription> subscriptions, String... texts) {
        for (Subscription subscription : subscriptions) {
            for (String text : texts) {
                subscription.connection().send(text);
            }
        }
    }

    private static SignedInAgent agentOf(Subscription subscription) {
        return ((AgentConnection) subscription.connection()).agent();
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
