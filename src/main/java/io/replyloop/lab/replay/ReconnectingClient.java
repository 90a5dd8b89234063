package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
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
 * A WebSocket client that reconnects. Commands are kept until they are acknowledged, and are sent again with the same
 * id after each reconnect. A connection that receives nothing for 45 s is considered dead. Subclasses define how the
 * client is greeted and how it handles events.
 */
abstract class ReconnectingClient implements AutoCloseable {
    private static final Duration PING_AFTER = Duration.ofSeconds(20);
    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(45);
    protected static final Duration AWAIT_TIMEOUT = Duration.ofMinutes(3);
    private static final int SIGNED_OUT = 4401;
    private static final String CONVERSATION_FRAME = "{\"type\":\"conversation\",";
    private static final int NORMAL_CLOSURE = 1000;

    protected final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ScheduledExecutorService scheduler;
    private final Map<UUID, SentCommand> unacknowledged = new LinkedHashMap<>();
    private final ScheduledFuture<?> livenessCheck;
    private WebSocket socket;
    private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);
    private volatile boolean ready;
    private boolean closed;
    private int connections;
    private int failures;
    private volatile long readyAt;
    private long lastReceivedAt;
    private long lastSentAt;

    ReconnectingClient(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        this.livenessCheck = scheduler.scheduleWithFixedDelay(this::checkLiveness, 5, 5, TimeUnit.SECONDS);
    }

    /** Opens a WebSocket; called again after each lost connection. */
    protected abstract CompletableFuture<WebSocket> connect(WebSocket.Listener listener);

    /** The WebSocket is open; called with the lock held. */
    protected abstract void opened();

    /** Handles every frame except acknowledgements, pongs, and problems with commands; called with the lock held. */
    protected abstract void received(Frame frame);

    /** Gets new credentials; called without the lock, may block. */
    protected abstract void renewCredentials();

    final void start() {
        scheduler.execute(this::tryConnect);
    }

    /** How many connections have become ready; more than one means that the client has reconnected. */
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

    final SentCommand send(ObjectNode frame) {
        return locked(() -> {
            SentCommand command = new SentCommand(frame, connections);
            unacknowledged.put(command.id, command);
            if (ready) {
                write(command.frame);
            }
            return command;
        });
    }

    /** Waits until the command is acknowledged or refused; false if the server does neither within three minutes. */
    final boolean await(SentCommand command) {
        return await(() -> command.acknowledgement != null || command.refusal != null ? command : null, AWAIT_TIMEOUT)
                != null;
    }

    /** Waits until the supplier returns a value; null after the timeout. The supplier is called with the lock held. */
    final <T> T await(Supplier<T> value, Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            T found = value.get();
            while (found == null && left > 0) {
                left = changed.awaitNanos(left);
                found = value.get();
            }
            return found;
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } finally {
            lock.unlock();
        }
    }

    final <T> T await(Supplier<T> value) {
        return await(value, AWAIT_TIMEOUT);
    }

    @Override
    public final void close() {
        livenessCheck.cancel(false);
        lock.lock();
        try {
            closed = true;
            if (socket != null) {
                WebSocket open = socket;
                socket = null;
                ready = false;
                writing.whenComplete((done, failure) ->
                        open.sendClose(NORMAL_CLOSURE, "").whenComplete((sent, unsent) -> open.abort()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The client has been greeted: unacknowledged commands are sent again in their original order. */
    protected final void becomeReady() {
        ready = true;
        readyAt = System.nanoTime();
        connections++;
        failures = 0;
        List.copyOf(unacknowledged.values()).forEach(command -> write(command.frame));
        changed.signalAll();
    }

    protected final void write(ObjectNode frame) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        String text = frame.toString();
        lastSentAt = System.nanoTime();
        // The JDK client allows only one pending send.
        writing = writing.handle((done, failure) -> null).thenCompose(done -> open.sendText(text, true));
        writing.whenComplete((done, failure) -> {
            if (failure != null) {
                lost(open, null);
            }
        });
    }

    /** Aborts the connection, as a network failure would, and reconnects. */
    protected final void reconnect() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
            lost(open, null);
        }
    }

    protected final void schedule(Duration delay, Runnable action) {
        scheduler.schedule(
                () -> locked(() -> {
                    action.run();
                    return null;
                }),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tryConnect() {
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

    /** In a busy team, most frames that a console receives are changes in the inbox, which are not needed here. */
    private static boolean isIgnored(StringBuilder text) {
        return text.length() > CONVERSATION_FRAME.length()
                && text.substring(0, CONVERSATION_FRAME.length()).equals(CONVERSATION_FRAME);
    }

    private static boolean isUnauthorized(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode() == 401;
            }
        }
        return false;
    }

    private void connectLater() {
        int attempt = locked(() -> failures++);
        scheduler.schedule(this::tryConnect, ApiClient.backOff(attempt).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renewThenConnect() {
        scheduler.execute(() -> {
            try {
                renewCredentials();
            } catch (RuntimeException refused) {
                System.err.println("Could not renew the credentials: " + refused.getMessage());
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

    private void checkLiveness() {
        WebSocket dead = locked(() -> {
            long now = System.nanoTime();
            if (socket != null && now - lastReceivedAt > RECEIVE_TIMEOUT.toNanos()) {
                return socket;
            }
            if (ready && now - lastSentAt > PING_AFTER.toNanos()) {
                write(Json.MAPPER.createObjectNode().put("type", "ping"));
            }
            return null;
        });
        if (dead != null) {
            dead.abort();
            lost(dead, null);
        }
    }

    private void handle(Frame frame) {
        switch (frame.type()) {
            case "ack" -> {
                SentCommand command = unacknowledged.remove(frame.uuid("id"));
                if (command != null) {
                    command.acknowledge(frame, connections);
                }
            }
            case "problem" -> problem(frame);
            case "pong" -> {}
            default -> received(frame);
        }
    }

    private void problem(Frame frame) {
        String code = String.valueOf(frame.text("code"));
        SentCommand command = frame.uuid("id") == null ? null : unacknowledged.get(frame.uuid("id"));
        boolean isTransient = List.of("rate-limited", "unavailable", "internal").contains(code);
        if (command != null && isTransient) {
            Duration delay = Duration.ofMillis(Math.max(200, frame.number("retryAfterMillis")));
            schedule(delay, () -> {
                if (ready && unacknowledged.containsKey(command.id)) {
                    write(command.frame);
                }
            });
        } else if (command != null) {
            unacknowledged.remove(command.id);
            command.refusal = code + ": " + frame.text("message");
        } else if (code.equals("token-expired") || code.equals("token-invalid")) {
            WebSocket open = socket;
            scheduler.execute(() -> {
                if (open != null) {
                    open.abort();
                    lost(open, SIGNED_OUT);
                }
            });
        } else if (isTransient) {
            // A `hello` or an `open` has failed; a new connection repeats it.
            schedule(Duration.ofMillis(Math.max(1_000, frame.number("retryAfterMillis"))), this::reconnect);
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
                lastReceivedAt = System.nanoTime();
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
                Frame frame = isIgnored(text) ? null : Frame.read(text);
                text.setLength(0);
                lock.lock();
                try {
                    lastReceivedAt = System.nanoTime();
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
        public CompletionStage<?> onPing(WebSocket open, ByteBuffer message) {
            lock.lock();
            lastReceivedAt = System.nanoTime();
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
