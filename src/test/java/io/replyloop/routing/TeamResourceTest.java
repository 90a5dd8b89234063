package io.replyloop.routing;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import io.replyloop.site.TeamPresence;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TeamResourceTest {
    @Inject
    Team team;

    @Inject
    Sites sites;

    @Inject
    Waiting waiting;

    @Inject
    Availability availability;

    @Inject
    TeamPresence presence;

    private final String name = "Billing " + UUID.randomUUID();
    private Team.Member admin;
    private Team.Member agent;

    @BeforeEach
    void someOfTheTeam() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
    }

    private Map<String, Object> settings(Object... more) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("name", name, "members", List.of(agent.agent().id())));
        for (int at = 0; at < more.length; at += 2) {
            settings.put((String) more[at], more[at + 1]);
        }
        return settings;
    }

    private ValidatableResponse create(Object... more) {
        return as(admin).body(settings(more)).post("/api/teams").then();
    }

    private String site() {
        return "/api/sites/"
                + sites.create(new SiteSettings("Shop", List.of(), null, "", "", false))
                        .id();
    }

    @Test
    void a_team_is_made_changed_and_closed() {
        String id = create().statusCode(200)
                .body("members", contains(agent.agent().id().toString()))
                .body("roundRobin", equalTo(false))
                .body("acceptWithin", equalTo(60))
                .extract()
                .path("id");
        as(agent).get("/api/teams").then().statusCode(200).body("name", hasItem(name));

        as(admin)
                .body(settings("roundRobin", true, "acceptWithin", 90, "members", List.of()))
                .put("/api/teams/" + id)
                .then()
                .statusCode(200)
                .body("members", equalTo(List.of()))
                .body("acceptWithin", equalTo(90));
        String site = site();
        as(admin).body(Map.of("team", id)).put(site + "/routing").then().statusCode(200);

        as(admin).delete("/api/teams/" + id).then().statusCode(204);
        as(agent).get("/api/teams").then().body("name", not(hasItem(name)));
        as(admin).get(site + "/routing").then().body("team", equalTo(null));
        as(admin).body(settings()).put("/api/teams/" + id).then().statusCode(404);
        as(admin).body(Map.of("team", id)).put(site + "/routing").then().statusCode(400);
        create().statusCode(200);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        create("name", " ").statusCode(400);
        create("name", "x".repeat(61)).statusCode(400);
        create("acceptWithin", 9).statusCode(400);
        create("acceptWithin", 3_601).statusCode(400);
        create(
                        "members",
                        IntStream.range(0, 501)
                                .mapToObj(each -> UUID.randomUUID())
                                .toList())
                .statusCode(400);
        create("members", List.of(UUID.randomUUID())).statusCode(404);
        create().statusCode(200);
        create("name", name.toUpperCase(Locale.ROOT)).statusCode(409).body("code", containsString("conflict"));
        as(admin)
                .body(Map.of("acceptWithin", 1))
                .put(site() + "/routing")
                .then()
                .statusCode(400);
        as(admin).get("/api/sites/" + UUID.randomUUID() + "/routing").then().statusCode(404);
    }

    @Test
    void a_number_of_conversations_is_set_for_each_agent() {
        String capacity = "/api/colleagues/" + agent.agent().id() + "/capacity";
        as(admin).body(Map.of("capacity", 3)).put(capacity).then().statusCode(204);
        as(admin).body(Map.of("capacity", 0)).put(capacity).then().statusCode(400);
        as(admin).body(Map.of("capacity", 101)).put(capacity).then().statusCode(400);
        as(admin)
                .body(Map.of("capacity", 3))
                .put("/api/colleagues/" + UUID.randomUUID() + "/capacity")
                .then()
                .statusCode(404);

        as(agent)
                .get("/api/colleagues")
                .then()
                .statusCode(200)
                .body("find { it.id == '" + agent.agent().id() + "' }.capacity", equalTo(3))
                .body("find { it.id == '" + agent.agent().id() + "' }.state", equalTo("offline"));
    }

    @Test
    void customers_of_a_website_see_those_of_its_team() {
        String other = as(admin)
                .body(Map.of(
                        "name",
                        "Sales " + UUID.randomUUID(),
                        "members",
                        List.of(admin.agent().id())))
                .post("/api/teams")
                .path("id");
        UUID own = waiting.customerOf(UUID.fromString(create().extract().path("id")))
                .siteId();
        UUID others = waiting.customerOf(UUID.fromString(other)).siteId();
        UUID everybodys = waiting.customerOf(null).siteId();
        availability.seen(List.of(agent.agent().id()));

        Instant asked = Instant.now();
        assertThat(presence.names(own)).containsExactly(agent.agent().name());
        assertThat(presence.names(others)).isEmpty();
        assertThat(presence.names(everybodys)).contains(agent.agent().name());

        availability.say(agent.agent().id(), true);
        List<String> kept = presence.names(own);
        // On a machine that stood still meanwhile, they may have been asked for anew.
        if (Instant.now().isBefore(asked.plusSeconds(4))) {
            assertThat(kept).as("kept for some seconds").hasSize(1);
        }
        as(admin).delete("/api/teams/" + other).then().statusCode(204);
    }

    @Test
    void members_find_what_waits_for_their_teams() {
        UUID id = UUID.fromString(create().extract().path("id"));
        UUID conversation = waiting.conversation(id);
        waiting.conversation(null);

        as(agent)
                .get("/api/conversations?status=open&team=mine")
                .then()
                .statusCode(200)
                .body("items.id", contains(conversation.toString()))
                .body("items.team.name", everyItem(equalTo(name)));
        as(admin).get("/api/conversations?team=mine").then().body("items", equalTo(List.of()));
        as(agent).get("/api/conversations?team=other").then().statusCode(400);
    }

    @Test
    void agents_see_teams_and_only_admins_change_them() {
        String id = create().extract().path("id");
        String site = site() + "/routing";
        String capacity = "/api/colleagues/" + agent.agent().id() + "/capacity";

        assertThat(List.of(
                        as(agent).body(settings()).post("/api/teams").statusCode(),
                        as(agent).body(settings()).put("/api/teams/" + id).statusCode(),
                        as(agent).delete("/api/teams/" + id).statusCode(),
                        as(agent).get(site).statusCode(),
                        as(agent).body(Map.of()).put(site).statusCode(),
                        as(agent).body(Map.of("capacity", 9)).put(capacity).statusCode()))
                .containsOnly(403);
        assertThat(List.of(
                        nobody().get("/api/teams").statusCode(),
                        nobody().get("/api/colleagues").statusCode(),
                        nobody().body(settings()).post("/api/teams").statusCode()))
                .containsOnly(401);
    }
}
