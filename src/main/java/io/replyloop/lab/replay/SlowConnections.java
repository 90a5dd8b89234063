package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Map;

/**
 * Strangers who take their time, to see whether customers notice. Each does something once a second, such as sending
 * one byte, and comes again when the server has closed its connection. One thread for all of them; only against a
 * server on this machine.
 */
final class SlowConnections implements AutoCloseable {
    /** What a connection does, so slowly. */
    enum Kind {
        /** Says how long its body is and sends a byte of it each second. */
        BODY,
        /** The same in chunks of one byte. */
        CHUNKED,
        /** Announces a body and never sends it. */
        ANNOUNCED,
        /** Sends a byte of a header each second. */
        HEAD,
        /** Uploads a file as the signed-in admin. */
        UPLOAD,
        /** Opens a customer's WebSocket and never says hello. */
        UPGRADE,
        /** Asks for a large answer again and again, and reads none. */
        READER,
        /** Connects and says nothing. */
        SILENT
    }

    private static final int STEPS_A_SECOND = 20;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int SMALL_BUFFER = 1_024;

    private final class Stranger {
        private final Kind kind;
        private final InetAddress from;
        private SocketChannel channel;

        Stranger(Kind kind, InetAddress from) {
            this.kind = kind;
            this.from = from;
        }

        void act() throws IOException {
            if (channel == null) {
                open();
            } else {
                write(again());
            }
        }

        private void open() throws IOException {
            SocketChannel fresh = SocketChannel.open();
            try {
                if (kind == Kind.READER) {
                    fresh.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
                }
                fresh.bind(new InetSocketAddress(from, 0));
                fresh.socket().connect(target, CONNECT_MILLIS);
                fresh.configureBlocking(false);
                if (kind != Kind.READER) {
                    fresh.register(selector, SelectionKey.OP_READ, this);
                }
            } catch (IOException failure) {
                fresh.close();
                throw failure;
            }
            channel = fresh;
            opened++;
            write(first());
        }

        /** Whatever does not fit is left out: nobody here has to be understood. */
        private void write(String text) throws IOException {
            if (!text.isEmpty()) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }

        private String first() {
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
                case READER -> again();
                case SILENT -> "";
            };
        }

        private String again() {
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
                // It is what was wanted.
            }
            channel = null;
            closedByServer++;
        }
    }

    private final InetSocketAddress target;
    private final String cookie;
    private final Selector selector;
    private final List<Stranger> strangers = new ArrayList<>();
    private final ByteBuffer unread = ByteBuffer.allocate(16_384);
    private final Thread thread = new Thread(this::run, "slow-connections");
    private volatile boolean closing;
    private volatile long opened;
    private volatile long closedByServer;
    private volatile long failed;

    /** @param cookie the admin's session, for {@link Kind#UPLOAD}; null when nobody uploads */
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
        thread.setDaemon(true);
    }

    /** @param from an address of this machine, or null for one each of 127.0.0.0/8 */
    void add(int count, List<Kind> kinds, String from) {
        for (int index = 0; index < count; index++) {
            strangers.add(new Stranger(kinds.get(index % kinds.size()), address(from, strangers.size())));
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
        // Mixed, so that each step opens and feeds some of every kind.
        Collections.shuffle(strangers, new java.util.Random(1));
        thread.start();
    }

    private void run() {
        for (int step = 0; !closing; step++) {
            long until = System.nanoTime() + 1_000_000_000L / STEPS_A_SECOND;
            for (int index = step % STEPS_A_SECOND; index < strangers.size() && !closing; index += STEPS_A_SECOND) {
                Stranger one = strangers.get(index);
                try {
                    one.act();
                } catch (IOException refused) {
                    if (one.channel == null) {
                        failed++;
                    } else {
                        one.closed();
                    }
                }
            }
            listen(until);
        }
    }

    private void listen(long until) {
        try {
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                selector.select(Math.max(1, left / 1_000_000));
                for (SelectionKey key : selector.selectedKeys()) {
                    receive(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException failure) {
            throw new ReplayException("Slow connections came to an end: " + failure.getMessage(), failure);
        }
    }

    private void receive(SelectionKey key) {
        Stranger one = (Stranger) key.attachment();
        try {
            unread.clear();
            if (key.isValid() && one.channel == key.channel() && one.channel.read(unread) < 0) {
                one.closed();
            }
        } catch (IOException reset) {
            one.closed();
        }
    }

    ObjectNode json() {
        ObjectNode json = JsonLines.JSON.createObjectNode();
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        strangers.forEach(one -> kinds.merge(one.kind, 1, Integer::sum));
        ObjectNode asked = json.putObject("asked");
        kinds.forEach((kind, count) -> asked.put(kind.name().toLowerCase(java.util.Locale.ROOT), count));
        return json.put("opened", opened).put("closedByServer", closedByServer).put("failed", failed);
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(5_000);
            selector.close();
            for (Stranger one : strangers) {
                if (one.channel != null) {
                    one.channel.close();
                }
            }
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } catch (IOException alreadyGone) {
            // The process ends anyway.
        }
    }
}
