package io.replyloop.live;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;

/** Passes the events of a WebSocket to its connection. The endpoints open connections and clean up after them. */
abstract class Endpoint<C extends Connection<?>> {
    private final TypedKey<C> key = new TypedKey<>("connection");

    final void opened(C connection, WebSocketConnection webSocket) {
        webSocket.userData().put(key, connection);
    }

    abstract void ended(C connection);

    @OnTextMessage
    @NonBlocking
    void text(String frame, WebSocketConnection webSocket) {
        webSocket.userData().get(key).receive(frame);
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer frame, WebSocketConnection webSocket) {
        webSocket.userData().get(key).refuseBinary();
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection webSocket) {
        webSocket.userData().get(key).failed(failure);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection webSocket) {
        ended(webSocket.userData().get(key));
    }
}
