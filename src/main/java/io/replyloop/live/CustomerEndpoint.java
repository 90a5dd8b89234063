package io.replyloop.live;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.replyloop.signin.SessionDevice;
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
        SessionDevice device = webSocket.userData().get(ClientAddress.DEVICE);
        opened(lifecycle.openCustomer(Socket.of(webSocket), address, device), webSocket);
    }

    @Override
    void ended(CustomerConnection connection) {
        lifecycle.ended(connection);
    }
}
