package io.replyloop.site;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditLog;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers of a site see before they write. */
@QuarkusTest
class WelcomeTest {
    private static final List<String> ONLINE =
            List.of(" Ada  Lovelace", "王小明", "Ben", "Cem Öz", "Dana van Gogh", "Eve", "Fay");

    @Inject
    Team team;

    @Inject
    Sites sites;

    @Inject
    Logos logos;

    @Inject
    ObjectMapper json;

    @Inject
    AuditLog audit;

    @Inject
    EntityManager entities;

    private Member admin;
    private SiteView site;
    private String address;

    @BeforeEach
    void aSite() {
        admin = team.newMember(Role.ADMIN);
        site = sites.create(new SiteSettings("Tea shop", List.of(), null, "", "", false));
        address = "/api/sites/" + site.id() + "/welcome";
    }

    private Welcome seenWhile(List<String> online) {
        FrequentQuestions none = List::of;
        Welcomes welcomes = new Welcomes(sites, site -> online, none, logos, json, audit);
        return QuarkusTransaction.requiringNew().call(() -> welcomes.of(site.id()));
    }

    private void shows(String way) {
        as(admin)
                .body(Map.of("team", way, "questions", false))
                .put(address)
                .then()
                .statusCode(200)
                .body("team", equalTo(way));
    }

    @Test
    void customers_see_no_names_until_an_admin_shows_them() {
        as(admin).get(address).then().body("team", equalTo("nobody")).body("questions", equalTo(true));
        assertThat(seenWhile(ONLINE).team()).isEmpty();
        shows("first-names");
        assertThat(seenWhile(ONLINE).team())
                .containsExactly(
                        new Welcome.Colleague("Ada", "A"),
                        new Welcome.Colleague("王小明", "王"),
                        new Welcome.Colleague("Ben", "B"),
                        new Welcome.Colleague("Cem", "C"),
                        new Welcome.Colleague("Dana", "D"));
        shows("initials");
        assertThat(seenWhile(ONLINE).team())
                .containsExactly(
                        new Welcome.Colleague(null, "AL"),
                        new Welcome.Colleague(null, "王"),
                        new Welcome.Colleague(null, "B"),
                        new Welcome.Colleague(null, "CÖ"),
                        new Welcome.Colleague(null, "DG"));
        shows("nobody");
        assertThat(seenWhile(ONLINE).team()).isEmpty();
    }

    @Test
    void the_widget_is_told_and_nothing_is_stored_of_who_looks() {
        shows("nobody");
        long before = customers();
        given().queryParam("site", site.key())
                .get("/api/widget")
                .then()
                .statusCode(200)
                .body("welcome.team.size()", equalTo(0));
        assertThat(customers()).isEqualTo(before);
    }

    private long customers() {
        return (long) entities.createNativeQuery("select count(*) from customer where site_id = :site", Long.class)
                .setParameter("site", site.id())
                .getSingleResult();
    }

    @Test
    void only_admins_change_it_and_only_to_what_there_is() {
        Member agent = team.newMember(Role.AGENT);
        Map<String, Object> body = Map.of("team", "nobody", "questions", true);
        as(agent).get(address).then().statusCode(403);
        as(agent).body(body).put(address).then().statusCode(403);
        nobody().body(body).put(address).then().statusCode(401);
        as(admin)
                .body(Map.of("team", "surnames", "questions", true))
                .put(address)
                .then()
                .statusCode(400)
                .body("detail", containsString("first-names, initials or nobody"));
        as(admin).body("{}").put(address).then().statusCode(400);
        as(admin)
                .body(body)
                .put("/api/sites/" + UUID.randomUUID() + "/welcome")
                .then()
                .statusCode(404);
    }
}
