package io.replyloop.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/** The part of a WebSocket that a session needs. */
interface Socket {
    /** Writes without waiting; runs {@code written} when the operating system has taken the text, or never will. */
    void write(String text, Runnable written);

    void close(CloseCode code);

    static Socket of(WebSocketConnection connection) {
        return new OverWebSocket(connection);
    }

    record OverWebSocket(WebSocketConnection connection) implements Socket {
        private static final Logger LOG = Logger.getLogger(Socket.class);

        @Override
        public void write(String text, Runnable written) {
            if (connection.isClosed()) {
                // Quarkus would log a warning for each frame to a page that has just gone.
                written.run();
                return;
            }
            connection.sendText(text).subscribe().with(done -> written.run(), failure -> {
                // The other side has gone; whatever it missed it asks for when it is back.
                LOG.debugf("Not written to %s: %s", connection.id(), failure.getMessage());
                written.run();
            });
        }

        @Override
        public void close(CloseCode code) {
            if (connection.isClosed()) {
                return;
            }
            connection
                    .close(new CloseReason(code.number(), code.reason()))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("Not closed: %s", failure.getMessage()));
        }
    }
}
