package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Opens connections that send slowly, to measure their effect on customers. Each connection acts once per second, for
 * example by sending one byte, and is reopened after the server has closed it. One thread serves all connections. Works
 * only against a server on this machine.
 */
final class SlowConnections implements AutoCloseable {
    /** What a connection does. */
    enum Kind {
        /** Announces the length of a body and sends one byte of it per second. */
        BODY,
        /** As {@link #BODY}, but in chunks of one byte. */
        CHUNKED,
        /** Announces the length of a body and never sends it. */
        ANNOUNCED,
        /** Sends one byte of a header per second. */
        HEAD,
        /** Uploads a file as the signed-in admin. */
        UPLOAD,
        /** Opens a customer's WebSocket and never sends {@code hello}. */
        UPGRADE,
        /** Requests a large response again and again without reading any. */
        READER,
        /** Connects and never sends anything. */
        SILENT
    }

    private static final int STEPS_PER_SECOND = 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int SMALL_BUFFER = 1_024;

    private final class SlowConnection {
        private final Kind kind;
        private final InetAddress from;
        private SocketChannel channel;

        SlowConnection(Kind kind, InetAddress from) {
            this.kind = kind;
            this.from = from;
        }

        void act() throws IOException {
            if (channel == null) {
                open();
            } else {
                write(nextData());
            }
        }

        private void open() throws IOException {
            SocketChannel opening = SocketChannel.open();
            try {
                if (kind == Kind.READER) {
                    opening.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
                }
                opening.bind(new InetSocketAddress(from, 0));
                opening.socket().connect(target, CONNECT_TIMEOUT_MILLIS);
                opening.configureBlocking(false);
                if (kind != Kind.READER) {
                    opening.register(selector, SelectionKey.OP_READ, this);
                }
            } catch (IOException failure) {
                opening.close();
                throw failure;
            }
            channel = opening;
            opened++;
            write(firstData());
        }

        /** Discards what does not fit into the send buffer, because the server need not understand it. */
        private void write(String text) throws IOException {
            if (!text.isEmpty()) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }

        private String firstData() {
            return switch (kind) {
                case BODY, ANNOUNCED -> post("/api/customer/token", "Content-Length: 60000");
                case CHUNKED -> post("/api/customer/token", "Transfer-Encoding: chunked");
                case UPLOAD ->
                    post(
                            "/api/replies/import?format=jsonl&dryRun=true",
                            "Content-Length: 20000000\r\nCookie: " + cookie);
                case HEAD -> "GET / HTTP/1.1\r\nX-Slow: ";
                case UPGRADE ->
                    "GET /ws/customer HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
                case READER -> nextData();
                case SILENT -> "";
            };
        }

        private String nextData() {
            return switch (kind) {
                case BODY, HEAD, UPLOAD -> "x";
                case CHUNKED -> "1\r\nx\r\n";
                case READER -> "GET /api/openapi HTTP/1.1\r\nHost: localhost\r\n\r\n";
                case ANNOUNCED, UPGRADE, SILENT -> "";
            };
        }

        private String post(String path, String header) {
            return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + header
                    + "\r\n\r\n";
        }

        void closed() {
            try {
                channel.close();
            } catch (IOException alreadyGone) {
                // Nothing is left to close.
            }
            channel = null;
            closedByServer++;
        }
    }

    private final InetSocketAddress target;
    private final String cookie;
    private final Selector selector;
    private final List<SlowConnection> connections = new ArrayList<>();
    private final ByteBuffer unread = ByteBuffer.allocate(16_384);
    private final Thread thread = DaemonThreads.named("slow-connections").newThread(this::run);
    private volatile boolean closing;
    private volatile long opened;
    private volatile long closedByServer;
    private volatile long failed;

    /** @param cookie the admin's session cookie; null without {@link Kind#UPLOAD} */
    SlowConnections(URI server, String cookie) {
        try {
            target = new InetSocketAddress(
                    InetAddress.getByName(server.getHost()), server.getPort() < 0 ? 80 : server.getPort());
            selector = Selector.open();
        } catch (IOException failure) {
            throw new ReplayException("Cannot prepare slow connections: " + failure.getMessage(), failure);
        }
        if (!target.getAddress().isLoopbackAddress()) {
            throw new ReplayException("--slow and --silent are for a server on this machine.");
        }
        this.cookie = cookie;
    }

    /** @param from a local address for all connections; null for a different address of 127.1.0.0/16 each */
    void add(int count, List<Kind> kinds, String from) {
        for (int index = 0; index < count; index++) {
            connections.add(new SlowConnection(kinds.get(index % kinds.size()), address(from, connections.size())));
        }
    }

    private static InetAddress address(String from, int number) {
        try {
            return from != null
                    ? InetAddress.getByName(from)
                    : InetAddress.getByAddress(new byte[] {127, 1, (byte) (number / 250), (byte) (1 + number % 250)});
        } catch (IOException unknown) {
            throw new ReplayException("There is no address " + from + " on this machine.", unknown);
        }
    }

    void start() {
        // Shuffled, so that each step serves connections of every kind.
        Collections.shuffle(connections, new Random(1));
        thread.start();
    }

    private void run() {
        for (int step = 0; !closing; step++) {
            long deadline = System.nanoTime() + 1_000_000_000L / STEPS_PER_SECOND;
            for (int index = step % STEPS_PER_SECOND;
                    index < connections.size() && !closing;
                    index += STEPS_PER_SECOND) {
                SlowConnection connection = connections.get(index);
                try {
                    connection.act();
                } catch (IOException refused) {
                    if (connection.channel == null) {
                        failed++;
                    } else {
                        connection.closed();
                    }
                }
            }
            listen(deadline);
        }
    }

    private void listen(long deadline) {
        try {
            for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
                selector.select(Math.max(1, left / 1_000_000));
                for (SelectionKey key : selector.selectedKeys()) {
                    receive(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException failure) {
            throw new ReplayException("The slow connections have failed: " + failure.getMessage(), failure);
        }
    }

    private void receive(SelectionKey key) {
        SlowConnection connection = (SlowConnection) key.attachment();
        try {
            unread.clear();
            if (key.isValid() && connection.channel == key.channel() && connection.channel.read(unread) < 0) {
                connection.closed();
            }
        } catch (IOException reset) {
            connection.closed();
        }
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        connections.forEach(connection -> kinds.merge(connection.kind, 1, Integer::sum));
        ObjectNode asked = json.putObject("asked");
        kinds.forEach((kind, count) -> asked.put(kind.name().toLowerCase(Locale.ROOT), count));
        return json.put("opened", opened).put("closedByServer", closedByServer).put("failed", failed);
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(5_000);
            selector.close();
            for (SlowConnection connection : connections) {
                if (connection.channel != null) {
                    connection.channel.close();
                }
            }
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } catch (IOException alreadyGone) {
            // The process is about to end.
        }
    }
}
