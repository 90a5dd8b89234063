package io.replyloop.live;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.PermitAll;

/** Customers' pages connect here. Anyone may connect; the first frame identifies the customer. */
@PermitAll
@WebSocket(path = "/ws/customer")
public class CustomerEndpoint {
    private static final TypedKey<CustomerConnection> CONNECTION = new TypedKey<>("connection");

    private final ConnectionLifecycle lifecycle;

    CustomerEndpoint(ConnectionLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection webSocket) {
        UserData data = webSocket.userData();
        data.put(CONNECTION, lifecycle.openCustomer(Socket.of(webSocket), data.get(ClientAddress.ADDRESS)));
    }

    @OnTextMessage
    @NonBlocking
    void text(String frame, WebSocketConnection webSocket) {
        webSocket.userData().get(CONNECTION).receive(frame);
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer frame, WebSocketConnection webSocket) {
        webSocket.userData().get(CONNECTION).refuseBinary();
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection webSocket) {
        webSocket.userData().get(CONNECTION).failed(failure);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection webSocket) {
        lifecycle.ended(webSocket.userData().get(CONNECTION));
    }
}
