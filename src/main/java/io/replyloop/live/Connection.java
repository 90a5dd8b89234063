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
import org.jboss.logging.Logger;

/**
 * One connection. Frames come in on an event loop, which may not wait: what needs the database goes into a queue that
 * is worked off in order, one command at a time. What goes out is counted until the operating system has taken it, and
 * a client that lets too much lie is dropped. Thousands of these stand idle, so there is no timer, thread or queue here
 * until one is needed.
 *
 * @param <C> what the client of this connection can ask for
 */
abstract class Connection<C extends Command> {
    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final int CATCH_UP_PAUSE = 131_072;

    private final Socket socket;
    private final LiveConfig limits;
    private final Executor executor;
    private final TokenBucket frames;
    private final TokenBucket refusals;
    private final long openedAt;
    private volatile long heardAt;

    // Guarded by this.
    private boolean closed;
    private int unreadFrames;
    private int unreadCharacters;
    private ArrayDeque<Runnable> whenRead;
    private ArrayDeque<C> waiting;

    Connection(Socket socket, LiveConfig limits, Executor executor) {
        this.socket = socket;
        this.limits = limits;
        this.executor = executor;
        openedAt = System.nanoTime();
        heardAt = openedAt;
        frames = new TokenBucket(limits.frameBurst(), limits.framesPerSecond(), openedAt);
        refusals = new TokenBucket(limits.refusalBurst(), limits.refusalsPerSecond(), openedAt);
    }

    abstract C parse(String text);

    /** Answers at once what needs no database; false leaves the command to {@link #handle}. Called on the event loop. */
    abstract boolean handleAtOnce(C command);

    /** May wait for the database. False puts the command off until the turn that this connection has by now. */
    abstract boolean handle(C command);

    abstract String problemFrame(String code, String message, UUID id, UUID conversation, Long retryAfterMillis);

    /** The number of an event on this side; null for what this side does not see. */
    abstract Long numberOf(ConversationEventView event);

    abstract String textOf(ConversationEventView event);

    abstract List<ConversationEventView> eventsAfter(UUID conversation, long number, int limit);

    /** A text frame from the client. Called for one frame after the other, on the event loop. */
    final void receive(String text) {
        heardAt = System.nanoTime();
        try {
            requireSize(text);
            C command = parse(text);
            requireRate(command.id());
            if (!handleAtOnce(command)) {
                enqueue(command);
            }
        } catch (FrameRefused refused) {
            refuse(refused);
        }
    }

    final void refuseBinary() {
        heardAt = System.nanoTime();
        refuse(new FrameRefused(ProblemCode.MALFORMED_FRAME, "Send text frames, not binary ones.", null));
    }

    /** The connection itself is in trouble. */
    final void failed(Throwable failure) {
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            LOG.debugf("Connection lost: %s", failure.getMessage());
        } else {
            // Vert.x gives up a message above its own limit, which is above ours, and leaves the connection open.
            LOG.debugf("Connection ended: %s", failure.getMessage());
            close(CloseCode.FRAME_TOO_LARGE);
        }
    }

    private void refuse(FrameRefused refused) {
        problem(refused.problem(), refused.id(), null);
        if (!refusals.take(System.nanoTime())) {
            close(CloseCode.TOO_MUCH);
        }
    }

    /** Sends a frame, or drops a client that has left too many unread. */
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
        close(CloseCode.TOO_MUCH);
    }

    /** Whether history should wait until the client has read some of what was sent. */
    final synchronized boolean isBehind() {
        return unreadCharacters > CATCH_UP_PAUSE || unreadFrames > limits.maxUnreadFrames() / 2;
    }

    /** Runs the task when the client has read everything so far; at once if it has. */
    final void whenRead(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (unreadFrames > 0) {
                if (whenRead == null) {
                    whenRead = new ArrayDeque<>(2);
                }
                whenRead.add(task);
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
            closed = true;
            waiting = null;
            whenRead = null;
        }
        socket.close(code);
    }

    /** The connection has ended, from whichever side. */
    final synchronized void ended() {
        closed = true;
        waiting = null;
        whenRead = null;
    }

    final synchronized boolean isClosed() {
        return closed;
    }

    final boolean isSilentFor(Duration time, long now) {
        return now - heardAt > time.toNanos();
    }

    final boolean isOlderThan(Duration time, long now) {
        return now - openedAt > time.toNanos();
    }

    /** Where that is done which needs the database. */
    Executor executor() {
        return executor;
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
        long now = System.nanoTime();
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
            first = waiting == null;
            if (first) {
                waiting = new ArrayDeque<>(2);
            } else if (waiting.size() >= limits.maxWaitingCommands()) {
                throw FrameRefused.tooOften(Duration.ofSeconds(1), command.id());
            }
            waiting.add(command);
        }
        if (first) {
            executor().execute(this::workOff);
        }
    }

    // The queue exists exactly as long as somebody works it off, which keeps the commands in order. One in each turn,
    // since others may stand in the same line.
    private void workOff() {
        C command;
        synchronized (this) {
            if (waiting == null) {
                return;
            }
            command = waiting.peek();
        }
        boolean handled = true;
        try {
            handled = handle(command);
        } catch (FrameRefused refused) {
            refuse(refused);
        } catch (Problem problem) {
            problem(problem, command.id(), command.conversation());
        } catch (RuntimeException failure) {
            failed(failure, command);
        }
        synchronized (this) {
            if (waiting == null) {
                return;
            }
            if (handled) {
                waiting.remove();
            }
            if (waiting.isEmpty()) {
                waiting = null;
                return;
            }
        }
        executor().execute(this::workOff);
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

    private void problem(Problem problem, UUID id, UUID conversation) {
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
                tasks = whenRead;
                whenRead = null;
            }
        }
        if (tasks != null) {
            tasks.forEach(executor()::execute);
        }
    }
}
