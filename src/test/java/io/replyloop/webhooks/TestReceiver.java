package io.replyloop.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A program that webhooks are sent to: remembers what came, and answers as a test wants it to. */
final class TestReceiver implements AutoCloseable {
    /** What came with one request. */
    record Received(String id, long timestamp, String signature, String host, String text, JsonNode body) {
        String type() {
            return body.path("type").asText();
        }

        String conversation() {
            return body.path("data").path("conversation").asText();
        }

        long sequence() {
            return body.path("sequence").asLong();
        }
    }

    /** How it answers. */
    interface Answering {
        void to(HttpExchange request, Received received) throws IOException;
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Answering answering = status(204);
    private volatile HttpServer server;
    private int port;

    TestReceiver() throws IOException {
        start();
    }

    static Answering status(int status) {
        return (request, received) -> request.sendResponseHeaders(status, -1);
    }

    /** Again on the same port. */
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    void answers(Answering now) {
        answering = now;
    }

    private void take(HttpExchange request) throws IOException {
        try (request) {
            String text = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Received one = new Received(
                    request.getRequestHeaders().getFirst("webhook-id"),
                    Long.parseLong(request.getRequestHeaders().getFirst("webhook-timestamp")),
                    request.getRequestHeaders().getFirst("webhook-signature"),
                    request.getRequestHeaders().getFirst("host"),
                    text,
                    Json.MAPPER.readTree(text));
            received.add(one);
            answering.to(request, one);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hooks?key=hidden";
    }

    int port() {
        return port;
    }

    /** All that came, repeats too. */
    List<Received> all() {
        return List.copyOf(received);
    }

    /** Without repeats, in the order of their first arrival. */
    List<Received> first() {
        Map<String, Received> once = new LinkedHashMap<>();
        received.forEach(one -> once.putIfAbsent(one.id(), one));
        return new ArrayList<>(once.values());
    }

    List<String> types() {
        return first().stream().map(Received::type).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
