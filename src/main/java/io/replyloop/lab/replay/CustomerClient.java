package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** A customer's client, with one conversation. */
final class CustomerClient extends ReconnectingClient {
    private final ApiClient api;
    private final Stream stream = new Stream();
    private volatile String token;
    private long lastAtWelcome = -1;

    CustomerClient(ScheduledExecutorService scheduler, ApiClient api, String token) {
        super(scheduler);
        this.api = api;
        this.token = token;
    }

    String token() {
        return token;
    }

    SentCommand message(String text) {
        return send(Json.MAPPER.createObjectNode().put("type", "send").put("text", text));
    }

    /**
     * Waits for an agent's message.
     *
     * @param occurrence which message with this text, from 1
     * @return when it was received, in nanoseconds; null after the timeout
     */
    Long awaitAgentMessage(String text, int occurrence) {
        return await(() -> stream.agentMessageAt(text, occurrence));
    }

    /** Waits for all events up to the newest one at the welcome; false after the timeout. */
    boolean awaitHistory() {
        return await(() -> lastAtWelcome >= 0 && stream.last() >= lastAtWelcome ? this : null) != null;
    }

    Stream stream() {
        return stream;
    }

    @Override
    protected CompletableFuture<WebSocket> connect(WebSocket.Listener listener) {
        return api.http().newWebSocketBuilder().buildAsync(api.socket("/ws/customer"), listener);
    }

    @Override
    protected void opened() {
        hello();
    }

    private void hello() {
        ObjectNode frame = Json.MAPPER.createObjectNode();
        write(frame.put("type", "hello").put("token", token).put("after", stream.last()));
    }

    @Override
    protected void received(Frame frame) {
        switch (frame.type()) {
            case "welcome" -> {
                lastAtWelcome = frame.number("last");
                becomeReady();
            }
            case "event" -> {
                if (stream.add(frame) == Stream.Arrival.AFTER_A_GAP) {
                    reconnect();
                }
            }
            default -> {}
        }
    }

    @Override
    protected void renewCredentials() {
        token = api.customerToken(token);
    }
}
