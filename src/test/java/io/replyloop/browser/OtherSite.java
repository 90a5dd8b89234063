package io.replyloop.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** A website of somebody else, with a server and an origin of its own. */
class OtherSite implements AutoCloseable {
    private final HttpServer server;
    private volatile String html = "";

    /** Not localhost, where the chat comes from: for browsers that is another site. */
    private String host = "127.0.0.1";

    OtherSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = html.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    /** Still another origin, but a neighbour, as a shop is of a chat on a subdomain of its own. */
    void isOnOurDomain() {
        host = "localhost";
    }

    String origin() {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    /** @param rest what follows the title: still in the head, until a body is begun */
    void visitedBy(Page page, String rest) {
        html = "<!doctype html><html lang=en><head><title>Shop</title>" + rest;
        page.navigate(origin() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
