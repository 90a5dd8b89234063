package io.replyloop.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of HTTP/2 that asks and takes not a byte of any answer's body, until it opens the window. */
final class WindowlessClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_OF_STREAM = 1;
    private static final int END_OF_HEADERS = 4;
    private static final short INITIAL_WINDOW_SIZE = 4;

    private final Socket socket;
    private int nextStream = 1;

    WindowlessClient(URI server) {
        try {
            socket = new Socket("127.0.0.1", server.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            openWindow(0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void openWindow(int bytes) {
        send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort(INITIAL_WINDOW_SIZE)
                        .putInt(bytes)
                        .array());
    }

    void get(String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        // From HPACK's static table: GET, http; then path and authority by name with values of their own.
        head.write(0x82);
        head.write(0x86);
        for (String value : new String[] {path, "localhost"}) {
            head.write(value.equals(path) ? 0x04 : 0x01);
            head.write(value.length());
            head.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        }
        send(HEADERS, END_OF_STREAM | END_OF_HEADERS, nextStream, head.toByteArray());
        nextStream += 2;
    }

    /** Reads until so many answers have come to their end. */
    void awaitAnswers(int count) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int ended = 0; ended < count; ) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                in.readInt();
                in.skipNBytes(lengthAndType >>> 8);
                boolean ofAnswer = (lengthAndType & 0xFF) == DATA || (lengthAndType & 0xFF) == HEADERS;
                ended += ofAnswer && (flags & END_OF_STREAM) != 0 ? 1 : 0;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void send(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        try {
            socket.getOutputStream().write(frame.array());
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
