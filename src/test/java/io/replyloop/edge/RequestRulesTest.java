package io.replyloop.edge;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RequestRulesTest {
    @Inject
    Team team;

    @TestHTTPResource
    URI server;

    private int statusOf(String request) {
        try (RawClient client = new RawClient(server, "127.0.0.1")) {
            return client.send(request).status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api;x/sites",
                "/api/sites;x=1",
                "/;/api/sites",
                "/api%3Bx/sites",
                "//api/sites",
                "/api/./sites",
                "/x/../api/sites",
                "/%61pi/sites",
                "/api%2Fsites",
                "/api/sites%00"
            })
    void a_path_that_could_be_read_in_two_ways_reaches_nothing(String path) {
        String cookie = team.newMember(Role.ADMIN).cookie();
        int before = sites();
        assertThat(statusOf("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: replyloop_session=" + cookie
                        + "\r\nX-Replyloop: 1\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                        + "{\"name\": \"xy\"}"))
                .isEqualTo(400);
        assertThat(statusOf("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: replyloop_session=" + cookie
                        + "\r\n\r\n"))
                .isEqualTo(400);
        assertThat(sites()).isEqualTo(before);
    }

    private int sites() {
        return as(team.newMember(Role.ADMIN))
                .get("/api/sites")
                .jsonPath()
                .getList("$")
                .size();
    }

    @Test
    void the_refusal_is_a_problem_document_with_the_security_headers() {
        given().urlEncodingEnabled(false)
                .get("/api;x/users")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body("code", equalTo("malformed-request"))
                .body("detail", containsString("`;`"));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, '', 400",
        "HTTP/1.0, '', 400",
        "HTTP/1.1, 'Host: localhost', 404",
        "HTTP/1.1, 'Host: localhost|Host: evil.example', 400",
        "HTTP/1.1, 'Host: ', 400",
        "HTTP/1.1, 'Host: a b', 400",
        "HTTP/1.1, 'Host: x:y', 400"
    })
    void a_request_names_one_host_where_it_has_to(String version, String headers, int status) {
        String lines = headers.isEmpty() ? "" : headers.replace("|", "\r\n") + "\r\n";
        assertThat(statusOf("GET /api/widget?site=unknown " + version + "\r\n" + lines + "\r\n"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/widget?site=a%00b",
                "/api/setup?token=%00",
                "/widget/?site=%00",
                "/?x=%00",
                "/?x=%ff",
                "/api/widget?site=%c3%28",
                "/api/setup?token=%c0%80",
                "/api/setup?token=%ed%a0%80",
                "/api/setup?%ff=1",
                "/api/sites/%ff",
                "/widget/%c3%28"
            })
    void a_nul_or_what_is_no_utf_8_is_refused(String address) {
        given().urlEncodingEnabled(false).get(address).then().statusCode(400);
    }

    /** What stands in such a body would else be the connection's next request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xchunked",
                "identity",
                "gzip, chunked",
                "chunked, chunked",
                "chunked;x=1",
                "gzip\r\nTransfer-Encoding: chunked"
            })
    void a_body_whose_end_nobody_knows_ends_the_connection(String encoding) {
        try (RawClient client = new RawClient(server, "127.0.0.1")) {
            String answers = client.send(
                            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Transfer-Encoding: " + encoding + "\r\n\r\n"
                                    + "GET /api/widget?site=demo HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .untilClosed();
            assertThat(answers).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
            assertThat(answers.split("HTTP/1\\.1 ")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", " chunked "})
    void a_body_in_chunks_is_read(String encoding) {
        try (RawClient client = new RawClient(server, "127.0.0.1")) {
            client.send("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: " + encoding + "\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
            assertThat(client.untilClosed()).contains("email");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void http_2_is_answered_like_http_1(String method) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.resolve("/api/widget?site=demo"))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/widget\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/widget HTTP/1.1\r\nHost: localhost\r\nCookie: replyloop_session=\0\r\n\r\n",
                "GET /api/widget HTTP/1.1\r\nHost: local\0host\r\n\r\n",
                "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"
            })
    void what_is_no_request_for_us_is_the_clients_mistake(String request) {
        assertThat(statusOf(request)).isBetween(400, 405);
    }
}
