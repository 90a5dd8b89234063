package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest {
    @Inject
    Team team;

    @BeforeEach
    void forgetFailuresOfOtherTests() {
        team.sql("delete from sign_in_failure where address <> :value", "");
    }

    private static Response signIn(String email, String password) {
        return nobody().body(Map.of("email", email, "password", password)).post("/api/session");
    }

    @Test
    void the_right_password_opens_a_session_with_a_well_kept_cookie() {
        Member anna = team.newMember(Role.AGENT);
        Response answer = signIn(anna.agent().email().toUpperCase(java.util.Locale.ROOT), Team.PASSWORD);
        answer.then()
                .statusCode(200)
                .body("id", equalTo(anna.agent().id().toString()))
                .body("role", equalTo("agent"));
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
        as(new Member(anna.agent(), answer.cookie(SessionCookie.NAME)))
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("email", equalTo(anna.agent().email()));
    }

    @Test
    void a_wrong_password_and_an_unknown_address_are_answered_alike() {
        Member anna = team.newMember(Role.AGENT);
        String wrongPassword = signIn(anna.agent().email(), "not the password")
                .then()
                .statusCode(401)
                .body("code", equalTo("sign-in-failed"))
                .extract()
                .asString();
        String unknown = signIn("nobody@team.example", "not the password")
                .then()
                .statusCode(401)
                .extract()
                .asString();
        assertThat(unknown).isEqualTo(wrongPassword);
    }

    @Test
    void too_many_wrong_passwords_lock_the_account_for_a_while_even_for_the_right_one() {
        Member anna = team.newMember(Role.AGENT);
        for (int attempt = 0; attempt < 10; attempt++) {
            signIn(anna.agent().email(), "guess " + attempt).then().statusCode(401);
        }
        signIn(anna.agent().email(), Team.PASSWORD)
                .then()
                .statusCode(429)
                .body("code", equalTo("rate-limited"))
                .header("Retry-After", notNullValue());
        team.sql("update sign_in_failure set failed_at = :value", Instant.now().minus(Duration.ofMinutes(16)));
        signIn(anna.agent().email(), Team.PASSWORD).then().statusCode(200);
    }

    @Test
    void success_forgets_the_failures_before_it() {
        Member anna = team.newMember(Role.AGENT);
        for (int round = 0; round < 3; round++) {
            for (int attempt = 0; attempt < 9; attempt++) {
                signIn(anna.agent().email(), "guess").then().statusCode(401);
            }
            signIn(anna.agent().email(), Team.PASSWORD).then().statusCode(200);
        }
    }

    @Test
    void too_many_failures_from_one_address_are_stopped_whatever_the_account() {
        for (int attempt = 0; attempt < 50; attempt++) {
            signIn(UUID.randomUUID() + "@team.example", "guess").then().statusCode(401);
        }
        signIn(UUID.randomUUID() + "@team.example", "guess").then().statusCode(429);
    }

    @Test
    void signing_out_ends_the_session_and_removes_the_cookie() {
        Member anna = team.newMember(Role.AGENT);
        as(anna).delete("/api/session").then().statusCode(204).header("Set-Cookie", containsString("Max-Age=0"));
        as(anna).get("/api/session").then().statusCode(401).body("code", equalTo("signed-out"));
    }

    @Test
    void a_session_that_nobody_used_for_a_day_has_ended() {
        Member anna = team.newMember(Role.AGENT);
        team.sql("update agent_session set last_seen_at = :value", Instant.now().minus(Duration.ofHours(23)));
        as(anna).get("/api/session").then().statusCode(200);
        team.sql("update agent_session set last_seen_at = :value", Instant.now().minus(Duration.ofHours(25)));
        as(anna).get("/api/session").then().statusCode(401);
    }

    @Test
    void use_prolongs_a_session_but_not_beyond_its_limit() {
        Member anna = team.newMember(Role.AGENT);
        team.sql("update agent_session set last_seen_at = :value", Instant.now().minus(Duration.ofHours(23)));
        as(anna).get("/api/session").then().statusCode(200);
        team.sql("update agent_session set last_seen_at = last_seen_at - cast(:value as interval)", "23 hours");
        as(anna).get("/api/session").then().statusCode(200);
        team.sql("update agent_session set expires_at = :value", Instant.now().minusSeconds(1));
        as(anna).get("/api/session").then().statusCode(401);
    }

    @Test
    void the_table_of_sessions_holds_no_cookie() {
        Member anna = team.newMember(Role.AGENT);
        assertThat(SecretToken.sha256(anna.cookie())).hasSize(32);
        as(new Member(anna.agent(), java.util.HexFormat.of().formatHex(SecretToken.sha256(anna.cookie()))))
                .get("/api/session")
                .then()
                .statusCode(401);
    }

    @Test
    void made_up_cookies_are_nobody() {
        as(new Member(null, "x")).get("/api/session").then().statusCode(401);
        nobody().get("/api/session").then().statusCode(401).body("code", equalTo("signed-out"));
        nobody().delete("/api/session").then().statusCode(401).body("code", equalTo("signed-out"));
    }

    @Test
    void incomplete_credentials_are_answered_with_what_is_missing() {
        nobody().body("{}")
                .post("/api/session")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("violations.field", org.hamcrest.Matchers.hasItems("email", "password"));
        nobody().body("{\"email\": ")
                .post("/api/session")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
    }
}
