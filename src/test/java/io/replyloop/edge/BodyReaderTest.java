package io.replyloop.edge;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BodyReaderTest {
    /** More than there are workers. */
    private static final int MANY = 270;

    @Inject
    Team team;

    @TestHTTPResource
    URI server;

    private RawClient client(String from) {
        return new RawClient(server, from);
    }

    private static String post(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    @Test
    void bodies_that_trickle_in_take_no_worker_and_do_not_last() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int index = 0; index < MANY; index++) {
                String chunked = index % 2 == 0 ? "Content-Length: 1000\r\n" : "Transfer-Encoding: chunked\r\n";
                String first = index % 2 == 0 ? "{" : "1\r\n{\r\n";
                slow.add(client("127.0.0." + (2 + index % 5))
                        .send(post("/api/customer/token", chunked))
                        .send(first));
            }
            given().queryParam("site", "demo").get("/api/widget").then().statusCode(200);
            for (RawClient one : slow) {
                String answer = one.untilClosed();
                assertThat(answer).startsWith("HTTP/1.1 408").contains("too-slow");
            }
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void one_address_has_a_hundred_on_their_way_and_leaves_room_for_others() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int index = 0; index < 100; index++) {
                slow.add(client("127.0.0.9").send(post("/api/session", "Content-Length: 100\r\n")));
            }
            // The others come on connections of their own, so one of these may overtake some of those.
            int refused = 0;
            for (int index = 0; index < 20; index++) {
                RawClient one = client("127.0.0.9").send(post("/api/session", "Content-Length: 2\r\n") + "{}");
                slow.add(one);
                refused += one.status() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            try (RawClient other = client("127.0.0.10")) {
                assertThat(other.send(post("/api/session", "Content-Length: 2\r\n") + "{}")
                                .status())
                        .isEqualTo(400);
            }
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void sign_ins_of_an_address_are_counted_before_their_bodies_are_read() {
        int withoutBody = 0;
        // There is room for another one every fifth of a second, so whoever is late is let in now and then.
        for (int attempt = 0; attempt < 5 && withoutBody != 429; attempt++) {
            try (RawClient next = client("127.0.0.11")) {
                useUpSignIns("127.0.0.11");
                withoutBody =
                        next.send(post("/api/session", "Content-Length: 2\r\n")).status();
            }
        }
        assertThat(withoutBody).isEqualTo(429);
        try (RawClient other = client("127.0.0.12");
                RawClient signedOut = client("127.0.0.11")) {
            assertThat(other.send(post("/api/session", "Content-Length: 2\r\n") + "{}")
                            .status())
                    .isEqualTo(400);
            assertThat(signedOut
                            .send("GET /api/session HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_browser_that_an_account_knows_is_heard_while_strangers_flood_its_address() {
        Member owner = team.newMember(Role.AGENT);
        String credentials = "{\"email\": \"" + owner.agent().email() + "\", \"password\": \"" + Team.PASSWORD + "\"}";
        String known =
                given()
                        .contentType("application/json")
                        .body(credentials)
                        .post("/api/session")
                        .cookies()
                        .entrySet()
                        .stream()
                        .filter(cookie -> cookie.getKey().startsWith("replyloop_device_"))
                        .map(cookie -> "Cookie: " + cookie.getKey() + "=" + cookie.getValue() + "\r\n")
                        .findFirst()
                        .orElseThrow();
        useUpSignIns("127.0.0.13");

        List<Integer> answers = new ArrayList<>();
        for (int attempt = 0; attempt < 10; attempt++) {
            answers.add(signIn("127.0.0.13", known, "{}"));
        }
        assertThat(answers).containsOnly(400);
        assertThat(signIn("127.0.0.13", known, credentials)).isEqualTo(200);
        // Nobody makes one up, and one that is shared ends somewhere, too.
        answers.clear();
        for (int attempt = 0; attempt < 10; attempt++) {
            answers.add(signIn("127.0.0.13", known.replaceAll("..\r\n", "xx\r\n"), "{}"));
        }
        assertThat(answers).contains(429);
        answers.clear();
        for (int attempt = 0; attempt < 100; attempt++) {
            answers.add(signIn("127.0.0.14", known, "{}"));
        }
        assertThat(answers).contains(429);
    }

    private int signIn(String address, String headers, String body) {
        try (RawClient client = client(address)) {
            return client.send(post("/api/session", headers + "Content-Length: " + body.length() + "\r\n") + body)
                    .status();
        }
    }

    private void useUpSignIns(String address) {
        int status = 0;
        for (int index = 0; index < 1_000 && status != 429; index++) {
            try (RawClient client = client(address)) {
                status = client.send(post("/api/session", "Content-Length: 2\r\n") + "{}")
                        .status();
            }
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void who_may_not_upload_is_told_before_anything_is_read() {
        Member agent = team.newMember(Role.AGENT);
        String large = "Content-Length: 5000000\r\n";
        try (RawClient stranger = client("127.0.0.1");
                RawClient member = client("127.0.0.1")) {
            assertThat(stranger.send(post("/api/replies/import?format=jsonl", large))
                            .status())
                    .isEqualTo(401);
            assertThat(member.send(post(
                                    "/api/replies/import?format=jsonl",
                                    large + "Cookie: replyloop_session=" + agent.cookie() + "\r\n"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_program_that_asks_first_whether_to_go_on_is_answered() {
        Member admin = team.newMember(Role.ADMIN);
        try (RawClient client = client("127.0.0.1")) {
            client.send(post(
                    "/api/replies/import?format=jsonl&dryRun=true",
                    "Expect: 100-continue\r\nContent-Length: 17\r\nCookie: replyloop_session=" + admin.cookie()
                            + "\r\n"));
            assertThat(client.status()).isEqualTo(100);
            client.send("{\"text\":\"Hello.\"}");
            client.statusLine();
            assertThat(client.status()).isEqualTo(200);
        }
    }

    @Test
    void a_connection_that_says_nothing_ends_and_so_does_one_that_never_finishes_a_head() {
        try (RawClient silent = client("127.0.0.1");
                RawClient halfHead = client("127.0.0.1").send("GET /api/widget HTTP/1.1\r\nHost: local");
                RawClient second =
                        client("127.0.0.1").send("GET /api/widget?site=unknown HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(second.status()).isEqualTo(404);
            assertThat(silent.untilClosed()).isEmpty();
            assertThat(halfHead.untilClosed()).isEmpty();
            await().untilAsserted(
                            () -> assertThatThrownBy(() -> second.send("x")).isInstanceOf(UncheckedIOException.class));
        }
    }

    @Test
    void an_upload_that_breaks_off_is_no_error_of_ours() {
        Member admin = team.newMember(Role.ADMIN);
        List<LogRecord> errors = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                boolean aboutRequests = line.getLoggerName() != null
                        && line.getLoggerName()
                                .matches("(io\\.quarkus|io\\.vertx|io\\.replyloop\\.platform|org\\.jboss).*");
                if (aboutRequests && line.getLevel().intValue() >= Level.ERROR.intValue()) {
                    synchronized (errors) {
                        errors.add(line);
                    }
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = LogManager.getLogManager().getLogger("");
        root.addHandler(listener);
        try {
            String cookie = "Cookie: replyloop_session=" + admin.cookie() + "\r\n";
            for (String path : List.of("/api/replies/import?format=jsonl", "/api/replies", "/api/session")) {
                client("127.0.0.1")
                        .send(post(path, cookie + "Content-Length: 50000\r\n") + "{\"text\":")
                        .close();
            }
            try (RawClient withoutHost = client("127.0.0.1")) {
                assertThat(withoutHost.send("GET /api/widget HTTP/1.1\r\n\r\n").status())
                        .isEqualTo(400);
            }
            // Whoever comes after them on the same event loops is answered after them.
            for (int index = 0; index < 20; index++) {
                as(admin).body("{}").post("/api/sites").then().statusCode(400);
            }
            assertThat(errors).isEmpty();
        } finally {
            root.removeHandler(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud83d", "\\ude00 x", "x\\ud83d\\ud83d"})
    void what_is_no_text_is_refused_wherever_it_stands_in_a_body(String text) {
        Member admin = team.newMember(Role.ADMIN);
        as(admin)
                .body("{\"name\": \"" + text + "\"}")
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"))
                .body("detail", containsString("name"));
        as(admin)
                .body("{\"name\": \"x\", \"allowedOrigins\": [\"" + text + "\"]}")
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
        as(admin).body("{\"" + text + "\": 1}").post("/api/sites").then().statusCode(400);
        given().contentType("application/json")
                .body("{\"email\": \"" + text + "@x.example\", \"password\": \"x\"}")
                .post("/api/session")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00ff", "\u00e4\u00b8", "\u00f5\u0080\u0080\u0080"})
    void what_is_no_utf_8_is_refused_in_a_body(String bytes) {
        Member admin = team.newMember(Role.ADMIN);
        String body = "{\"name\": \"a" + bytes + "b\"}";
        try (RawClient client = client("127.0.0.1")) {
            client.send(post(
                            "/api/sites",
                            "X-Replyloop: 1\r\nConnection: close\r\nCookie: replyloop_session=" + admin.cookie()
                                    + "\r\nContent-Length: " + body.length() + "\r\n")
                    + body);
            assertThat(client.untilClosed())
                    .startsWith("HTTP/1.1 400")
                    .contains("malformed-request", "The body is not UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void wide_characters_are_refused_in_a_body_though_each_byte_is_one_of_utf_8(String encoding) {
        Member admin = team.newMember(Role.ADMIN);
        String body =
                new String("{\"name\": \"Wide\"}".getBytes(Charset.forName(encoding)), StandardCharsets.ISO_8859_1);
        for (String type : List.of("application/json", "application/json; charset=" + encoding)) {
            try (RawClient client = client("127.0.0.1")) {
                client.send(post(
                                        "/api/sites",
                                        "X-Replyloop: 1\r\nConnection: close\r\nCookie: replyloop_session="
                                                + admin.cookie() + "\r\nContent-Length: " + body.length() + "\r\n")
                                .replace("application/json", type)
                        + body);
                assertThat(client.untilClosed())
                        .startsWith("HTTP/1.1 400")
                        .contains("malformed-request", "The body is not UTF-8");
            }
        }
    }

    @Test
    void whole_characters_beyond_the_first_plane_are_text() {
        as(team.newMember(Role.ADMIN))
                .body("{\"name\": \"\\ud83d\\ude00 \uD83D\uDE00 𠮷\"}")
                .post("/api/sites")
                .then()
                .statusCode(200)
                .body("name", equalTo("\uD83D\uDE00 \uD83D\uDE00 𠮷"));
    }

    @Test
    void a_value_that_only_the_database_refuses_is_the_callers_mistake() {
        String lines = "{\"text\": \"a\\u0000b " + UUID.randomUUID() + "\"}";
        Response answer = as(team.newMember(Role.ADMIN))
                .queryParam("format", "jsonl")
                .body(lines)
                .post("/api/replies/import");

        // 200 where it takes so long that a sign of life has gone ahead; what came of it is then said in the body
        // alone.
        assertThat(answer.statusCode()).isIn(200, 400, 422);
        JsonNode told = answer.as(JsonNode.class);
        assertThat(told.path("stored").asBoolean()).isFalse();
        assertThat(told.path("code").asText("invalid")).isEqualTo("invalid");
    }
}
