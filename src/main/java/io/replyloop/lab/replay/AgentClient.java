package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** An agent's client, with any number of open conversations. */
final class AgentClient extends ReconnectingClient {
    /** @param at when the suggestions were received, in nanoseconds */
    record Suggestions(UUID impression, long trigger, List<KnowledgeBase.Suggested> items, long model, long at) {}

    private static final class OpenConversation {
        private final Stream stream = new Stream();
        private Suggestions suggestions;
        private long lastAtOpen = -1;
    }

    private final ApiClient api;
    private final ApiClient.Agent agent;
    private final Map<UUID, OpenConversation> conversations = new HashMap<>();

    AgentClient(ScheduledExecutorService scheduler, ApiClient api, ApiClient.Agent agent) {
        super(scheduler);
        this.api = api;
        this.agent = agent;
    }

    void subscribe(UUID conversation) {
        locked(() -> {
            conversations.put(conversation, new OpenConversation());
            if (isReady()) {
                writeOpen(conversation);
            }
            return null;
        });
    }

    void unsubscribe(UUID conversation) {
        locked(() -> {
            conversations.remove(conversation);
            if (isReady()) {
                write(frame("close", conversation));
            }
            return null;
        });
    }

    SentCommand take(UUID conversation) {
        return send(frame("take", conversation));
    }

    /**
     * @param reply the accepted suggestion; null if the agent has written the text
     * @param shown the suggestions that were on screen; null if there were none
     */
    SentCommand message(UUID conversation, String text, UUID reply, Suggestions shown) {
        ObjectNode frame = frame("send", conversation).put("text", text);
        if (shown != null) {
            frame.put("impression", shown.impression().toString());
        }
        if (reply != null) {
            frame.put("reply", reply.toString());
        }
        locked(() -> frame.put("seen", conversations.get(conversation).stream.last()));
        return send(frame);
    }

    Long awaitEvent(UUID conversation, UUID id) {
        return await(() -> conversations.get(conversation).stream.arrivedAt(id));
    }

    /** Waits for suggestions for a customer message; null after the timeout, not counting time without a connection. */
    Suggestions awaitSuggestions(UUID conversation, UUID message, Duration timeout) {
        OpenConversation state = locked(() -> conversations.get(conversation));
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        while (true) {
            Suggestions found = await(() -> suggestionsFor(state, message), timeout);
            long now = System.nanoTime();
            boolean wasConnected = isReady() && now - readyAt() >= timeout.toNanos();
            if (found != null || wasConnected || now > deadline) {
                return found;
            }
        }
    }

    private static Suggestions suggestionsFor(OpenConversation state, UUID message) {
        Long sequence = state.stream.sequence(message);
        return sequence != null && state.suggestions != null && state.suggestions.trigger() >= sequence
                ? state.suggestions
                : null;
    }

    /** Opens the conversation again from its beginning and waits for all of its events. */
    Stream history(UUID conversation) {
        subscribe(conversation);
        OpenConversation state = locked(() -> conversations.get(conversation));
        Stream stream =
                await(() -> state.lastAtOpen >= 0 && state.stream.last() >= state.lastAtOpen ? state.stream : null);
        unsubscribe(conversation);
        return stream;
    }

    int repeated(UUID conversation) {
        return locked(() -> conversations.get(conversation).stream.repeated());
    }

    private static ObjectNode frame(String type, UUID conversation) {
        ObjectNode frame = Json.MAPPER.createObjectNode();
        return frame.put("type", type).put("conversation", conversation.toString());
    }

    private void writeOpen(UUID conversation) {
        write(frame("open", conversation)
                .put("after", conversations.get(conversation).stream.last()));
    }

    @Override
    protected CompletableFuture<WebSocket> connect(WebSocket.Listener listener) {
        return api.http()
                .newWebSocketBuilder()
                .header("Cookie", agent.cookie())
                .buildAsync(api.socket("/ws/agent"), listener);
    }

    @Override
    protected void opened() {
        // The server sends the first frame.
    }

    @Override
    protected void received(Frame frame) {
        if (frame.type().equals("welcome")) {
            conversations.keySet().forEach(this::writeOpen);
            becomeReady();
            return;
        }
        OpenConversation state = conversations.get(frame.conversation());
        if (state == null) {
            return;
        }
        switch (frame.type()) {
            case "opened" ->
                state.lastAtOpen =
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
