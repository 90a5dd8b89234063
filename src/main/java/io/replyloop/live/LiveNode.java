package io.replyloop.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.MarksMoved;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.AccessRevoked;
import io.replyloop.identity.CustomerAccess;
import io.replyloop.identity.CustomerBlocking;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.identity.CustomersRevoked;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.live.cluster.NodeChannel;
import io.replyloop.live.cluster.NodeMessage;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.signin.Sessions;
import io.replyloop.signin.SignedOut;
import io.replyloop.suggestion.SuggestionService;
import io.replyloop.suggestion.SuggestionsReady;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The connections of this node: makes them, watches over them, and ends them when the node stops. One timer for all. */
@Singleton
class LiveNode {
    private static final long MOMENT_MILLIS = 250;
    private static final long WATCH_MILLIS = 1_000;
    private static final int MISSED_HEARTBEATS = 3;
    private static final long GOODBYE_MILLIS = 3_000;

    private final LiveConfig config;
    private final ConnectionRegistry switchboard;
    private final Presence presence;
    private final NodeChannel nodes;
    private final Broadcaster announcements;
    private final CustomerConnection.Services customerServices;
    private final AgentConnection.Services agentServices;
    private final ConnectionLimit crowd;
    private final Set<Connection<?>> sessions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-clock");
        thread.setDaemon(true);
        return thread;
    });

    LiveNode(
            LiveConfig config,
            FrameCodec codec,
            CustomerTokens tokens,
            CustomerAccess access,
            ConversationService conversations,
            FeedbackService feedback,
            SuggestionService suggestions,
            Sessions signIns,
            ConnectionRegistry switchboard,
            Presence presence,
            DataSource pool,
            UnpooledConnections connections,
            @VirtualThreads ExecutorService executor) {
        this.config = config;
        this.switchboard = switchboard;
        this.presence = presence;
        Duration silence = config.heartbeat().multipliedBy(MISSED_HEARTBEATS);
        nodes = new NodeChannel(connections, pool, executor, silence);
        InboxUpdates inbox = new InboxUpdates(switchboard, conversations, executor);
        MessageVolume volume = new MessageVolume(config);
        announcements = new Broadcaster(
                conversations, suggestions, signIns, access, volume, switchboard, presence, inbox, nodes, executor);
        KeyedSerialExecutor turns = new KeyedSerialExecutor(executor);
        customerServices = new CustomerConnection.Services(
                codec,
                token -> tokens.pass(token),
                pass -> access.require(pass),
                volume,
                conversations,
                switchboard,
                announcements,
                presence,
                turns,
                config,
                executor);
        crowd = new ConnectionLimit(config);
        agentServices = new AgentConnection.Services(
                codec, conversations, feedback, suggestions, switchboard, announcements, presence, config, executor);
    }

    void start(@Observes StartupEvent event) {
        nodes.start(announcements);
        every(MOMENT_MILLIS, announcements::tellChanges);
        every(WATCH_MILLIS, this::watch);
        every(config.sessionCheck().toMillis(), announcements::checkSessions);
        every(config.heartbeat().toMillis(), () -> {
            announcements.heartbeat();
            presence.forgetSilent(
                    config.heartbeat().multipliedBy(MISSED_HEARTBEATS).toNanos());
        });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        clock.shutdownNow();
        sessions.forEach(session -> session.close(CloseCode.GOING_AWAY));
        long deadline = System.currentTimeMillis() + GOODBYE_MILLIS;
        while (!sessions.isEmpty() && System.currentTimeMillis() < deadline) {
            Thread.sleep(10);
        }
        nodes.publishNow(new NodeMessage.Gone());
        nodes.stop();
    }

    CustomerConnection customerConnected(Socket socket, String address) {
        CustomerConnection session = new CustomerConnection(socket, address, customerServices);
        if (crowd.enter(address)) {
            sessions.add(session);
        } else {
            session.turnAway();
        }
        return session;
    }

    AgentConnection agentConnected(Socket socket, SignedInAgent agent, String signIn) {
        AgentConnection session = new AgentConnection(socket, agent, signIn, agentServices);
        sessions.add(session);
        switchboard.arrive(session);
        session.welcome();
        announcements.agentArrived();
        return session;
    }

    void ended(CustomerConnection session) {
        if (sessions.remove(session)) {
            crowd.leave(session.address());
        }
        session.ended();
        switchboard.leave(session);
        session.follow().ifPresent(follow -> presence.changed(follow.conversation()));
    }

    void ended(AgentConnection session) {
        sessions.remove(session);
        session.ended();
        switchboard.leave(session).forEach(presence::changed);
    }

    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        announcements.advanced(advanced.event());
    }

    void marksMoved(@Observes(during = TransactionPhase.AFTER_SUCCESS) MarksMoved marks) {
        announcements.marksMoved(marks);
    }

    void suggested(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuggestionsReady ready) {
        announcements.suggested(ready.suggestions());
    }

    void revoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessRevoked revoked) {
        announcements.revoked(revoked.account());
    }

    void signedOut(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignedOut signedOut) {
        announcements.signedOut(signedOut.session());
    }

    void customersRevoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) CustomersRevoked revoked) {
        announcements.customersRevoked(revoked);
    }

    void blockingChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) CustomerBlocking changed) {
        announcements.blockingChanged(changed.customer());
    }

    private void watch() {
        long now = System.nanoTime();
        Instant today = Instant.now();
        for (Connection<?> session : sessions) {
            if (session.isSilentFor(config.silence(), now)) {
                session.close(CloseCode.SILENT);
            } else if (session instanceof CustomerConnection customer) {
                if (customer.hasExpired(today)) {
                    customer.expired();
                } else if (customer.customer() == null && session.isOlderThan(config.helloWithin(), now)) {
                    session.close(CloseCode.SILENT);
                }
            }
        }
        switchboard.retryAll();
    }

    // A task that throws would never run again.
    private void every(long millis, Runnable task) {
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        ProblemMappers.logged(failure);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }
}
