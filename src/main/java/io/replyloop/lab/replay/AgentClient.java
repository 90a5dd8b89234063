package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** An agent's connection, which follows the conversations that it was told to open. */
final class AgentClient extends ReconnectingClient {
    /** Three replies at most, and when they came. */
    record Suggestions(UUID impression, long trigger, List<KnowledgeBase.Suggested> items, long model, long at) {}

    private static final class Followed {
        private final Stream stream = new Stream();
        private Suggestions suggestions;
        private long lastWhenOpened = -1;
    }

    private final ApiClient rest;
    private final ApiClient.Agent agent;
    private final Map<UUID, Followed> followed = new HashMap<>();

    AgentClient(ScheduledExecutorService clock, ApiClient rest, ApiClient.Agent agent) {
        super(clock);
        this.rest = rest;
        this.agent = agent;
    }

    void follow(UUID conversation) {
        locked(() -> {
            followed.put(conversation, new Followed());
            if (isReady()) {
                writeOpen(conversation);
            }
            return null;
        });
    }

    void leave(UUID conversation) {
        locked(() -> {
            followed.remove(conversation);
            if (isReady()) {
                write(about("close", conversation));
            }
            return null;
        });
    }

    Act take(UUID conversation) {
        return send(about("take", conversation));
    }

    /** @param reply the suggestion that it is; null for own text; @param shown what was on the screen, or null */
    Act message(UUID conversation, String text, UUID reply, Suggestions shown) {
        ObjectNode frame = about("send", conversation).put("text", text);
        if (shown != null) {
            frame.put("impression", shown.impression().toString());
        }
        if (reply != null) {
            frame.put("reply", reply.toString());
        }
        locked(() -> frame.put("seen", followed.get(conversation).stream.last()));
        return send(frame);
    }

    Long awaitEvent(UUID conversation, UUID id) {
        return await(() -> followed.get(conversation).stream.arrivedAt(id));
    }

    /** Suggestions for this customer message, or null when none came in the time; an outage does not count. */
    Suggestions awaitSuggestions(UUID conversation, UUID message, Duration limit) {
        Followed state = locked(() -> followed.get(conversation));
        long giveUpAt = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        while (true) {
            Suggestions found = await(() -> answering(state, message), limit);
            long now = System.nanoTime();
            boolean wasThereAllTheTime = isReady() && now - readyAt() >= limit.toNanos();
            if (found != null || wasThereAllTheTime || now > giveUpAt) {
                return found;
            }
        }
    }

    private static Suggestions answering(Followed state, UUID message) {
        Long sequence = state.stream.sequence(message);
        return sequence != null && state.suggestions != null && state.suggestions.trigger() >= sequence
                ? state.suggestions
                : null;
    }

    /** Opens the conversation anew and waits for everything that it has. */
    Stream history(UUID conversation) {
        follow(conversation);
        Followed state = locked(() -> followed.get(conversation));
        Stream whole = await(
                () -> state.lastWhenOpened >= 0 && state.stream.last() >= state.lastWhenOpened ? state.stream : null);
        leave(conversation);
        return whole;
    }

    int repeated(UUID conversation) {
        return locked(() -> followed.get(conversation).stream.repeated());
    }

    private static ObjectNode about(String type, UUID conversation) {
        ObjectNode frame = JsonLines.JSON.createObjectNode();
        return frame.put("type", type).put("conversation", conversation.toString());
    }

    private void writeOpen(UUID conversation) {
        write(about("open", conversation)
                .put("after", followed.get(conversation).stream.last()));
    }

    @Override
    protected CompletableFuture<WebSocket> connect(WebSocket.Listener listener) {
        return rest.http()
                .newWebSocketBuilder()
                .header("Cookie", agent.cookie())
                .buildAsync(rest.socket("/ws/agent"), listener);
    }

    @Override
    protected void opened() {
        // The server greets first.
    }

    @Override
    protected void received(Frame frame) {
        if (frame.type().equals("welcome")) {
            followed.keySet().forEach(this::writeOpen);
            becomeReady();
            return;
        }
        Followed state = followed.get(frame.conversation());
        if (state == null) {
            return;
        }
        switch (frame.type()) {
            case "opened" ->
                state.lastWhenOpened =
                        frame.json().path("conversation").path("lastSequence").asLong();
            case "event" -> {
                if (state.stream.add(frame) == Stream.Arrival.AFTER_A_GAP) {
                    writeOpen(frame.conversation());
                }
            }
            case "suggestions" -> state.suggestions = suggestions(frame);
            default -> {}
        }
    }

    private static Suggestions suggestions(Frame frame) {
        List<KnowledgeBase.Suggested> items = new ArrayList<>();
        frame.json()
                .path("items")
                .forEach(item -> items.add(new KnowledgeBase.Suggested(
                        UUID.fromString(item.path("reply").asText()),
                        item.path("text").asText())));
        return new Suggestions(
                frame.uuid("impression"), frame.number("trigger"), items, frame.number("model"), System.nanoTime());
    }

    @Override
    protected void renewCredentials() {
        agent.renew();
    }
}
