package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** A customer's connection, which has one conversation. */
final class CustomerClient extends ReconnectingClient {
    private final ApiClient rest;
    private final Stream stream = new Stream();
    private volatile String token;
    private long lastAtWelcome = -1;

    CustomerClient(ScheduledExecutorService clock, ApiClient rest, String token) {
        super(clock);
        this.rest = rest;
        this.token = token;
    }

    String token() {
        return token;
    }

    Act message(String text) {
        return send(JsonLines.JSON.createObjectNode().put("type", "send").put("text", text));
    }

    /** When the agents' message with this text came for the so-many-eth time, in nanoseconds; null when it did not. */
    Long awaitAgentMessage(String text, int time) {
        return await(() -> stream.agentMessageAt(text, time));
    }

    /** Waits for everything that the server said it has when it greeted. */
    boolean awaitHistory() {
        return await(() -> lastAtWelcome >= 0 && stream.last() >= lastAtWelcome ? this : null) != null;
    }

    Stream stream() {
        return stream;
    }

    @Override
    protected CompletableFuture<WebSocket> connect(WebSocket.Listener listener) {
        return rest.http().newWebSocketBuilder().buildAsync(rest.socket("/ws/customer"), listener);
    }

    @Override
    protected void opened() {
        hello();
    }

    private void hello() {
        ObjectNode frame = JsonLines.JSON.createObjectNode();
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
        token = rest.customerToken(token);
    }
}
