package io.replyloop.live;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;

/** Customers' pages connect here. Anyone may connect; the first frame identifies the customer. */
@PermitAll
@WebSocket(path = "/ws/customer")
public class CustomerEndpoint extends Endpoint<CustomerConnection> {
    private final ConnectionLifecycle lifecycle;

    CustomerEndpoint(ConnectionLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection webSocket) {
        String address = webSocket.userData().get(ClientAddress.ADDRESS);
        opened(lifecycle.openCustomer(Socket.of(webSocket), address), webSocket);
    }

    @Override
    void ended(CustomerConnection connection) {
        lifecycle.ended(connection);
    }
}
