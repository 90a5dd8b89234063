package io.replyloop.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.replyloop.platform.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile HttpHandler answers;
    private HttpServer server;
    private String issuer;

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answers.handle(exchange));
        server.start();
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void tearDown() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_provider_that_begins_an_answer_and_does_not_end_it_is_not_waited_for() {
        handled(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        assertThatThrownBy(() -> new Discovery(new ObjectMapper(), Duration.ofMillis(500)).published(issuer))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("took longer");
    }

    @Test
    void an_answer_that_is_too_long_is_not_taken_in() {
        says(" ".repeat(1_000_000));
        assertThatThrownBy(this::published).isInstanceOf(Problem.class).hasMessageContaining("too long");
    }

    @Test
    void whoever_signs_out_is_sent_to_a_page_and_to_no_script() {
        says(document("javascript:alert(1)//"));
        assertThat(published().signOut()).isNull();
        says(document("https://login.example.com/out?from=here"));
        assertThat(published().signOut()).isEqualTo("https://login.example.com/out?from=here");
    }

    private Discovery.Published published() {
        return new Discovery(new ObjectMapper(), Duration.ofSeconds(10)).published(issuer);
    }

    private String document(String signOut) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/k\",\"authorization_endpoint\":\"" + issuer
                + "/a\"," + "\"token_endpoint\":\"" + issuer + "/t\",\"end_session_endpoint\":\"" + signOut + "\"}";
    }

    private void says(String answer) {
        handled(exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
    }

    private void handled(HttpHandler handler) {
        answers = handler;
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
