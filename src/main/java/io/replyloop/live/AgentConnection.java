package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.frames.AgentCommand;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The connection of an agent's console: the inbox, and any number of open conversations. */
final class AgentConnection extends Connection<AgentCommand> {
    /** The services shared by all agent connections. */
    @Singleton
    record Services(
            LiveConfig limits,
            FrameCodec codec,
            AgentCommandHandler commands,
            ConnectionRegistry registry,
            Presence presence,
            Executor executor,
            LiveMetrics metrics) {
        // On the component, the qualifier would also turn the accessor into a producer of executors.
        Services(
                LiveConfig limits,
                FrameCodec codec,
                AgentCommandHandler commands,
                ConnectionRegistry registry,
                Presence presence,
                @VirtualThreads Executor executor,
                LiveMetrics metrics) {
            this.limits = limits;
            this.codec = codec;
            this.commands = commands;
            this.registry = registry;
            this.presence = presence;
            this.executor = executor;
            this.metrics = metrics;
        }
    }

    private final Services services;
    private final SignedInAgent agent;
    private final String session;
    private volatile boolean used;

    // Guarded by this.
    private ConversationCounts counts;
    private Boolean away;

    private final Map<UUID, Subscription> subscriptions = new HashMap<>();

    /** @param session the sign-in session that this connection belongs to */
    AgentConnection(Socket socket, SignedInAgent agent, String session, Services services) {
        super(socket, services.limits());
        this.agent = agent;
        this.session = session;
        this.services = services;
    }

    SignedInAgent agent() {
        return agent;
    }

    String session() {
        return session;
    }

    /** Whether the agent has done anything since the last call; keeping the connection open does not count. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    void welcome() {
        send(AgentFrame.Welcome.of(agent, services.commands().attachmentLimits()));
    }

    void send(AgentFrame frame) {
        send(services.codec().write(frame));
    }

    /** Remembers the counts; false if this connection has them already. */
    synchronized boolean updateCounts(ConversationCounts latest) {
        boolean changed = !latest.equals(counts);
        counts = latest;
        return changed;
    }

    /** Remembers whether the agent is away; false if this connection knows it already. */
    synchronized boolean updateAway(boolean latest) {
        boolean changed = away == null || away != latest;
        away = latest;
        return changed;
    }

    /** Removes and returns all subscriptions. */
    synchronized List<Subscription> clearSubscriptions() {
        List<Subscription> removed = List.copyOf(subscriptions.values());
        subscriptions.clear();
        return removed;
    }

    @Override
    void handled(AgentCommand command, long nanos) {
        if (command instanceof AgentCommand.Send) {
            services.metrics().acknowledgedAgent(nanos);
        }
    }

    @Override
    Executor executor() {
        return services.executor();
    }

    @Override
    AgentCommand parse(String text) {
        return services.codec().agentCommand(text);
    }

    @Override
    boolean handleImmediately(AgentCommand command) {
        if (command instanceof AgentCommand.Ping) {
            send(new AgentFrame.Pong());
            return true;
        }
        used = true;
        if (command instanceof AgentCommand.Typing typing) {
            if (isSubscribed(typing.conversation())) {
                services.commands().typing(agent, typing);
            }
            return true;
        }
        return false;
    }

    @Override
    void handle(AgentCommand command) {
        if (command instanceof AgentCommand.Open open) {
            open(open);
        } else if (command instanceof AgentCommand.Close close) {
            close(close.conversation());
        } else if (command instanceof AgentCommand.Supervise supervise) {
            services.commands().supervise(this, supervise.active());
        } else {
            services.commands().execute(agent, command).ifPresent(this::send);
        }
    }

    @Override
    String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
        return services.codec().write(new AgentFrame.ProblemFrame(code, message, id, conversation, retryAfterMillis));
    }

    @Override
    Long sequenceOf(ConversationEventView event) {
        return event.sequence();
    }

    @Override
    String textOf(ConversationEventView event) {
        return services.codec().write(AgentFrame.Event.of(event));
    }

    @Override
    List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit) {
        return services.commands().eventsAfter(conversation, sequence, limit);
    }

    private void open(AgentCommand.Open open) {
        UUID conversation = open.conversation();
        Subscription subscription = subscriptionTo(conversation);
        subscription.pause();
        services.registry().subscribe(subscription);
        ConversationSnapshot snapshot;
        try {
            snapshot = services.commands().snapshot(conversation);
        } catch (RuntimeException notOpened) {
            close(conversation);
            throw notOpened;
        }
        send(AgentFrame.Opened.of(
                snapshot,
                services.presence().customerOnline(conversation),
                services.presence().viewers(conversation),
                services.commands().draft(agent, conversation)));
        services.commands().opened(agent, snapshot.summary());
        services.commands().ratings(conversation).forEach(this::send);
        subscription.start(Math.min(open.after(), snapshot.summary().lastSequence()));
        services.presence().changed(conversation);
        services.commands().latestSuggestions(conversation).ifPresent(this::send);
    }

    private synchronized Subscription subscriptionTo(UUID conversation) {
        if (!subscriptions.containsKey(conversation) && subscriptions.size() >= limits().maxOpenConversations()) {
            throw new Problem(
                    ProblemCode.RATE_LIMITED,
                    "At most " + limits().maxOpenConversations() + " conversations can be open; close some.");
        }
        return subscriptions.computeIfAbsent(conversation, id -> new Subscription(this, id));
    }

    private void close(UUID conversation) {
        Subscription closed;
        synchronized (this) {
            closed = subscriptions.remove(conversation);
        }
        if (closed != null) {
            closed.pause();
            services.registry().unsubscribe(closed);
            services.presence().changed(conversation);
        }
    }

    private synchronized boolean isSubscribed(UUID conversation) {
        return subscriptions.containsKey(conversation);
    }
}
