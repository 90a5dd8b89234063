package io.replyloop.live;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.frames.Command;
import io.replyloop.frames.FrameRefused;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.platform.RefusedValue;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One WebSocket connection. Frames arrive on an event loop, which must not block: commands that need the database are
 * queued and handled in order, one at a time. Outgoing frames count as unread until the operating system has taken
 * them, and a client that leaves too many unread is disconnected. Most connections are idle, so a connection has no
 * timer, no thread, and no queue until it needs one.
 *
 * @param <C> the commands that this client can send
 */
abstract class Connection<C extends Command> {
    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final int CATCH_UP_PAUSE = 131_072;
    /** For the log. */
    private static final String CONVERSATION = "conversation";

    private final Socket socket;
    private final LiveConfig limits;
    private final LongSupplier clock;
    private final TokenBucket frames;
    private final TokenBucket refusals;
    private final long openedAt;
    private volatile long lastReceivedAt;

    // Guarded by this.
    private boolean closed;
    private int unreadFrames;
    private int unreadCharacters;
    private ArrayDeque<Runnable> whenDrained;
    private ArrayDeque<Waiting<C>> pendingCommands;
    private Runnable nextStep;

    /** @param since when the command came */
    private record Waiting<C>(C command, long since) {}

    Connection(Socket socket, LiveConfig limits) {
        this(socket, limits, System::nanoTime);
    }

    /** @param clock nanoseconds since some moment */
    Connection(Socket socket, LiveConfig limits, LongSupplier clock) {
        this.clock = clock;
        this.socket = socket;
        this.limits = limits;
        openedAt = clock.getAsLong();
        lastReceivedAt = openedAt;
        frames = new TokenBucket(limits.frameBurst(), limits.framesPerSecond(), openedAt);
        refusals = new TokenBucket(limits.refusalBurst(), limits.refusalsPerSecond(), openedAt);
    }

    /** Runs tasks that need the database. */
    abstract Executor executor();

    abstract C parse(String text);

    /**
     * Handles a command that does not need the database. Called on the event loop.
     *
     * @return false to queue the command for {@link #handle}
     */
    abstract boolean handleImmediately(C command);

    /** Handles a command; may wait for the database. */
    abstract void handle(C command);

    /** A command that waited in the queue has been handled, or refused. */
    void handled(C command, long nanos) {}

