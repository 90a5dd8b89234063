package io.replyloop.live;

import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.identity.AccessRevoked;
import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.CustomersRevoked;
import io.replyloop.live.cluster.NodeMessage;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.signin.Sessions;
import io.replyloop.signin.SignedOut;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Closes the connections of agents and customers whose session, account or token is no longer valid. */
@Singleton
class AccessRevocation {
    private final ConnectionRegistry registry;
    private final Sessions sessions;
    private final CustomerAccess access;
    private final Broadcaster broadcaster;
    private final Executor executor;

    AccessRevocation(
            ConnectionRegistry registry,
            Sessions sessions,
            CustomerAccess access,
            Broadcaster broadcaster,
            @VirtualThreads Executor executor) {
        this.registry = registry;
        this.sessions = sessions;
        this.access = access;
        this.broadcaster = broadcaster;
        this.executor = executor;
    }

    void revoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessRevoked revoked) {
        closeAccount(revoked.account());
        broadcaster.publish(new NodeMessage.Revoked(revoked.account()));
    }

    void signedOut(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignedOut signedOut) {
        closeSession(signedOut.session());
        broadcaster.publish(new NodeMessage.SignedOut(signedOut.session()));
    }

    void customersRevoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) CustomersRevoked revoked) {
        checkCustomers(revoked.site(), revoked.customer());
        broadcaster.publish(new NodeMessage.CustomersRevoked(revoked.site(), revoked.customer()));
    }

    /** Checks all connections against the database, and extends the sessions of agents who have done something. */
    void check() {
        checkAllCustomers();
        if (registry.hasAgents()) {
            executor.execute(this::closeSignedOut);
        }
    }

    void checkAllCustomers() {
        executor.execute(() -> closeRevoked(registry.customers()));
    }

    /** Checks the customers of a site, or a single customer. */
    void checkCustomers(UUID site, UUID customer) {
        List<CustomerConnection> affected = registry.customers().stream()
                .filter(connection -> connection.customer().id().equals(customer)
                        || connection.customer().siteId().equals(site))
                .toList();
        executor.execute(() -> closeRevoked(affected));
    }

    void closeAccount(UUID account) {
        closeAgents(connection -> connection.agent().id().equals(account));
    }

    void closeSession(String session) {
        closeAgents(connection -> connection.session().equals(session));
    }

    private void closeSignedOut() {
        Collection<AgentConnection> agents = registry.agents();
        Set<String> used = agents.stream()
                .filter(AgentConnection::wasUsed)
                .map(AgentConnection::session)
                .collect(Collectors.toSet());
        Set<String> checked = agents.stream().map(AgentConnection::session).collect(Collectors.toSet());
        try {
            Set<String> valid = sessions.holding(checked, used);
            closeAgents(connection -> checked.contains(connection.session()) && !valid.contains(connection.session()));
        } catch (RuntimeException failure) {
            // The next check closes them.
            ProblemMappers.logged(failure);
        }
    }

    private void closeRevoked(Collection<CustomerConnection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        try {
            Map<CustomerPass, Problem> refusals = access.refusals(
                    connections.stream().map(CustomerConnection::pass).collect(Collectors.toSet()));
            connections.stream()
                    .filter(connection -> refusals.containsKey(connection.pass()))
                    .forEach(connection -> connection.revoked(refusals.get(connection.pass())));
        } catch (RuntimeException failure) {
            // The next check closes them.
            ProblemMappers.logged(failure);
        }
    }

    private void closeAgents(Predicate<AgentConnection> condition) {
        registry.agents().stream().filter(condition).forEach(connection -> connection.close(CloseCode.SIGNED_OUT));
    }
}
