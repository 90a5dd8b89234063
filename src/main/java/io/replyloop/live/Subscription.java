package io.replyloop.live;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.platform.ProblemMappers;
import java.util.List;
import java.util.UUID;

/**
 * One connection's place in one conversation. Events go out strictly in sequence: the next one is sent as it is
 * announced, and when one is missing in between, everything from there on is read from the database. So an
 * announcement that got lost, came twice or came late does no harm.
 */
final class Subscription {
    private static final int PAGE = 100;

    private final Connection<?> session;
    private final UUID conversation;

    // Guarded by this.
    private long cursor;
    private int starts;
    private boolean started;
    private boolean reading;
    private boolean readAgain;
    private boolean failed;

    Subscription(Connection<?> session, UUID conversation) {
        this.session = session;
        this.conversation = conversation;
    }

    Connection<?> session() {
        return session;
    }

    UUID conversation() {
        return conversation;
    }

    /** Holds events back, so that a snapshot can be sent before them. */
    synchronized void pause() {
        started = false;
    }

    /** Sends what comes after that number, and then what happens. */
    void start(long after) {
        synchronized (this) {
            cursor = after;
            starts++;
            started = true;
        }
        catchUp();
    }

    /** Something has happened. */
    void offer(ConversationEventView event, String text) {
        Long number = session.numberOf(event);
        if (number == null) {
            return;
        }
        synchronized (this) {
            if (!started || number <= cursor) {
                return;
            }
            // While history is being read, a client that is behind gets what is new from there, at its own pace.
            if (number == cursor + 1 && !reading) {
                cursor = number;
                session.send(text);
                return;
            }
        }
        catchUp();
    }

    /** The conversation has come that far, in the numbering of this side; reads what is missing. */
    void reached(long number) {
        synchronized (this) {
            if (!started || number <= cursor) {
                return;
            }
        }
        catchUp();
    }

    /** Tries again what the database could not answer. */
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
        session.executor().execute(this::read);
    }

    private void read() {
        try {
            Place place = place();
            while (place != null && !session.isClosed()) {
                List<ConversationEventView> events = session.eventsAfter(conversation, place.cursor(), PAGE);
                for (ConversationEventView event : events) {
                    if (!sendNext(event, place)) {
                        break;
                    }
                    if (session.isBehind()) {
                        session.whenRead(this::read);
                        return;
                    }
                }
                place = isDone(events.size() < PAGE) ? null : place();
            }
        } catch (RuntimeException failure) {
            ProblemMappers.logged(failure);
            synchronized (this) {
                reading = false;
                failed = true;
            }
        }
    }

    /** False when the client has said anew where it stands, so that what was read is not what comes next. */
    private synchronized boolean sendNext(ConversationEventView event, Place place) {
        if (!started || starts != place.starts()) {
            return false;
        }
        cursor = session.numberOf(event);
        session.send(session.textOf(event));
        return true;
    }

    private synchronized Place place() {
        if (!started) {
            reading = false;
            return null;
        }
        return new Place(cursor, starts);
    }

    private synchronized boolean isDone(boolean lastPage) {
        if (!lastPage || readAgain) {
            readAgain = false;
            return false;
        }
        reading = false;
        return true;
    }

    private record Place(long cursor, int starts) {}
}
