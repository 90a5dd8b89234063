package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of one try, against servers that behave and servers that do not. */
@QuarkusTest
class WebhookClientTest {
    private static final List<String> HERE = List.of("127.0.0.0/8");

    @Inject
    Vertx vertx;

    private final WebhookSecret secret = WebhookSecret.random();
    private TestReceiver receiver;
    private WebhookClient client;

    @BeforeEach
    void setUp() throws IOException {
        receiver = new TestReceiver();
        client = new WebhookClient(
                vertx, new WebhookAddresses(HERE, InetAddress::getAllByName), Duration.ofSeconds(20), 2);
    }

    @AfterEach
    void tearDown() {
        client.close();
        receiver.close();
    }

    private Sending sending(String url, WebhookSecret... secrets) {
        return new Sending(UUID.randomUUID(), url, "{\"text\":\"Grüße 你好\"}", List.of(secrets));
    }

    private Answer send() {
        return client.send(sending(receiver.url(), secret));
    }

    @Test
    void an_event_that_is_taken_was_signed_with_each_secret_that_counts() {
        WebhookSecret previous = WebhookSecret.random();
        Sending sending = sending(receiver.url(), secret, previous);
        Answer answer = client.send(sending);
        assertThat(answer.delivered()).isTrue();
        assertThat(answer.status()).isEqualTo(204);
        TestReceiver.Received received = receiver.all().get(0);
        assertThat(received.text()).isEqualTo(sending.body());
        assertThat(received.id()).isEqualTo(sending.id().toString());
        assertThat(received.signature())
                .isEqualTo(secret.signature(received.id(), received.timestamp(), sending.body()) + " "
                        + previous.signature(received.id(), received.timestamp(), sending.body()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 503})
    void whatever_is_not_a_success_is_a_failure(int status) {
        receiver.answers((request, received) -> {
            request.getResponseHeaders().add("Retry-After", "90");
            answer(request, status, "Come back later\0 or not".getBytes());
        });
        Answer answer = send();
        assertThat(answer.failure()).isEqualTo(Failure.STATUS);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo("Come back later  or not");
        assertThat(answer.pause()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_receiver_that_wants_nothing_any_more_says_so() {
        receiver.answers(TestReceiver.status(410));
        assertThat(send().gone()).isTrue();
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (TestReceiver other = new TestReceiver()) {
            receiver.answers((request, received) -> {
                request.getResponseHeaders().add("Location", other.url());
                request.sendResponseHeaders(307, -1);
            });
            assertThat(send().failure()).isEqualTo(Failure.REDIRECTED);
            assertThat(other.all()).isEmpty();
        }
    }

    @Test
    void an_answer_without_end_is_listened_to_no_longer_than_is_shown() {
        receiver.answers((request, received) -> {
            request.sendResponseHeaders(200, 0);
            byte[] part = "x".repeat(1_000).getBytes();
            try (OutputStream body = request.getResponseBody()) {
                while (true) {
                    body.write(part);
                }
            } catch (IOException gone) {
                // Nobody listens any more, which is what this is about.
                assertThat(gone).isNotNull();
            }
        });
        Answer answer = send();
        assertThat(answer.delivered()).isTrue();
        assertThat(answer.text()).isEqualTo("x".repeat(WebhookClient.KEPT));
    }

    @Test
    void a_receiver_that_hangs_is_given_up_at_the_deadline() {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answers((request, received) -> {
            try {
                end.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        WebhookClient impatient = new WebhookClient(
                vertx, new WebhookAddresses(HERE, InetAddress::getAllByName), Duration.ofMillis(300), 2);
        assertThat(impatient.send(sending(receiver.url(), secret)).failure()).isEqualTo(Failure.TIMEOUT);
        impatient.close();
        end.countDown();
    }

    @Test
    void a_connection_that_breaks_and_one_that_there_is_none_of_are_told_apart() {
        receiver.answers((request, received) -> receiver.stop());
        assertThat(send().failure()).isEqualTo(Failure.BROKEN);
        assertThat(send().failure()).isEqualTo(Failure.UNREACHABLE);
    }

    /** The name is asked once: the connection goes where that answer was, under the name. */
    @Test
    void the_connection_goes_to_the_address_that_was_checked() {
        WebhookClient named = new WebhookClient(
                vertx,
                new WebhookAddresses(HERE, host -> new InetAddress[] {InetAddress.getLoopbackAddress()}),
                Duration.ofSeconds(20),
                2);
        String url = "http://hooks.example:" + receiver.port() + "/in";
        assertThat(named.send(sending(url, secret)).delivered()).isTrue();
        assertThat(receiver.all().get(0).host()).isEqualTo("hooks.example:" + receiver.port());
        named.close();
    }

    @Test
    void of_several_addresses_the_next_is_tried_where_one_does_not_answer() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(taken.getLocalPort()).isPositive();
        }
        WebhookClient several = new WebhookClient(
                vertx,
                new WebhookAddresses(HERE, host ->
                        new InetAddress[] {InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()}),
                Duration.ofSeconds(20),
                2);
        String url = "http://hooks.example:" + receiver.port() + "/";
        assertThat(several.send(sending(url, secret)).delivered()).isTrue();
        several.close();
    }

    @Test
    void nothing_is_sent_to_what_is_not_allowed_or_not_there() {
        WebhookClient strict = new WebhookClient(
                vertx, new WebhookAddresses(List.of(), InetAddress::getAllByName), Duration.ofSeconds(20), 2);
        assertThat(strict.send(sending(receiver.url(), secret)).failure()).isEqualTo(Failure.NOT_PUBLIC);
        assertThat(strict.send(sending("https://nobody.invalid/", secret)).failure())
                .isEqualTo(Failure.UNKNOWN_HOST);
        assertThat(receiver.all()).isEmpty();
        strict.close();
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(store.toString()).setPassword("changeit")))
                .requestHandler(request -> request.response().end());
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        assertThat(client.send(sending("https://localhost:" + port + "/", secret))
                        .failure())
                .isEqualTo(Failure.TLS);
        server.close();
    }

    private static void answer(HttpExchange request, int status, byte[] body) throws IOException {
        request.sendResponseHeaders(status, body.length);
        try (OutputStream out = request.getResponseBody()) {
            out.write(body);
        }
    }

    @Test
    void an_address_of_ipv6_keeps_its_brackets_in_the_name_that_is_asked_for() throws Exception {
        CompletableFuture<String> host = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    host.complete(request.getHeader("host"));
                    request.response().setStatusCode(204).end();
                })
                .listen(0, "::1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        WebhookClient six = new WebhookClient(
                vertx, new WebhookAddresses(List.of("::1/128"), InetAddress::getAllByName), Duration.ofSeconds(20), 2);
        try {
            String authority = "[::1]:" + server.actualPort();
            assertThat(six.send(sending("http://" + authority + "/hooks", secret))
                            .delivered())
                    .isTrue();
            assertThat(host.get()).isEqualTo(authority);
        } finally {
            six.close();
            server.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
