package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class OwnPasswordTest {
    private static final String ANOTHER = "staple the correct horse";

    @Inject
    Team team;

    @BeforeEach
    void forgetFailuresOfOtherTests() {
        team.sql("delete from sign_in_failure where address <> :value", "");
    }

    private static ValidatableResponse change(Member member, String current, String password) {
        return as(member)
                .body(Map.of("current", current, "password", password))
                .put("/api/session/password")
                .then();
    }

    private static int signIn(Member member, String password) {
        return nobody().body(Map.of("email", member.agent().email(), "password", password))
                .post("/api/session")
                .statusCode();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoever_knows_the_present_one_gets_a_new_one_and_only_their_other_sessions_end(Role role) {
        Member anna = team.newMember(role);
        Member elsewhere = team.again(anna);
        Member ben = team.newMember(role);

        change(anna, Team.PASSWORD, ANOTHER).statusCode(204);

        as(anna).get("/api/session").then().statusCode(200);
        as(elsewhere).get("/api/session").then().statusCode(401);
        as(ben).get("/api/session").then().statusCode(200);
        assertThat(signIn(anna, Team.PASSWORD)).isEqualTo(401);
        assertThat(signIn(anna, ANOTHER)).isEqualTo(200);
    }

    @Test
    void nobody_has_none_to_change() {
        nobody().body(Map.of("current", Team.PASSWORD, "password", ANOTHER))
                .put("/api/session/password")
                .then()
                .statusCode(401)
                .body("code", equalTo("signed-out"));
    }

    @Test
    void a_wrong_present_one_and_a_bad_new_one_are_told_apart_and_change_nothing() {
        Member anna = team.newMember(Role.AGENT);
        change(anna, "a guess of somebody", ANOTHER)
                .statusCode(400)
                .body("violations[0].field", equalTo("current"))
                .body("violations[0].rule", equalTo("wrong"));
        change(anna, Team.PASSWORD, "short")
                .statusCode(400)
                .body("violations[0].field", equalTo("password"))
                .body("violations[0].rule", equalTo("too-short"))
                .body("violations[0].values.min", equalTo(10));
        change(anna, Team.PASSWORD, "密".repeat(30))
                .statusCode(400)
                .body("violations[0].rule", equalTo("too-long"))
                .body("violations[0].values.max", equalTo(24));
        assertThat(signIn(anna, Team.PASSWORD)).isEqualTo(200);
    }

    @Test
    void an_open_session_is_no_place_to_guess_the_password_faster_than_at_the_door() {
        Member anna = team.newMember(Role.AGENT);
        for (int attempt = 0; attempt < 10; attempt++) {
            change(anna, "guess " + attempt, ANOTHER).statusCode(400);
        }
        change(anna, Team.PASSWORD, ANOTHER).statusCode(429).header("Retry-After", notNullValue());
        assertThat(signIn(anna, Team.PASSWORD)).isEqualTo(429);
    }
}
