package io.replyloop.live;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.signin.SessionAuthentication;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;

/** Agents' consoles connect here. The session cookie and the origin are checked before the connection is opened. */
@RolesAllowed("agent")
@WebSocket(path = "/ws/agent")
public class AgentEndpoint extends Endpoint<AgentConnection> {
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
        opened(connection, webSocket);
    }

    @Override
    void ended(AgentConnection connection) {
        lifecycle.ended(connection);
    }
}
