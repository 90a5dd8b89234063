package io.replyloop.live;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.platform.ProblemMappers;
import java.util.List;
import java.util.UUID;

/**
 * One connection's subscription to one conversation. Events are sent strictly in sequence: the next event is sent when
 * it is delivered here; after a gap, all missing events are read from the database. A delivery that is lost, repeated
 * or late therefore does no harm.
 */
final class Subscription {
    private static final int PAGE = 100;

    private final Connection<?> connection;
    private final UUID conversation;

    // Guarded by this.
    private long cursor;
    private int generation;
    private boolean started;
    private boolean reading;
    private boolean readAgain;
    private boolean failed;

    Subscription(Connection<?> connection, UUID conversation) {
        this.connection = connection;
        this.conversation = conversation;
    }

    Connection<?> connection() {
        return connection;
    }

    UUID conversation() {
        return conversation;
    }

    /** Holds events back so that a snapshot can be sent first. */
    synchronized void pause() {
        started = false;
    }

    /** Sends the events after this sequence number, then live events. */
    void start(long after) {
        synchronized (this) {
            cursor = after;
            generation++;
            started = true;
        }
        catchUp();
    }

    void deliver(ConversationEventView event, String text) {
        Long sequence = connection.sequenceOf(event);
        if (sequence == null) {
            return;
        }
        synchronized (this) {
            if (!started || sequence <= cursor) {
                return;
            }
            // While history is being read, a client that is behind gets new events from there, at its own pace.
            if (sequence == cursor + 1 && !reading) {
                cursor = sequence;
                connection.send(text);
                return;
            }
        }
        catchUp();
    }

    /** Reads what is missing up to this sequence number, in the numbering of this side. */
    void catchUpTo(long sequence) {
        synchronized (this) {
            if (!started || sequence <= cursor) {
                return;
            }
        }
        catchUp();
    }

    /** Repeats a read that has failed. */
    void retry() {
        synchronized (this) {
            if (!failed) {
                return;
            }
        }
        catchUp();
    }

    private void catchUp() {
        synchronized (this) {
            failed = false;
            if (reading) {
                readAgain = true;
                return;
            }
            reading = true;
        }
        connection.executor().execute(this::read);
    }

    private void read() {
        try {
            Position position = position();
            while (position != null && !connection.isClosed()) {
                List<ConversationEventView> events = connection.eventsAfter(conversation, position.cursor(), PAGE);
                for (ConversationEventView event : events) {
                    if (!sendNext(event, position)) {
                        break;
                    }
                    if (connection.isBehind()) {
                        connection.whenDrained(this::read);
                        return;
                    }
                }
                position = isDone(events.size() < PAGE) ? null : position();
            }
        } catch (RuntimeException failure) {
            ProblemMappers.logged(failure);
            synchronized (this) {
                reading = false;
                failed = true;
            }
        }
    }

    /** False when the client has restarted the subscription, so that this event is no longer the next one. */
    private synchronized boolean sendNext(ConversationEventView event, Position position) {
        if (!started || generation != position.generation()) {
            return false;
        }
        cursor = connection.sequenceOf(event);
        connection.send(connection.textOf(event));
        return true;
    }

    private synchronized Position position() {
        if (!started) {
            reading = false;
            return null;
        }
        return new Position(cursor, generation);
    }

    private synchronized boolean isDone(boolean lastPage) {
        if (!lastPage || readAgain) {
            readAgain = false;
            return false;
        }
        reading = false;
        return true;
    }

    private record Position(long cursor, int generation) {}
}
