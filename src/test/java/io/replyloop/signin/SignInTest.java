package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerTokens;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.Sha256;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest {
    @Inject
    Team team;

    @Inject
    SignIn signIn;

    @Inject
    SignInLimits limits;

    @Inject
    CustomerTokens tokens;

    @Inject
    Session database;

    @BeforeEach
    void forgetFailuresOfOtherTests() {
        team.sql("delete from sign_in_failure where address <> :value", "");
    }

    private static Response signIn(String email, String password) {
        return signIn(email, password, Map.of());
    }

    private static Response signIn(String email, String password, Map<String, String> cookies) {
        return nobody().cookies(cookies)
                .body(Map.of("email", email, "password", password))
                .post("/api/session");
    }

    private static SignInClient from(String address, String device) {
        return new SignInClient(address, device, SessionDevice.UNKNOWN);
    }

    /** Why this attempt is refused; null when it is not. */
    private ProblemCode refusal(Member member, String password, String address, String device) {
        try {
            signIn.withPassword(member.agent().email(), password, null, from(address, device));
            return null;
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private void failed(String email, String address) {
        assertThatThrownBy(() -> signIn.withPassword(email, "guess", null, from(address, null)))
                .hasMessageContaining("do not belong together");
    }

    /** In place of waiting. */
    private void lastFailureWasAgo(Duration time) {
        team.sql("update sign_in_failure set failed_at = :value", Instant.now().minus(time));
    }

    private long failuresOf(Member member) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select count(*) from sign_in_failure where email_hash = :account", Long.class)
                        .setParameter(
                                "account", SignInAttempt.hash(member.agent().email()))
                        .getSingleResult());
    }

    @Test
    void the_right_password_opens_a_session_with_a_well_kept_cookie() {
        Member anna = team.newMember(Role.AGENT);
        Response answer = signIn(anna.agent().email().toUpperCase(Locale.ROOT), Team.PASSWORD);
        answer.then()
                .statusCode(200)
                .body("id", equalTo(anna.agent().id().toString()))
                .body("role", equalTo("agent"));
        assertThat(answer.headers().getValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith(SessionCookie.NAME))
                .singleElement()
                .asString()
                .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
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
    void too_many_wrong_passwords_slow_an_account_down_even_for_the_right_one() {
        Member anna = team.newMember(Role.AGENT);
        for (int attempt = 0; attempt < 10; attempt++) {
            signIn(anna.agent().email(), "guess " + attempt).then().statusCode(401);
        }
        signIn(anna.agent().email(), Team.PASSWORD)
                .then()
                .statusCode(429)
                .body("code", equalTo("rate-limited"))
                .header("Retry-After", notNullValue());
        lastFailureWasAgo(Duration.ofMinutes(1));
        signIn(anna.agent().email(), Team.PASSWORD).then().statusCode(200);
    }

    @Test
    void strangers_cannot_lock_out_an_owner_who_has_signed_in_with_this_browser_before() {
        Member anna = team.newMember(Role.AGENT);
        Map<String, String> browser =
                signIn(anna.agent().email(), Team.PASSWORD).cookies();
        guessFromEverywhere(anna);
        // Past that, guesses are slow wherever they come from, and so is an owner whom nothing tells from a stranger.
        assertThat(refusal(anna, "guess", "203.0.113.99", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(refusal(anna, Team.PASSWORD, "203.0.113.98", null)).isEqualTo(ProblemCode.RATE_LIMITED);

        signIn(anna.agent().email(), Team.PASSWORD, browser).then().statusCode(200);
        // That the owner got in gives strangers no new attempts.
        assertThat(refusal(anna, "guess", "203.0.113.97", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        lastFailureWasAgo(Duration.ofSeconds(10));
        assertThat(refusal(anna, "guess", "203.0.113.97", null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
        assertThat(refusal(anna, "guess", "203.0.113.96", null)).isEqualTo(ProblemCode.RATE_LIMITED);
    }

    /** Each address once, and as often as costs nothing. */
    private void guessFromEverywhere(Member member) {
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(refusal(member, "guess", "203.0.113." + attempt, null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
        }
    }

    @Test
    void an_owner_at_a_new_browser_does_not_wait_behind_addresses_that_have_failed_before() {
        Member anna = team.newMember(Role.AGENT);
        for (int address = 0; address < 5; address++) {
            for (int attempt = 0; attempt < 7; attempt++) {
                assertThat(refusal(anna, "guess", "203.0.113." + address, null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
            }
        }
        assertThat(refusal(anna, "guess", "203.0.113.1", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        // A hand that slips twice included.
        assertThat(refusal(anna, "mistyped", "198.51.100.1", null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
        assertThat(refusal(anna, "mistyped", "198.51.100.1", null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
        assertThat(refusal(anna, Team.PASSWORD, "198.51.100.1", null)).isNull();
        assertThat(refusal(anna, "guess", "203.0.113.1", null)).isEqualTo(ProblemCode.RATE_LIMITED);
    }

    @Test
    void new_addresses_wait_for_each_other_and_are_new_once_a_day() {
        Member anna = team.newMember(Role.AGENT);
        guessFromEverywhere(anna);
        assertThat(refusal(anna, Team.PASSWORD, "198.51.100.1", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        for (int attempt = 1; attempt < 3; attempt++) {
            lastFailureWasAgo(Duration.ofSeconds(10));
            assertThat(refusal(anna, "guess", "203.0.113.1", null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
            assertThat(refusal(anna, "guess", "203.0.113.2", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        }
        // From here on 203.0.113.1 is not new. Those who have come hours ago still count as having been here.
        lastFailureWasAgo(Duration.ofHours(20));
        limits.forgetOld();
        guessFromEverywhere(anna);
        assertThat(refusal(anna, "guess", "203.0.113.1", null)).isEqualTo(ProblemCode.SIGN_IN_FAILED);
        assertThat(refusal(anna, Team.PASSWORD, "198.51.100.1", null)).isNull();
        lastFailureWasAgo(Duration.ofHours(25));
        limits.forgetOld();
        assertThat(failuresOf(anna)).isZero();
    }

    @Test
    void whoever_has_a_whole_network_of_ipv6_is_new_there_as_often_as_with_one_address() {
        Member anna = team.newMember(Role.AGENT);
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(refusal(anna, "guess", "20010db80001%04x/64".formatted(attempt), null))
                    .isEqualTo(ProblemCode.SIGN_IN_FAILED);
        }
        assertThat(refusal(anna, Team.PASSWORD, "20010db800020000/64", null)).isNull();
    }

    @Test
    void fifty_wrong_passwords_behind_an_address_keep_none_of_the_others_there_out() {
        Member anna = team.newMember(Role.AGENT);
        Member ben = team.newMember(Role.AGENT);
        String office = "198.51.100.7";
        String device = signIn.withPassword(ben.agent().email(), Team.PASSWORD, null, from(office, null))
                .device();
        for (int attempt = 0; attempt < 50; attempt++) {
            failed(UUID.randomUUID() + "@team.example", office);
        }
        team.sql("update sign_in_failure set failed_at = :value", Instant.now().plusSeconds(60));
        assertThat(refusal(anna, Team.PASSWORD, office, null)).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(refusal(ben, Team.PASSWORD, office, device)).isNull();
        lastFailureWasAgo(Duration.ofSeconds(1));
        assertThat(refusal(anna, Team.PASSWORD, office, null)).isNull();
    }

    @Test
    void a_known_browser_is_known_to_its_own_account_only_and_nobody_can_make_one_up() {
        Member anna = team.newMember(Role.AGENT);
        Member ben = team.newMember(Role.AGENT);
        String ofBen = signIn.withPassword(ben.agent().email(), Team.PASSWORD, null, from("192.0.2.1", null))
                .device();
        for (int attempt = 0; attempt < 20; attempt++) {
            failed(anna.agent().email(), "203.0.113." + attempt);
        }
        String session = anna.cookie();
        String customers = tokens.issue("demo", null, null).token();
        for (String shown : Arrays.asList(ofBen, ofBen + "x", session, customers, "", "a.b.c")) {
            assertThat(refusal(anna, Team.PASSWORD, "192.0.2.1", shown)).isEqualTo(ProblemCode.RATE_LIMITED);
        }
        assertThatThrownBy(() -> tokens.pass(ofBen)).isInstanceOf(Problem.class);
    }

    @Test
    void a_known_browser_has_attempts_of_its_own_and_not_without_end() {
        Member anna = team.newMember(Role.AGENT);
        Response first = signIn(anna.agent().email(), Team.PASSWORD);
        assertThat(first.headers().getValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("replyloop_device_"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/api/session", "Max-Age=31536000");
        Map<String, String> browser = first.cookies();
        for (int attempt = 0; attempt < 10; attempt++) {
            signIn(anna.agent().email(), "mistyped", browser).then().statusCode(401);
        }
        signIn(anna.agent().email(), Team.PASSWORD, browser).then().statusCode(429);
        // Which is no stranger's business.
        signIn(anna.agent().email(), Team.PASSWORD).then().statusCode(200);
        lastFailureWasAgo(Duration.ofMinutes(1));
        signIn(anna.agent().email(), Team.PASSWORD, browser).then().statusCode(200);
        signIn(anna.agent().email(), "mistyped", browser).then().statusCode(401);
    }

    @Test
    void limits_do_not_tell_whether_there_is_an_account() {
        String nobodys = UUID.randomUUID() + "@team.example";
        for (int attempt = 0; attempt < 10; attempt++) {
            signIn(nobodys, "guess").then().statusCode(401);
        }
        signIn(nobodys, "guess").then().statusCode(429);
        signIn(nobodys, "guess", Map.of(KnownDevices.cookieOf(nobodys), "a.b.c"))
                .then()
                .statusCode(429);
    }

    @Test
    void an_attempt_that_was_not_carried_out_does_not_count() {
        Member anna = team.newMember(Role.AGENT);
        assertThatThrownBy(() -> signIn.withPassword(anna.agent().email(), null, null, from("192.0.2.2", null)))
                .isInstanceOf(RuntimeException.class);
        assertThat(limits.begin(SignInAttempt.on(anna.agent().email(), "192.0.2.2", null)))
                .isPositive();
        assertThat(failuresOf(anna)).isEqualTo(1);
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
        assertThat(Sha256.of(anna.cookie())).hasSize(32);
        as(new Member(anna.agent(), HexFormat.of().formatHex(Sha256.of(anna.cookie()))))
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
                .body("violations.field", Matchers.hasItems("email", "password"));
        nobody().body("{\"email\": ")
                .post("/api/session")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
    }
}
