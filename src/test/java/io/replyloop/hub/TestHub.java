package io.replyloop.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A hub with one model, over real HTTP; it can cut connections, lie about hashes, redirect and ask for a token. */
public final class TestHub implements AutoCloseable {
    public static final String ID = "shop/ranker";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    record Request(String path, String range, String authorization) {}

    final Map<String, byte[]> files = new LinkedHashMap<>();
    final Map<String, String> wrongHashes = new LinkedHashMap<>();
    final List<Request> requests = new ArrayList<>();
    String commit = COMMIT;
    /** Bytes of one answer after which the connection is cut; 0 never cuts. */
    int cutAfter;

    boolean knowsRanges = true;
    String token;
    /** Where files lie in truth, or null. */
    URI elsewhere;
    /** Answers 503 to so many requests first. */
    int unavailable;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public TestHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Takes the files of a directory for those of the model. */
    public void offer(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    HubOptions options() {
        return new HubOptions(address(), null, 3, Duration.ofMillis(1), Duration.ofSeconds(5));
    }

    HubOptions options(String withToken) {
        return new HubOptions(address(), withToken, 3, Duration.ofMillis(1), Duration.ofSeconds(5));
    }

    long requestsFor(String file) {
        return requests.stream()
                .filter(request -> request.path().endsWith(file))
                .count();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(new Request(path, range, authorization));
            if (unavailable > 0) {
                unavailable--;
                exchange.sendResponseHeaders(503, -1);
            } else if (token != null && !("Bearer " + token).equals(authorization)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (path.equals("/api/models/" + ID + "/revision/main")) {
                send(exchange, 200, listing().getBytes(StandardCharsets.UTF_8), 0);
            } else if (path.startsWith("/" + ID + "/resolve/" + commit + "/")) {
                file(exchange, path.substring(path.lastIndexOf('/') + 1), range);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void file(HttpExchange exchange, String name, String range) throws IOException {
        if (elsewhere != null) {
            exchange.getResponseHeaders()
                    .add("Location", elsewhere + exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        byte[] content = files.get(name);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        if (range != null && knowsRanges) {
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            send(exchange, 206, Arrays.copyOfRange(content, from, content.length), cutAfter);
        } else {
            send(exchange, 200, content, cutAfter);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] content, int cutAfter) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        int length = cutAfter == 0 ? content.length : Math.min(cutAfter, content.length);
        exchange.getResponseBody().write(content, 0, length);
        exchange.getResponseBody().flush();
    }

    private String listing() {
        ObjectNode json = new ObjectMapper().createObjectNode().put("sha", commit);
        files.forEach((name, content) -> {
            ObjectNode file = json.withArray("siblings").addObject();
            file.put("rfilename", name).put("size", content.length);
            file.put("blobId", wrongHashes.getOrDefault(name, gitHash(content)));
            if (name.endsWith(".safetensors")) {
                file.putObject("lfs").put("sha256", wrongHashes.getOrDefault(name, hash("SHA-256", content)));
            }
        });
        return json.toString();
    }

    private static String gitHash(byte[] content) {
        byte[] prefix = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] blob = Arrays.copyOf(prefix, prefix.length + content.length);
        System.arraycopy(content, 0, blob, prefix.length, content.length);
        return hash("SHA-1", blob);
    }

    static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
