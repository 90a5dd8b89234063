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

/** Where agents' consoles connect. The session cookie and the origin are checked before the connection is made. */
@RolesAllowed("agent")
@WebSocket(path = "/ws/agent")
public class AgentEndpoint {
    private static final TypedKey<AgentConnection> SESSION = new TypedKey<>("session");

    private final LiveNode node;
    private final SecurityIdentity identity;

    AgentEndpoint(LiveNode node, SecurityIdentity identity) {
        this.node = node;
        this.identity = identity;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        AgentConnection session = node.agentConnected(
                Socket.of(connection), CurrentAgent.of(identity), SessionAuthentication.sessionOf(identity));
        connection.userData().put(SESSION, session);
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
