package io.replyloop.edge;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Who asks and does not read holds a file or a little memory, for a while, and never a worker. */
@QuarkusTest
class UnreadAnswersTest {
    private static final String WIDGET = "/api/widget?site=demo";

    /** Less than the system keeps for a socket in either direction. */
    private static final int SMALL = 4_096;

    @Inject
    Team team;

    @Inject
    Session database;

    @Inject
    ApplicationFolder files;

    @TestHTTPResource
    URI server;

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    @Test
    void exports_that_nobody_reads_take_no_worker_and_end() {
        Member admin = team.newMember(Role.ADMIN);
        // More than the system keeps for a socket.
        change("insert into reply (id, label, title, text) select gen_random_uuid(), 'unread export', 'Long ' || n,"
                + " repeat(md5(n::text), 250) from generate_series(1, 600) n");
        String export = get("/api/replies/export?format=jsonl", "Cookie: replyloop_session=" + admin.cookie() + "\r\n");
        List<RawClient> readers = new ArrayList<>();
        try {
            for (int index = 0; index < 40; index++) {
                RawClient reader = new RawClient(server, "127.0.0.1", SMALL).send(export);
                readers.add(reader);
                assertThat(reader.status()).isEqualTo(200);
            }
            assertThat(workersThatWait()).isZero();
            assertOthersAreAnswered();
            String whole = as(admin)
                    .get("/api/replies/export?format=jsonl")
                    .then()
                    .statusCode(200)
                    .header("Content-Disposition", "attachment; filename=\"knowledge.jsonl\"")
                    .extract()
                    .asString();
            assertThat(whole.lines().filter(line -> line.contains("unread export")))
                    .hasSize(600);

            // A byte now and then is no sign that anybody reads.
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> readers.forEach(reader ->
                            assertThatThrownBy(() -> reader.send("x")).isInstanceOf(UncheckedIOException.class)));
            await().untilAsserted(() -> assertThat(filesOfAnswers()).isEmpty());
        } finally {
            readers.forEach(RawClient::close);
            change("delete from reply where label = 'unread export'");
        }
    }

    @Test
    void strangers_who_open_no_window_take_no_worker_and_are_answered_once_they_do() {
        List<WindowlessClient> clients = new ArrayList<>();
        try {
            for (int index = 0; index < 3; index++) {
                WindowlessClient client = new WindowlessClient(server);
                clients.add(client);
                // Altogether more than there are workers.
                for (int request = 0; request < 90; request++) {
                    client.get(WIDGET);
                }
            }
            assertOthersAreAnswered();
            for (WindowlessClient client : clients) {
                client.openWindow(60_000);
                client.awaitAnswers(90);
            }
        } finally {
            clients.forEach(WindowlessClient::close);
        }
    }

    @Test
    void a_request_behind_answers_that_lie_unread_is_answered_when_they_are_taken() {
        try (RawClient client = new RawClient(server, "127.0.0.1", SMALL)) {
            client.send(get("/api/openapi?format=json", "").repeat(16));
            client.send(get(WIDGET, "") + get("/api/widget?site=unknown", "Connection: close\r\n"));
            String all = client.untilClosed();
            assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(1 + 16 + 1);
            assertThat(all).contains("HTTP/1.1 404 Not Found").contains("\"maxTextLength\"");
        }
    }

    private static void assertOthersAreAnswered() {
        given().config(RestAssuredConfig.config()
                        .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 20_000)))
                .get(WIDGET)
                .then()
                .statusCode(200);
    }

    private static long workersThatWait() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getMethodName().equals("awaitWriteable")))
                .count();
    }

    private List<Path> filesOfAnswers() {
        try (Stream<Path> all = Files.list(files.folder("exports"))) {
            return all.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void change(String sql) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(sql).executeUpdate());
    }
}
