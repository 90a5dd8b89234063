package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SetupTest {
    @Inject
    Team team;

    @Inject
    Setup setup;

    @Inject
    Agents agents;

    @Inject
    SignInConfig config;

    @BeforeEach
    void nobodyCanAdministrate() {
        team.sql("update agent_account set active = false where role = :value", "admin");
    }

    private String offeredToken() {
        String link = setup.link().orElseThrow();
        assertThat(link).contains("/setup?token=");
        return link.substring(link.indexOf('=') + 1);
    }

    private static Response make(String token, String password) {
        return nobody().body(Map.of(
                        "token",
                        token,
                        "email",
                        UUID.randomUUID() + "@first.example",
                        "name",
                        "First",
                        "password",
                        password))
                .post("/api/setup");
    }

    @Test
    void the_link_makes_the_first_admin_and_signs_in() {
        String token = offeredToken();
        nobody().queryParam("token", token).get("/api/setup").then().statusCode(204);
        Response made = make(token, Team.PASSWORD);
        made.then().statusCode(200).body("role", equalTo("admin"));
        as(new Member(null, made.cookie(SessionCookie.NAME)))
                .get("/api/users")
                .then()
                .statusCode(200);
    }

    @Test
    void the_link_works_once() {
        String token = offeredToken();
        make(token, Team.PASSWORD).then().statusCode(200);
        make(token, Team.PASSWORD).then().statusCode(404).body("code", equalTo("not-found"));
        nobodyCanAdministrate();
        make(token, Team.PASSWORD).then().statusCode(404);
        nobody().queryParam("token", token).get("/api/setup").then().statusCode(404);
    }

    @Test
    void of_two_at_the_same_moment_one_becomes_admin() {
        String token = offeredToken();
        List<Integer> statuses = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> make(token, Team.PASSWORD).statusCode()))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(200, 404, 404, 404);
    }

    @Test
    void every_link_ends_when_there_is_an_admin() {
        String first = offeredToken();
        String second = offeredToken();
        make(second, Team.PASSWORD).then().statusCode(200);
        make(first, Team.PASSWORD).then().statusCode(404);
        assertThat(setup.link()).isEmpty();
    }

    @Test
    void an_old_or_made_up_link_is_refused() {
        String token = offeredToken();
        team.sql("update setup_link set expires_at = :value", Instant.now().minusSeconds(1));
        make(token, Team.PASSWORD).then().statusCode(404);
        make("made-up", Team.PASSWORD).then().statusCode(404);
        nobody().get("/api/setup").then().statusCode(404);
    }

    @Test
    void links_cannot_be_tried_out_without_end() {
        SetupResource own = new SetupResource(setup, null, null, null, config);
        HttpServerRequest fromNowhere = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (proxy, method, values) -> null);
        for (int attempt = 0; attempt < config.setup().perMinute(); attempt++) {
            own.admit(fromNowhere);
        }
        assertThat(assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> own.admit(fromNowhere))
                        .actual()
                        .code())
                .isEqualTo(ProblemCode.RATE_LIMITED);
    }

    @Test
    void a_made_up_link_waits_for_nobody() {
        QuarkusTransaction.requiringNew().run(() -> {
            agents.hasAdmin();
            nobody().queryParam("token", "made-up").get("/api/setup").then().statusCode(404);
        });
    }

    @Test
    void a_weak_password_leaves_the_link_good() {
        String token = offeredToken();
        make(token, "short").then().statusCode(400).body("code", equalTo("invalid"));
        make(token, "长".repeat(25)).then().statusCode(400);
        make(token, Team.PASSWORD).then().statusCode(200);
    }

    @Test
    void where_an_admin_is_no_link_is_offered() {
        team.newMember(Role.ADMIN);
        assertThat(setup.link()).isEmpty();
    }
}
