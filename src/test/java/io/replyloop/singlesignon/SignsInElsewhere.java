package io.replyloop.singlesignon;

import static io.replyloop.signin.Team.as;

import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of single sign-on have in common: a provider, and ways to come in through it. */
abstract class SignsInElsewhere {
    static final String SETTINGS = "/api/single-sign-on";
    static final String WAYS = "/api/session/single-sign-on";

    static CompanyProvider company;

    @Inject
    Team team;

    @Inject
    Agents agents;

    Member admin;

    @BeforeEach
    void setUp() {
        if (company == null) {
            company = CompanyProvider.start(replyloop());
        }
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void tearDown() {
        as(admin).delete(SETTINGS).then().statusCode(204);
    }

    @AfterAll
    static void stop() {
        if (company != null) {
            company.close();
            company = null;
        }
    }

    static String replyloop() {
        return "http://localhost:" + RestAssured.port;
    }

    static Map<String, Object> provider(Map<String, ?> other) {
        Map<String, Object> provider = new HashMap<>(Map.of(
                "issuer",
                company.issuer(),
                "clientId",
                CompanyProvider.CLIENT,
                "name",
                "Example Ltd",
                "groupsClaim",
                "groups",
                "adminGroups",
                List.of(),
                "agentGroups",
                List.of(),
                "newAccounts",
                true,
                "trustsAddresses",
                false,
                "signsOutThere",
                false));
        provider.putAll(other);
        return provider;
    }

    Response set(Map<String, ?> other) {
        return as(admin)
                .body(Map.of("provider", provider(other), "clientSecret", CompanyProvider.SECRET))
                .put(SETTINGS);
    }

    static String newPerson(Map<String, ?> other) {
        String name = "p" + UUID.randomUUID().toString().replace("-", "");
        Map<String, Object> claims = new HashMap<>(
                Map.of("email", name + "@company.example", "email_verified", true, "name", "Grace Hopper"));
        claims.putAll(other);
        company.hasPerson(name, claims);
        return name;
    }

    static Visitor.Arrival enter(Visitor visitor, String person) {
        Visitor.Arrival there = visitor.get(replyloop() + WAYS + "/start?to=/admin/");
        return visitor.signIn(there, person);
    }

    static Response me(Visitor visitor) {
        return RestAssured.given()
                .cookie(Team.SESSION_COOKIE, visitor.cookie(Team.SESSION_COOKIE))
                .get("/api/session");
    }

    static String reason(Visitor.Arrival arrival) {
        return arrival.address().getQuery();
    }
}
