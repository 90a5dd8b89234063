package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket client of the server under test. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long TIMEOUT_SECONDS = 30;

    private final List<JsonNode> unread = new ArrayList<>();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static SocketClient customer(int port) {
        return connect(port, "/ws/customer");
    }

    static SocketClient agent(int port, String cookie) {
        return connect(port, "/ws/agent", "Cookie", "replyloop_session=" + cookie);
    }

    static SocketClient connect(int port, String path, String... headers) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), client)
                .join();
        return client;
    }

    /** Sends a frame with this type and these names and values of fields; null values are omitted. */
    SocketClient send(String type, Object... fields) {
        var frame = MAPPER.createObjectNode().put("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i + 1] != null) {
                frame.set(
                        (String) fields[i],
                        fields[i + 1] instanceof UUID uuid
                                ? MAPPER.valueToTree(uuid.toString())
                                : MAPPER.valueToTree(fields[i + 1]));
            }
        }
        return sendText(frame.toString());
    }

    SocketClient sendText(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Sends to a server that may already have closed the connection. */
    void trySend(String text) {
        socket.sendText(text, true).exceptionally(gone -> socket).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next frame of this type, skipping others. */
    JsonNode next(String type) {
        return next(type, frame -> true);
    }

    JsonNode next(String type, Predicate<JsonNode> condition) {
        return next(Set.of(type), condition);
    }

    JsonNode next(String type, String orType, Predicate<JsonNode> condition) {
        return next(Set.of(type, orType), condition);
    }

    private JsonNode next(Set<String> types, Predicate<JsonNode> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        synchronized (unread) {
            while (true) {
                for (JsonNode frame : unread) {
                    if (types.contains(frame.get("type").textValue()) && condition.test(frame)) {
                        unread.remove(frame);
                        return frame;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left)
                        .as("no %s frame among %s, closed with %s", types, received, closed.getNow(null))
                        .isPositive();
                try {
                    unread.wait(left);
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        }
    }

    JsonNode nextProblem(String code) {
        JsonNode problem = next("problem");
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        return problem;
    }

    List<JsonNode> received() {
        return List.copyOf(received);
    }

    List<JsonNode> received(String... types) {
        return received.stream()
                .filter(frame -> Arrays.asList(types).contains(frame.get("type").textValue()))
                .toList();
    }

    int closeCode() {
        try {
            return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception stillOpen) {
            throw new AssertionError("still open, received " + received, stillOpen);
        }
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                JsonNode frame = MAPPER.readTree(partial.toString());
                received.add(frame);
                synchronized (unread) {
                    unread.add(frame);
                    unread.notifyAll();
                }
            } catch (JsonProcessingException notJson) {
                throw new IllegalStateException(notJson);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
