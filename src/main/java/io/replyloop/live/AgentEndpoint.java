package io.replyloop.live;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.signin.SessionAuthentication;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.RolesAllowed;

/** Agents' consoles connect here. The session cookie and the origin are checked before the connection is opened. */
@RolesAllowed("agent")
@WebSocket(path = "/ws/agent")
public class AgentEndpoint {
    private static final TypedKey<AgentConnection> CONNECTION = new TypedKey<>("connection");

    private final ConnectionLifecycle lifecycle;
    private final SecurityIdentity identity;

    AgentEndpoint(ConnectionLifecycle lifecycle, SecurityIdentity identity) {
        this.lifecycle = lifecycle;
        this.identity = identity;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection webSocket) {
        AgentConnection connection = lifecycle.openAgent(
                Socket.of(webSocket), CurrentAgent.of(identity), SessionAuthentication.sessionOf(identity));
        webSocket.userData().put(CONNECTION, connection);
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
