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

/** Where customers' pages connect. Anybody may; the first frame says who it is. */
@PermitAll
@WebSocket(path = "/ws/customer")
public class CustomerEndpoint {
    private static final TypedKey<CustomerConnection> SESSION = new TypedKey<>("session");

    private final LiveNode node;

    CustomerEndpoint(LiveNode node) {
        this.node = node;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        UserData data = connection.userData();
        data.put(SESSION, node.customerConnected(Socket.of(connection), data.get(ClientAddress.ADDRESS)));
    }

    @OnTextMessage
    @NonBlocking
    void text(String frame, WebSocketConnection connection) {
        connection.userData().get(SESSION).receive(frame);
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer frame, WebSocketConnection connection) {
        connection.userData().get(SESSION).refuseBinary();
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection connection) {
        connection.userData().get(SESSION).failed(failure);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        node.ended(connection.userData().get(SESSION));
    }
}
