package io.replyloop.live;

import io.replyloop.identity.SignedInAgent;
import io.replyloop.signin.SessionDevice;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the connections of this node, closes those that time out or whose token expires, and cleans up after each. */
@Singleton
class ConnectionLifecycle {
    private static final long CLOSE_TIMEOUT_MILLIS = 3_000;

    private final LiveConfig config;
    private final ConnectionLimit limit;
    private final ConnectionRegistry registry;
    private final Presence presence;
    private final InboxUpdates inbox;
    private final CustomerConnection.Services customerServices;
    private final AgentConnection.Services agentServices;
    private final Set<Connection<?>> connections = ConcurrentHashMap.newKeySet();

    ConnectionLifecycle(
            LiveConfig config,
            ConnectionLimit limit,
            ConnectionRegistry registry,
            Presence presence,
            InboxUpdates inbox,
            CustomerConnection.Services customerServices,
            AgentConnection.Services agentServices) {
        this.config = config;
        this.limit = limit;
        this.registry = registry;
        this.presence = presence;
        this.inbox = inbox;
        this.customerServices = customerServices;
        this.agentServices = agentServices;
    }

    CustomerConnection openCustomer(Socket socket, String address, SessionDevice device) {
        CustomerConnection connection = new CustomerConnection(socket, address, device, customerServices);
        if (limit.acquire(address)) {
            connections.add(connection);
        } else {
            connection.rejectOverLimit();
        }
        return connection;
    }

    AgentConnection openAgent(Socket socket, SignedInAgent agent, String session) {
        AgentConnection connection = new AgentConnection(socket, agent, session, agentServices);
        connections.add(connection);
        registry.register(connection);
        connection.welcome();
        inbox.agentConnected();
        agentServices.commands().connected(connection);
        if (connection.isClosed()) {
            // It ended while it was opened, and nobody will say so again.
            ended(connection);
        }
        return connection;
    }

    void ended(CustomerConnection connection) {
        if (connections.remove(connection)) {
            limit.release(connection.address());
        }
        connection.ended();
        registry.unregister(connection);
        connection.subscription().ifPresent(subscription -> presence.changed(subscription.conversation()));
    }

    void ended(AgentConnection connection) {
        connections.remove(connection);
        connection.ended();
        registry.unregister(connection).forEach(presence::changed);
    }

    private void ended(Connection<?> connection) {
        if (connection instanceof CustomerConnection customer) {
            ended(customer);
        } else if (connection instanceof AgentConnection agent) {
            ended(agent);
        }
    }

    void closeTimedOut() {
        long now = System.nanoTime();
        Instant time = Instant.now();
        for (Connection<?> connection : connections) {
            if (connection.hasLostItsSocket()) {
                // Of a client that left while its socket was opened, no event says so: its agent would be online for
                // good.
                ended(connection);
            } else if (connection.isSilentFor(config.silence(), now)) {
                connection.close(CloseCode.TIMED_OUT);
            } else if (connection instanceof CustomerConnection customer) {
                if (customer.hasExpired(time)) {
                    customer.expired();
                } else if (customer.customer() == null && connection.isOlderThan(config.helloWithin(), now)) {
                    connection.close(CloseCode.TIMED_OUT);
                }
            }
        }
    }

    /** Closes all connections because the server is going away, and waits until they have ended. */
    void closeAll() throws InterruptedException {
        connections.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
        long deadline = System.currentTimeMillis() + CLOSE_TIMEOUT_MILLIS;
        while (!connections.isEmpty() && System.currentTimeMillis() < deadline) {
            Thread.sleep(10);
        }
    }
}
