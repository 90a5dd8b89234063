package io.replyloop.platform;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BodyLimitTest {
    private static final String LARGE = "{\"token\": \"" + "x".repeat(70_000) + "\"}";

    @Inject
    Team team;

    @TestHTTPResource
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"/api/customer/token", "/api/session", "/api/setup"})
    void a_large_body_is_refused_before_it_is_looked_at(String path) {
        nobody().body(LARGE).post(path).then().statusCode(413).body("code", equalTo("too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/customer/token", "/api/session", "/api/setup"})
    void so_is_one_that_does_not_say_how_large_it_is(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(LARGE.getBytes(StandardCharsets.UTF_8))))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(ProblemDocument.MEDIA_TYPE);
        assertThat(answer.body()).contains("\"too-large\"");
        // HTTP/2 forbids it, and browsers and Java 25 then take the answer for malformed.
        assertThat(answer.headers().firstValue("Connection").isPresent())
                .isEqualTo(answer.version() != HttpClient.Version.HTTP_2);
    }

    @Test
    void members_of_the_team_are_held_to_it_too_but_may_import_more() {
        Team.Member admin = team.newMember(Role.ADMIN);
        as(admin).body(LARGE).post("/api/replies").then().statusCode(413);
        String lines = "{\"text\": \"A reply.\"}\n".repeat(5_000);
        as(admin)
                .queryParam("dryRun", true)
                .queryParam("format", "jsonl")
                .body(lines)
                .post("/api/replies/import")
                .then()
                .statusCode(200);
        as(admin)
                .body(Map.of("title", "x", "text", "字".repeat(8_000)))
                .post("/api/replies")
                .then()
                .statusCode(201);
    }
}