    abstract String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis);

    /** The event's sequence number on this side; null when this side does not see the event. */
    abstract Long sequenceOf(ConversationEventView event);

    abstract String textOf(ConversationEventView event);

    abstract List<ConversationEventView> eventsAfter(UUID conversation, long sequence, int limit);

    /** Receives a text frame from the client. Called on the event loop, one frame at a time. */
    final void receive(String text) {
        lastReceivedAt = clock.getAsLong();
        try {
            requireSize(text);
            C command = parse(text);
            requireRate(command.id());
            if (!handleImmediately(command)) {
                enqueue(command);
            }
        } catch (FrameRefused refused) {
            refuse(refused);
        }
    }

    final void refuseBinary() {
        lastReceivedAt = clock.getAsLong();
        refuse(new FrameRefused(ProblemCode.MALFORMED_FRAME, "Send text frames, not binary ones.", null));
    }

    /** The WebSocket itself has failed. */
    final void failed(Throwable failure) {
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            LOG.debugf("Connection lost: %s", failure.getMessage());
        } else {
            // Vert.x discards a message above its own limit, which is higher than ours, and keeps the connection open.
            LOG.debugf("Connection closed after a failure: %s", failure.getMessage());
            close(CloseCode.FRAME_TOO_LARGE);
        }
    }

    private void refuse(FrameRefused refused) {
        sendProblem(refused.problem(), refused.id(), null);
        if (!refusals.take(clock.getAsLong())) {
            close(CloseCode.LIMIT_EXCEEDED);
        }
    }

    /** Sends a frame; closes the connection if the client has left too many unread. */
    final void send(String text) {
        synchronized (this) {
            if (closed) {
                return;
            }
            unreadFrames++;
            unreadCharacters += text.length();
            if (unreadFrames <= limits.maxUnreadFrames() && unreadCharacters <= limits.maxUnreadCharacters()) {
                socket.write(text, () -> written(text.length()));
                return;
            }
        }
        close(CloseCode.LIMIT_EXCEEDED);
    }

    /** Whether sending history should pause until the client has read more. */
    final synchronized boolean isBehind() {
        return unreadCharacters > CATCH_UP_PAUSE || unreadFrames > limits.maxUnreadFrames() / 2;
    }

    /** Runs the task once the client has read every frame sent so far; immediately if it already has. */
    final void whenDrained(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (unreadFrames > 0) {
                if (whenDrained == null) {
                    whenDrained = new ArrayDeque<>(2);
                }
                whenDrained.add(task);
                return;
            }
        }
        executor().execute(task);
    }

    final void close(CloseCode code) {
        synchronized (this) {
            if (closed) {
                return;
            }
            markClosed();
        }
        socket.close(code);
    }

    /** The connection has been closed by either side. */
    final synchronized void ended() {
        markClosed();
    }

    private void markClosed() {
        closed = true;
        pendingCommands = null;
        nextStep = null;
        whenDrained = null;
    }

    final synchronized boolean isClosed() {
        return closed;
    }

    final boolean hasLostItsSocket() {
        return socket.isClosed();
    }

    final boolean isSilentFor(Duration time, long now) {
        return now - lastReceivedAt > time.toNanos();
    }

    final boolean isOlderThan(Duration time, long now) {
        return now - openedAt > time.toNanos();
    }

    final LiveConfig limits() {
        return limits;
    }

    private void requireSize(String text) {
        int limit = limits.maxFrameBytes();
        boolean tooLarge = text.length() > limit
                || (text.length() > limit / 3 && text.getBytes(StandardCharsets.UTF_8).length > limit);
        if (tooLarge) {
            throw new FrameRefused(
                    ProblemCode.FRAME_TOO_LARGE,
                    "A frame has at most " + limit + " bytes; send the text in parts.",
                    null);
        }
    }

    private void requireRate(UUID id) {
        long now = clock.getAsLong();
        if (!frames.take(now)) {
            throw FrameRefused.tooOften(Duration.ofMillis(frames.millisUntilNext(now)), id);
        }
    }

    private void enqueue(C command) {
        boolean first;
        synchronized (this) {
            if (closed) {
                return;
            }
            first = pendingCommands == null;
            if (first) {
                pendingCommands = new ArrayDeque<>(2);
            } else if (pendingCommands.size() >= limits.maxWaitingCommands()) {
                throw FrameRefused.tooOften(Duration.ofSeconds(1), command.id());
            }
            pendingCommands.add(new Waiting<>(command, clock.getAsLong()));
        }
        if (first) {
            executor().execute(this::handleNext);
        }
    }

    /**
     * Handles the rest of the current command in a task of its own on {@link #executor}, which may be another one by
     * then. Called from {@link #handle}; later commands wait until the step is done.
     */
    final synchronized void continueWith(Runnable step) {
        if (!closed) {
            nextStep = step;
        }
    }

    // The queue exists only while its commands are being handled, which keeps them in order. Each task handles one
    // command, because other connections may share the executor.
    private void handleNext() {
        Waiting<C> waiting;
        Runnable step;
        synchronized (this) {
            if (pendingCommands == null) {
                return;
            }
            waiting = pendingCommands.peek();
            step = nextStep;
            nextStep = null;
        }
        C command = waiting.command();
        if (command.conversation() != null) {
            MDC.put(CONVERSATION, command.conversation().toString());
        }
        try {
            if (step == null) {
                handle(command);
            } else {
                step.run();
            }
        } catch (FrameRefused refused) {
            refuse(refused);
        } catch (Problem problem) {
            sendProblem(problem, command.id(), command.conversation());
        } catch (RuntimeException failure) {
            failed(failure, command);
        } finally {
            MDC.remove(CONVERSATION);
        }
        boolean done;
        synchronized (this) {
            done = nextStep == null;
        }
        if (done) {
            handled(command, clock.getAsLong() - waiting.since());
        }
        synchronized (this) {
            if (pendingCommands == null) {
                return;
            }
            if (nextStep == null) {
                pendingCommands.remove();
            }
            if (pendingCommands.isEmpty()) {
                pendingCommands = null;
                return;
            }
        }
        executor().execute(this::handleNext);
    }

    private void failed(RuntimeException failure, C command) {
        if (RefusedValue.causedBy(failure)) {
            refuse(new FrameRefused(ProblemCode.INVALID, RefusedValue.DETAIL, command.id()));
            return;
        }
        boolean away = DatabaseAway.causedBy(failure);
        String reference = ProblemMappers.logged(failure);
        ProblemCode code = away ? ProblemCode.UNAVAILABLE : ProblemCode.INTERNAL;
        String message = away
                ? "The database cannot do this at the moment; send it again in a few seconds."
                : "Something went wrong on our side; the server's log has it under " + reference + ".";
        send(problemFrame(code.wireName(), message, command.id(), command.conversation(), null));
    }

    private void sendProblem(Problem problem, UUID id, UUID conversation) {
        Long retryAfter =
                problem.retryAfter() == null ? null : problem.retryAfter().toMillis();
        send(problemFrame(problem.code().wireName(), problem.getMessage(), id, conversation, retryAfter));
    }

    private void written(int characters) {
        ArrayDeque<Runnable> tasks = null;
        synchronized (this) {
            unreadFrames--;
            unreadCharacters -= characters;
            if (unreadFrames == 0) {
                tasks = whenDrained;
                whenDrained = null;
            }
        }
        if (tasks != null) {
            tasks.forEach(executor()::execute);
        }
    }
}
