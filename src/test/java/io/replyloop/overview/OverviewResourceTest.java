package io.replyloop.overview;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverviewResourceTest {
    @Inject
    Team team;

    @Inject
    TestChat chat;

    @Inject
    ConversationService conversations;

    @Inject
    AuditEntries entries;

    @Inject
    Session database;

    private Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    @Test
    void admins_alone_see_it_and_put_the_first_steps_away() {
        Team.Member agent = team.newMember(Role.AGENT);
        for (String address : List.of("/api/overview", "/api/overview/figures")) {
            as(admin).get(address).then().statusCode(200);
            as(agent).get(address).then().statusCode(403);
            nobody().get(address).then().statusCode(401);
        }
        String wish = "{\"putAway\": true}";
        as(agent).body(wish).put("/api/overview/first-steps").then().statusCode(403);
        nobody().contentType("application/json")
                .body(wish)
                .put("/api/overview/first-steps")
                .then()
                .statusCode(401);
        as(admin).body("{}").put("/api/overview/first-steps").then().statusCode(400);
        as(admin).get("/api/overview").then().body("firstSteps.putAway", equalTo(false));
    }

    @Test
    void putting_away_what_is_away_leaves_no_second_entry() {
        long before = entries.newest();
        for (int i = 0; i < 2; i++) {
            as(admin)
                    .body(Map.of("putAway", true))
                    .put("/api/overview/first-steps")
                    .then()
                    .statusCode(204);
        }
        as(admin).get("/api/overview").then().body("firstSteps.putAway", equalTo(true));
        as(admin)
                .body(Map.of("putAway", false))
                .put("/api/overview/first-steps")
                .then()
                .statusCode(204);
        assertThat(entries.after(before))
                .extracting(entry -> entry.action())
                .containsExactly("setup.steps-put-away", "setup.steps-brought-back");
    }

    @Test
    void who_waits_is_counted_at_once_and_from_the_same_place_as_for_supervisors() {
        JsonPath before = overview();
        conversations.customerMessage(chat.customer(), UUID.randomUUID(), "Is anybody there?");
        JsonPath after = overview();

        assertThat(after.getLong("open")).isEqualTo(before.getLong("open") + 1);
        assertThat(after.getLong("waiting")).isEqualTo(before.getLong("waiting") + 1);
        assertThat(after.getLong("unassigned")).isEqualTo(before.getLong("unassigned") + 1);
        assertThat(after.getLong("longestWaitSeconds")).isGreaterThanOrEqualTo(0);
        assertThat(after.getList("queues.unassigned", Long.class).stream()
                        .mapToLong(Number::longValue)
                        .sum())
                .isEqualTo(after.getLong("unassigned"));
        as(admin).get("/api/overview").then().body("offline", greaterThanOrEqualTo(1));
    }

    private JsonPath overview() {
        return as(admin).get("/api/overview").jsonPath();
    }

    @Test
    void the_last_days_are_seven_or_thirty_beside_as_many_before() {
        as(admin)
                .get("/api/overview/figures?days=30")
                .then()
                .statusCode(200)
                .body("report.now.overTime", hasSize(30))
                .body("report.before.handling.overTime", hasSize(30))
                .body("report.timeZone", notNullValue());
        as(admin).get("/api/overview/figures").then().body("report.now.overTime", hasSize(7));
        for (String days : List.of("8", "-7", "100000")) {
            as(admin)
                    .get("/api/overview/figures?days=" + days)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("days"));
        }
    }

    @Test
    void a_widget_that_is_opened_on_a_page_of_its_site_is_noted_and_no_other() {
        Map<String, Object> settings = Map.of(
                "name", "Kites", "allowedOrigins", List.of("https://kites.example", "https://*.kites.example:8443"));
        String key = as(admin).body(settings).post("/api/sites").path("key");
        for (String origin : List.of(
                "https://evil.example",
                "https://kites.example.evil.example",
                "http://kites.example",
                "https://kites.example:8443",
                "null",
                "")) {
            opened(key, origin);
        }
        nobody().queryParam("site", key).get("/api/widget").then().statusCode(200);
        assertThat(sightings(key)).isEmpty();

        opened(key, "https://a.kites.example:8443");
        opened(key, "https://b.kites.example:8443");
        opened(key, "https://kites.example");
        opened(key, "https://kites.example");
        assertThat(sightings(key))
                .as("a star is noted once, however many pages it allows")
                .containsExactlyInAnyOrder("https://*.kites.example:8443", "https://kites.example");
    }

    private void opened(String key, String origin) {
        nobody().queryParam("site", key)
                .queryParam("origin", origin)
                .get("/api/widget")
                .then()
                .statusCode(200);
    }

    private List<String> sightings(String key) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select origin from site_sighting where site_id = (select id from site where key = :key)",
                                String.class)
                        .setParameter("key", key)
                        .getResultList());
    }
}
