package io.replyloop.singlesignon;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SingleSignOnSettingsTest extends SignsInElsewhere {
    @Test
    void passwords_are_taken_away_only_by_somebody_whom_the_provider_lets_in() {
        set(Map.of()).then().statusCode(204);
        as(admin)
                .body(Map.of("passwordsFor", "nobody"))
                .put(SETTINGS + "/passwords")
                .then()
                .statusCode(409);

        company.hasPerson(
                "admin-" + admin.agent().id(), Map.of("email", admin.agent().email(), "email_verified", true));
        enter(new Visitor(), "admin-" + admin.agent().id());
        as(admin).get(SETTINGS).then().body("triedByYou", equalTo(true));
        Member anna = team.newMember(Role.AGENT);
        Member boss = team.newMember(Role.ADMIN);

        as(admin)
                .body(Map.of("passwordsFor", "admins"))
                .put(SETTINGS + "/passwords")
                .then()
                .statusCode(204);
        signIn(anna).then().statusCode(403).body("code", equalTo("passwords-off"));
        signIn(boss).then().statusCode(200);

        as(admin)
                .body(Map.of("passwordsFor", "nobody"))
                .put(SETTINGS + "/passwords")
                .then()
                .statusCode(204);
        nobody().get(WAYS).then().body("passwordsFor", equalTo("nobody"));
        signIn(boss).then().statusCode(403);
        // Says nothing about who has an account.
        nobody().body(Map.of("email", "nobody@team.example", "password", "whatever it is"))
                .post("/api/session")
                .then()
                .statusCode(403);

        // Without the provider, nobody could come in.
        as(admin).delete(SETTINGS).then().statusCode(204);
        signIn(anna).then().statusCode(200);
    }

    private static Response signIn(Member member) {
        return nobody().body(Map.of("email", member.agent().email(), "password", Team.PASSWORD))
                .post("/api/session");
    }

    @Test
    void a_provider_that_is_away_is_said_on_the_page_and_passwords_go_on() {
        CompanyProvider other = CompanyProvider.start(replyloop());
        set(Map.of("issuer", other.issuer())).then().statusCode(204);
        other.close();
        Visitor.Arrival arrival = new Visitor().get(replyloop() + WAYS + "/start?to=/console/");
        assertThat(arrival.address()).isEqualTo(URI.create(replyloop() + "/console/?single-sign-on=failed"));
        signIn(team.newMember(Role.AGENT)).then().statusCode(200);
        // What it has to say is not wrong: it may say it again.
        RestAssured.given()
                .contentType(ContentType.URLENC)
                .formParam("logout_token", "a.b.c")
                .post(WAYS + "/signed-out")
                .then()
                .statusCode(503);
    }

    /** Authentik and Auth0, for instance. */
    @Test
    void a_provider_that_ends_its_name_with_a_slash_is_the_same_provider() {
        try (CompanyProvider slashed = CompanyProvider.start(replyloop(), "/")) {
            set(Map.of("issuer", slashed.issuer() + "/", "signsOutThere", true))
                    .then()
                    .statusCode(204);
            slashed.hasPerson("lead", Map.of("email", admin.agent().email(), "email_verified", true));
            Visitor visitor = new Visitor();
            enter(visitor, "lead");
            as(admin).get(SETTINGS).then().body("triedByYou", equalTo(true));
            RestAssured.given()
                    .cookie(Team.SESSION_COOKIE, visitor.cookie(Team.SESSION_COOKIE))
                    .header("X-Replyloop", "1")
                    .delete("/api/session")
                    .then()
                    .statusCode(200)
                    .body("continueAt", containsString(slashed.issuer()));

            Visitor again = new Visitor();
            enter(again, "lead");
            me(again).then().statusCode(200);
            Visitor.Arrival page = again.get(slashed.issuer() + "/session/end");
            String secret = Visitor.between(page.body(), "name=\"xsrf\" value=\"", "\"");
            again.post(URI.create(slashed.issuer() + "/session/end/confirm"), Map.of("xsrf", secret, "logout", "yes"));
            me(again).then().statusCode(401);
        }
    }

    @Test
    void a_provider_that_cannot_be_read_is_not_taken_and_the_answer_says_why() {
        for (String issuer : List.of(
                "http://company.example",
                "ftp://company.example",
                "no address",
                company.issuer() + "/elsewhere",
                "https://user:secret@company.example")) {
            set(Map.of("issuer", issuer)).then().statusCode(400).body("violations[0].field", equalTo("issuer"));
        }
        as(admin).get(SETTINGS).then().statusCode(200).body("provider", nullValue());
        as(admin)
                .body(Map.of("provider", provider(Map.of())))
                .put(SETTINGS)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("clientSecret"));
    }

    @Test
    void the_secret_is_never_told_and_goes_only_to_the_provider_that_it_is_for() {
        set(Map.of()).then().statusCode(204);
        as(admin).get(SETTINGS).then().body(not(containsString(CompanyProvider.SECRET)));
        as(admin).get("/api/audit").then().body(not(containsString(CompanyProvider.SECRET)));
        // Kept where only something else changes.
        as(admin)
                .body(Map.of("provider", provider(Map.of("name", "New name"))))
                .put(SETTINGS)
                .then()
                .statusCode(204);
        Visitor visitor = new Visitor();
        enter(visitor, newPerson(Map.of()));
        me(visitor).then().statusCode(200);
        try (CompanyProvider other = CompanyProvider.start(replyloop())) {
            as(admin)
                    .body(Map.of("provider", provider(Map.of("issuer", other.issuer()))))
                    .put(SETTINGS)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void only_admins_see_and_change_it() {
        Member agent = team.newMember(Role.AGENT);
        as(agent).get(SETTINGS).then().statusCode(403);
        as(agent)
                .body(Map.of("provider", provider(Map.of())))
                .put(SETTINGS)
                .then()
                .statusCode(403);
        as(agent).delete(SETTINGS).then().statusCode(403);
        as(agent)
                .body(Map.of("passwordsFor", "nobody"))
                .put(SETTINGS + "/passwords")
                .then()
                .statusCode(403);
        nobody().get(SETTINGS).then().statusCode(401);
    }
}
