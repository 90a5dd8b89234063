package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SignedInDevicesTest {
    private static final String OWN = "/api/sessions";

    @Inject
    Team team;

    @Inject
    SessionEnds ends;

    @Inject
    Sessions sessions;

    @Inject
    Session database;

    private Member anna;

    @BeforeEach
    void setUp() {
        team.sql("delete from sign_in_failure where address <> :value", "");
        anna = team.newMember(Role.AGENT);
    }

    private String ofUser() {
        return "/api/users/" + anna.agent().id() + "/sessions";
    }

    private static int session(Member member) {
        return as(member).get("/api/session").statusCode();
    }

    @Test
    void a_person_sees_where_they_are_signed_in_and_which_one_this_is() {
        String cookie = nobody().header("User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0")
                .body(Map.of("email", anna.agent().email(), "password", Team.PASSWORD))
                .post("/api/session")
                .cookie(SessionCookie.NAME);
        Member inFirefox = new Member(anna.agent(), cookie);

        as(inFirefox)
                .get(OWN)
                .then()
                .statusCode(200)
                .body("", hasSize(2))
                .body("find { it.current }.id", equalTo(Team.sessionOf(inFirefox)))
                .body("find { it.current }.browser", equalTo("Firefox"))
                .body("find { it.current }.system", equalTo("Windows"))
                .body("find { !it.current }.browser", nullValue());
        team.sql(
                "update agent_session set last_seen_at = now() - interval '2 days' where token_hash = decode(:value, 'hex')",
                Team.sessionOf(anna));
        as(inFirefox).get(OWN).then().body("id", contains(Team.sessionOf(inFirefox)));
    }

    @Test
    void one_session_or_all_others_end_at_once_and_those_of_others_stay() {
        Member second = team.again(anna);
        Member third = team.again(anna);
        Member ben = team.newMember(Role.AGENT);

        as(anna).delete(OWN + "/" + Team.sessionOf(second)).then().statusCode(204);
        assertThat(session(second)).isEqualTo(401);
        assertThat(session(third)).isEqualTo(200);
        as(anna).delete(OWN + "/" + Team.sessionOf(second)).then().statusCode(404);
        as(anna).delete(OWN + "/" + Team.sessionOf(ben)).then().statusCode(404);

        as(anna).delete(OWN).then().statusCode(204);
        assertThat(session(third)).isEqualTo(401);
        assertThat(session(anna)).isEqualTo(200);
        assertThat(session(ben)).isEqualTo(200);
    }

    @Test
    void an_admin_sees_and_ends_those_of_others() {
        Member admin = team.newMember(Role.ADMIN);
        as(admin).get(ofUser()).then().statusCode(200).body("", hasSize(1)).body("[0].current", equalTo(false));

        as(admin).delete(ofUser()).then().statusCode(204);

        assertThat(session(anna)).isEqualTo(401);
        assertThat(session(admin)).isEqualTo(200);
        as(admin).delete("/api/users/" + UUID.randomUUID() + "/sessions").then().statusCode(404);
    }

    @Test
    void those_of_others_are_for_admins() {
        as(anna).get(ofUser()).then().statusCode(403);
        as(anna).delete(ofUser()).then().statusCode(403);
        nobody().get(ofUser()).then().statusCode(401);
        nobody().get(OWN).then().statusCode(401);
        nobody().delete(OWN).then().statusCode(401);
    }

    /** Who knew the password, or had no second step, a moment ago. */
    @Test
    void a_sign_in_under_way_opens_no_session_when_all_are_ended_meanwhile() {
        Member admin = team.newMember(Role.ADMIN);
        assertThat(isEndedBy(() -> as(admin).delete(ofUser()))).isTrue();
        assertThat(isEndedBy(() -> as(anna).delete(OWN))).isTrue();
        Map<String, String> passwords = Map.of("current", Team.PASSWORD, "password", "staple the correct horse");
        assertThat(isEndedBy(() -> as(anna).body(passwords).put("/api/session/password")))
                .isTrue();
        Map<String, Object> demoted =
                Map.of("name", "Anna", "role", "agent", "active", true, "password", "another staple of horses");
        assertThat(isEndedBy(() ->
                        as(admin).body(demoted).put("/api/users/" + anna.agent().id())))
                .isTrue();
        assertThat(isEndedBy(() -> as(admin).get("/api/session"))).as("nothing").isFalse();
    }

    private boolean isEndedBy(Supplier<Response> meanwhile) {
        anna = team.again(anna);
        long before = ends.of(anna.agent().email());
        assertThat(meanwhile.get().statusCode()).isBetween(200, 204);
        return sessions.open(anna.agent(), SessionDevice.UNKNOWN, before).isEmpty();
    }

    @Test
    void a_password_that_is_being_checked_lets_nobody_in_after_they_were_signed_out() {
        Member admin = team.newMember(Role.ADMIN);
        Map<String, String> credentials = Map.of("email", anna.agent().email(), "password", Team.PASSWORD);
        CompletableFuture<Response> answer = QuarkusTransaction.requiringNew().call(() -> {
            database.createNativeMutationQuery("lock table second_factor in access exclusive mode")
                    .executeUpdate();
            CompletableFuture<Response> asked = CompletableFuture.supplyAsync(
                    () -> nobody().body(credentials).post("/api/session"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> team.count(
                                    "select count(*) from pg_locks where not granted and relation = cast(:value as regclass)",
                                    "second_factor")
                            > 0);
            as(admin).delete(ofUser()).then().statusCode(204);
            return asked;
        });
        answer.join().then().statusCode(401).body("code", equalTo("sign-in-failed"));
        nobody().body(credentials).post("/api/session").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0, Edge, Linux",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1, Chrome, iPhone",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15, Safari, macOS",
                "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36, Chrome, Android",
                "curl/8.0, -, -"
            })
    void a_device_is_told_in_words(String userAgent, String browser, String system) {
        assertThat(SessionDevice.of(userAgent)).isEqualTo(new SessionDevice(browser, system));
    }
}
