package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A connection that does not give up. What is sent waits here until it is acknowledged, and goes out again with the same
 * id after each reconnect; silence of 45 s counts as dead. The two kinds of clients say how they begin and what they
 * make of events.
 */
abstract class ReconnectingClient implements AutoCloseable {
    private static final Duration PING_AFTER = Duration.ofSeconds(20);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(45);
    protected static final Duration GIVE_UP_AFTER = Duration.ofMinutes(3);
    private static final int SIGNED_OUT = 4401;
    private static final String INBOX_LINE = "{\"type\":\"conversation\",";
    private static final int NORMAL = 1000;

    /** Something that the server stores. */
    static final class Act {
        final UUID id = UUID.randomUUID();
        final ObjectNode frame;
        final long sentAt = System.nanoTime();
        final int connection;
        long acknowledgedAt;
        int acknowledgedOn;
        Frame acknowledgement;
        String refusal;

        Act(ObjectNode frame, int connection) {
            this.frame = frame.put("id", id.toString());
            this.connection = connection;
        }

        boolean isInterrupted() {
            return connection != acknowledgedOn;
        }

        double acknowledgedMillis() {
            return (acknowledgedAt - sentAt) / 1e6;
        }
    }

    protected final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ScheduledExecutorService clock;
    private final Map<UUID, Act> waiting = new LinkedHashMap<>();
    private final ScheduledFuture<?> watch;
    private WebSocket socket;
    private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);
    private volatile boolean ready;
    private boolean closed;
    private int connections;
    private int failures;
    private volatile long readyAt;
    private long heardAt;
    private long wroteAt;

    ReconnectingClient(ScheduledExecutorService clock) {
        this.clock = clock;
        this.watch = clock.scheduleWithFixedDelay(this::watch, 5, 5, TimeUnit.SECONDS);
    }

    /** Opens a socket; called again after each loss. */
    protected abstract CompletableFuture<WebSocket> connect(WebSocket.Listener listener);

    /** The socket is open; called with the lock. */
    protected abstract void opened();

    /** Everything but acknowledgements, pongs and problems of acts; called with the lock. */
    protected abstract void received(Frame frame);

    /** Gets new credentials; called without the lock, may take its time. */
    protected abstract void renewCredentials();

    final void start() {
        clock.execute(this::tryToConnect);
    }

    /** How often the connection was ready; more than once means that it broke in between. */
    final int connections() {
        return locked(() -> connections);
    }

    final long readyAt() {
        return readyAt;
    }

    final boolean isReady() {
        return ready;
    }

    final boolean awaitReady() {
        return await(() -> ready ? this : null) != null;
    }

    final Act send(ObjectNode frame) {
        return locked(() -> {
            Act act = new Act(frame, connections);
            waiting.put(act.id, act);
            if (ready) {
                write(act.frame);
            }
            return act;
        });
    }

    /** Waits until the act is acknowledged or refused; false when the server did neither in three minutes. */
    final boolean await(Act act) {
        return await(() -> act.acknowledgement != null || act.refusal != null ? act : null, GIVE_UP_AFTER) != null;
    }

    /** Waits until there is something; null when there was nothing in time. The supplier is called with the lock. */
    final <T> T await(Supplier<T> something, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            T found = something.get();
            while (found == null && left > 0) {
                left = changed.awaitNanos(left);
                found = something.get();
            }
            return found;
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } finally {
            lock.unlock();
        }
    }

    final <T> T await(Supplier<T> something) {
        return await(something, GIVE_UP_AFTER);
    }

    @Override
    public final void close() {
        watch.cancel(false);
        lock.lock();
        try {
            closed = true;
            if (socket != null) {
                WebSocket open = socket;
                socket = null;
                ready = false;
                writing.whenComplete(
                        (done, failure) -> open.sendClose(NORMAL, "").whenComplete((sent, unsent) -> open.abort()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The greeting is over: what waits goes out again, in the order in which it was first sent. */
    protected final void becomeReady() {
        ready = true;
        readyAt = System.nanoTime();
        connections++;
        failures = 0;
        List.copyOf(waiting.values()).forEach(act -> write(act.frame));
        changed.signalAll();
    }

    protected final void write(ObjectNode frame) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        String text = frame.toString();
        wroteAt = System.nanoTime();
        // One frame at a time, as the client of the JDK wants it.
        writing = writing.handle((done, failure) -> null).thenCompose(done -> open.sendText(text, true));
        writing.whenComplete((done, failure) -> {
            if (failure != null) {
                lost(open, null);
            }
        });
    }

    /** Drops the connection as if the network had, and connects again. */
    protected final void reconnect() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
            lost(open, null);
        }
    }

    protected final void later(Duration delay, Runnable action) {
        clock.schedule(
                () -> locked(() -> {
                    action.run();
                    return null;
                }),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tryToConnect() {
        if (locked(() -> closed || socket != null)) {
            return;
        }
        connect(new Listener()).whenComplete((open, failure) -> {
            if (failure != null) {
                if (isUnauthorized(failure)) {
                    renewThenConnect();
                } else {
                    connectLater();
                }
            }
        });
    }

    /** Lines of the inbox are most of what a console hears in a busy team, and nothing here looks at them. */
    private static boolean isOfNoInterest(StringBuilder text) {
        return text.length() > INBOX_LINE.length()
                && text.substring(0, INBOX_LINE.length()).equals(INBOX_LINE);
    }

    private static boolean isUnauthorized(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.http.WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode() == 401;
            }
        }
        return false;
    }

    private void connectLater() {
        int attempt = locked(() -> failures++);
        clock.schedule(this::tryToConnect, ApiClient.backOff(attempt).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renewThenConnect() {
        clock.execute(() -> {
            try {
                renewCredentials();
            } catch (RuntimeException refused) {
                System.err.println("New credentials were refused: " + refused.getMessage());
            }
            connectLater();
        });
    }

    private void lost(WebSocket which, Integer code) {
        lock.lock();
        try {
            if (socket != which || closed) {
                return;
            }
            socket = null;
            ready = false;
            writing = CompletableFuture.completedFuture(null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (code != null && code == SIGNED_OUT) {
            renewThenConnect();
        } else {
            connectLater();
        }
    }

    private void watch() {
        WebSocket silent = locked(() -> {
            long now = System.nanoTime();
            if (socket != null && now - heardAt > DEAD_AFTER.toNanos()) {
                return socket;
            }
            if (ready && now - wroteAt > PING_AFTER.toNanos()) {
                write(JsonLines.JSON.createObjectNode().put("type", "ping"));
            }
            return null;
        });
        if (silent != null) {
            silent.abort();
            lost(silent, null);
        }
    }

    private void handle(Frame frame) {
        switch (frame.type()) {
            case "ack" -> {
                Act act = waiting.remove(frame.uuid("id"));
                if (act != null) {
                    act.acknowledgedAt = System.nanoTime();
                    act.acknowledgedOn = connections;
                    act.acknowledgement = frame;
                }
            }
            case "problem" -> problem(frame);
            case "pong" -> {}
            default -> received(frame);
        }
    }

    private void problem(Frame frame) {
        String code = String.valueOf(frame.text("code"));
        Act act = frame.uuid("id") == null ? null : waiting.get(frame.uuid("id"));
        boolean passing = List.of("rate-limited", "unavailable", "internal").contains(code);
        if (act != null && passing) {
            Duration wait = Duration.ofMillis(Math.max(200, frame.number("retryAfterMillis")));
            later(wait, () -> {
                if (ready && waiting.containsKey(act.id)) {
                    write(act.frame);
                }
            });
        } else if (act != null) {
            waiting.remove(act.id);
            act.refusal = code + ": " + frame.text("message");
        } else if (code.equals("token-expired") || code.equals("token-invalid")) {
            WebSocket open = socket;
            clock.execute(() -> {
                if (open != null) {
                    open.abort();
                    lost(open, SIGNED_OUT);
                }
            });
        } else if (passing) {
            // A greeting or an `open` was not done; a new connection says it again.
            later(Duration.ofMillis(Math.max(1_000, frame.number("retryAfterMillis"))), this::reconnect);
        } else {
            received(frame);
        }
    }

    protected final <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onOpen(WebSocket open) {
            lock.lock();
            try {
                if (closed) {
                    open.abort();
                    return;
                }
                socket = open;
                heardAt = System.nanoTime();
                opened();
            } finally {
                lock.unlock();
            }
            open.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                Frame frame = isOfNoInterest(text) ? null : Frame.read(text);
                text.setLength(0);
                lock.lock();
                try {
                    heardAt = System.nanoTime();
                    if (frame != null && socket == open) {
                        handle(frame);
                        changed.signalAll();
                    }
                } finally {
                    lock.unlock();
                }
            }
            open.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket open, java.nio.ByteBuffer message) {
            lock.lock();
            heardAt = System.nanoTime();
            lock.unlock();
            open.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket open, int code, String reason) {
            lost(open, code);
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable failure) {
            lost(open, null);
        }
    }
}
