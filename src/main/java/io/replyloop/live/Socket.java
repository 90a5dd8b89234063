package io.replyloop.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/** The part of a WebSocket that a connection needs. */
interface Socket {
    /**
     * Writes without blocking; runs {@code written} when the operating system has taken the text or the write has
     * failed.
     */
    void write(String text, Runnable written);

    void close(CloseCode code);

    /** Whether the client or the network has ended it, which is not always said by an event. */
    default boolean isClosed() {
        return false;
    }

    static Socket of(WebSocketConnection connection) {
        return new OverWebSocket(connection);
    }

    record OverWebSocket(WebSocketConnection connection) implements Socket {
        private static final Logger LOG = Logger.getLogger(Socket.class);

        @Override
        public void write(String text, Runnable written) {
            if (connection.isClosed()) {
                // Quarkus logs a warning for each frame to a closed connection.
                written.run();
                return;
            }
            connection.sendText(text).subscribe().with(done -> written.run(), failure -> {
                // The client has disconnected; it asks for what it missed when it reconnects.
                LOG.debugf("Could not write to %s: %s", connection.id(), failure.getMessage());
                written.run();
            });
        }

        @Override
        public boolean isClosed() {
            return connection.isClosed();
        }

        @Override
        public void close(CloseCode code) {
            if (connection.isClosed()) {
                return;
            }
            connection
                    .close(new CloseReason(code.number(), code.reason()))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("Could not close: %s", failure.getMessage()));
        }
    }
}
