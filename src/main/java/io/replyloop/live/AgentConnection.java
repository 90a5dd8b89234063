package io.replyloop.live;

import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.Posted;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Rejected;
import io.replyloop.frames.AgentCommand;
import io.replyloop.frames.AgentFrame;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.suggestion.SuggestionService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/** An agent's console: the inbox, and any number of open conversations. */
final class AgentConnection extends Connection<AgentCommand> {
    /** What all of them share. */
    record Services(
            FrameCodec codec,
            ConversationService conversations,
            FeedbackService feedback,
            SuggestionService suggestions,
            ConnectionRegistry switchboard,
            Broadcaster announcements,
            Presence presence,
            LiveConfig limits,
            Executor executor) {}

    private final Services services;
    private final SignedInAgent agent;
    private final String signIn;
    private volatile boolean used;

    // Guarded by this.
    private ConversationCounts counts;

    private final Map<UUID, Subscription> follows = new HashMap<>();

    /** @param signIn the session at sign-in, by which this connection lives */
    AgentConnection(Socket socket, SignedInAgent agent, String signIn, Services services) {
        super(socket, services.limits(), services.executor());
        this.agent = agent;
        this.signIn = signIn;
        this.services = services;
    }

    SignedInAgent agent() {
        return agent;
    }

    String signIn() {
        return signIn;
    }

    /** Whether the agent has done anything since this was last asked; a page that only keeps its connection has not. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    void welcome() {
        send(AgentFrame.Welcome.of(agent));
    }

    void send(AgentFrame frame) {
        send(services.codec().write(frame));
    }

    /** Whether these counts are news to this connection. */
    synchronized boolean learns(ConversationCounts now) {
        boolean news = !now.equals(counts);
        counts = now;
        return news;
    }

    /** Every conversation that it follows, which afterwards are none. */
    synchronized List<Subscription> leaveAll() {
        List<Subscription> left = List.copyOf(follows.values());
        follows.clear();
        return left;
    }

    @Override
    AgentCommand parse(String text) {
        return services.codec().agentCommand(text);
    }

    @Override
    boolean handleAtOnce(AgentCommand command) {
        if (command instanceof AgentCommand.Ping) {
            send(new AgentFrame.Pong());
            return true;
        }
        used = true;
        if (command instanceof AgentCommand.Typing typing) {
            if (follow(typing.conversation()).isPresent()) {
                services.announcements().agentTyping(typing.conversation(), agent.id(), agent.name(), typing.active());
            }
            return true;
        }
        return false;
    }

    @Override
    boolean handle(AgentCommand command) {
        ConversationService conversations = services.conversations();
        if (command instanceof AgentCommand.Open open) {
            open(open);
        } else if (command instanceof AgentCommand.Close close) {
            close(close.conversation());
        } else if (command instanceof AgentCommand.Send send) {
            acknowledge(
                    send,
                    services.feedback()
                            .send(
                                    agent,
                                    send.conversation(),
                                    send.id(),
                                    send.text(),
                                    send.impression(),
                                    send.reply(),
                                    send.seen()));
        } else if (command instanceof AgentCommand.Note note) {
            acknowledge(note, conversations.note(agent, note.conversation(), note.id(), note.text()));
        } else if (command instanceof AgentCommand.Take take) {
            acknowledge(take, conversations.take(agent, take.conversation(), take.id(), take.force()));
        } else if (command instanceof AgentCommand.Release release) {
            acknowledge(release, conversations.release(agent, release.conversation(), release.id()));
        } else if (command instanceof AgentCommand.Status status) {
            ConversationStatus wanted = ConversationStatus.named(status.status());
            acknowledge(
                    status,
                    conversations.changeStatus(agent, status.conversation(), status.id(), wanted, status.seen()));
        } else if (command instanceof AgentCommand.Read read) {
            conversations.agentRead(read.conversation(), read.sequence());
        } else if (command instanceof AgentCommand.Reject reject) {
            Rejected rejected = services.feedback()
                    .reject(agent, reject.id(), reject.impression(), reject.reply(), reject.reason(), reject.comment());
            send(new AgentFrame.Ack(reject.id(), rejected.at(), rejected.conversation(), null));
        } else {
            throw new IllegalStateException("No handling of " + command.getClass());
        }
        return true;
    }

    @Override
    String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis) {
        return services.codec().write(new AgentFrame.ProblemFrame(code, message, id, conversation, retryAfterMillis));
    }

    @Override
    Long numberOf(ConversationEventView event) {
        return event.sequence();
    }

    @Override
    String textOf(ConversationEventView event) {
        return services.codec().write(AgentFrame.Event.of(event));
    }

    @Override
    List<ConversationEventView> eventsAfter(UUID conversation, long number, int limit) {
        return services.conversations().eventsAfter(conversation, number, limit);
    }

    private void open(AgentCommand.Open open) {
        UUID conversation = open.conversation();
        Subscription follow = followed(conversation);
        follow.pause();
        services.switchboard().follow(follow);
        ConversationSnapshot snapshot;
        try {
            snapshot = services.conversations().snapshot(conversation);
        } catch (RuntimeException notOpened) {
            close(conversation);
            throw notOpened;
        }
        send(AgentFrame.Opened.of(
                snapshot,
                services.presence().customerOnline(conversation),
                services.presence().viewers(conversation)));
        follow.start(Math.min(open.after(), snapshot.summary().lastSequence()));
        services.presence().changed(conversation);
        services.suggestions().latest(conversation).map(SuggestionFrames::of).ifPresent(this::send);
    }

    private synchronized Subscription followed(UUID conversation) {
        if (!follows.containsKey(conversation) && follows.size() >= limits().maxOpenConversations()) {
            throw new Problem(
                    ProblemCode.RATE_LIMITED,
                    "At most " + limits().maxOpenConversations() + " conversations can be open; close some.");
        }
        return follows.computeIfAbsent(conversation, id -> new Subscription(this, id));
    }

    private void close(UUID conversation) {
        Subscription closed;
        synchronized (this) {
            closed = follows.remove(conversation);
        }
        if (closed != null) {
            closed.pause();
            services.switchboard().unfollow(closed);
            services.presence().changed(conversation);
        }
    }

    private synchronized Optional<Subscription> follow(UUID conversation) {
        return Optional.ofNullable(follows.get(conversation));
    }

    private void acknowledge(AgentCommand command, Posted posted) {
        boolean unchanged = posted.event() == null;
        send(new AgentFrame.Ack(
                command.id(),
                unchanged
                        ? Instant.now().truncatedTo(ChronoUnit.MILLIS)
                        : posted.event().at(),
                command.conversation(),
                unchanged ? null : posted.event().sequence()));
    }
}
