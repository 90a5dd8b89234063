package io.replyloop.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes that it is told to, from an address of this machine. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();

    RawClient(URI server, String from) {
        this(server, from, 0);
    }

    /** @param room for what has come and was not read, in bytes; 0 for what is usual */
    RawClient(URI server, String from, int room) {
        try {
            if (room > 0) {
                socket.setReceiveBufferSize(room);
            }
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.getPort()));
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first line of the answer, or an empty text when the server closed the connection without one. */
    String statusLine() {
        try {
            StringBuilder line = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0 && next != '\r';
                    next = socket.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int status() {
        String line = statusLine();
        return line.isEmpty() ? 0 : Integer.parseInt(line.split(" ")[1]);
    }

    /** Whether the server has closed the connection instead of answering. */
    boolean isRefused(String request) {
        try {
            return send(request).statusLine().isEmpty();
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof SocketException) {
                return true;
            }
            throw failure;
        }
    }

    /** All that is sent until the server closes the connection. */
    String untilClosed() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
