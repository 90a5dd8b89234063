package io.replyloop.knowledge;

import static io.replyloop.signin.Team.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplyResourceTest {
    @Inject
    Team team;

    private Team.Member admin;
    private Team.Member agent;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
    }

    private String created(String category) {
        return as(admin)
                .body(Map.of("title", "Hours", "text", "We open at nine.", "categories", List.of(category)))
                .post("/api/replies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String unique(String word) {
        return word + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void an_admin_writes_publishes_changes_and_archives_a_reply() {
        String category = unique("life");
        String id = created(category);
        as(admin)
                .post("/api/replies/" + id + "/publish")
                .then()
                .statusCode(200)
                .body("state", equalTo("published"))
                .body("version", equalTo(2));
        as(admin)
                .body(Map.of("title", "Hours", "text", "We open at ten.", "version", 2))
                .put("/api/replies/" + id)
                .then()
                .statusCode(200)
                .body("text", equalTo("We open at ten."))
                .body("state", equalTo("published"))
                .body("questions", equalTo(0));
        as(admin).post("/api/replies/" + id + "/archive").then().statusCode(200).body("state", equalTo("archived"));
        as(agent)
                .get("/api/replies/" + id + "/versions")
                .then()
                .statusCode(200)
                .body("version", equalTo(List.of(4, 3, 2, 1)))
                .body("[3].text", equalTo("We open at nine."))
                .body("[0].changedBy", equalTo(admin.agent().id().toString()))
                .body("[0].changedByName", equalTo(admin.agent().name()));
        as(admin)
                .body(Map.of("version", 4))
                .post("/api/replies/" + id + "/versions/1/restore")
                .then()
                .statusCode(200)
                .body("text", equalTo("We open at nine."))
                .body("state", equalTo("archived"))
                .body("version", equalTo(5));
        as(admin)
                .body(Map.of())
                .post("/api/replies/" + id + "/versions/1/restore")
                .then()
                .statusCode(400);
    }

    @Test
    void a_new_reply_says_where_it_is() {
        as(admin)
                .body(Map.of("title", "Hours", "text", "We open at nine."))
                .post("/api/replies")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/replies/"))
                .body("language", equalTo("en"))
                .body("state", equalTo("draft"))
                .body("createdAt", endsWith("Z"));
    }

    @Test
    void agents_read_replies_with_filters_and_pages() {
        String category = unique("pages");
        for (int number = 0; number < 3; number++) {
            created(category);
        }
        String next = as(agent)
                .get("/api/replies?limit=2&state=draft&language=en&q=open&category=" + category)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("next", notNullValue())
                .extract()
                .path("next");
        as(agent)
                .queryParam("cursor", next)
                .get("/api/replies?limit=2&category=" + category)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void agents_change_nothing_and_strangers_see_nothing() {
        String id = created(unique("roles"));
        Map<String, Object> body = Map.of("title", "T", "text", "T", "version", 1);
        as(agent).body(body).post("/api/replies").then().statusCode(403).body("code", equalTo("not-allowed"));
        as(agent).body(body).put("/api/replies/" + id).then().statusCode(403);
        as(agent).post("/api/replies/" + id + "/publish").then().statusCode(403);
        as(agent).post("/api/replies/" + id + "/archive").then().statusCode(403);
        as(agent)
                .body(body)
                .post("/api/replies/" + id + "/versions/1/restore")
                .then()
                .statusCode(403);
        Team.nobody().get("/api/replies").then().statusCode(401).body("code", equalTo("signed-out"));
        Team.nobody().get("/api/replies/" + id).then().statusCode(401);
        Team.nobody().get("/api/replies/" + id + "/versions").then().statusCode(401);
        Team.nobody().body(body).post("/api/replies").then().statusCode(401);
        Team.nobody().body(body).put("/api/replies/" + id).then().statusCode(401);
        Team.nobody().post("/api/replies/" + id + "/publish").then().statusCode(401);
        Team.nobody().post("/api/replies/" + id + "/archive").then().statusCode(401);
    }

    @Test
    void a_change_of_an_old_version_is_a_conflict() {
        String id = created(unique("conflict"));
        Map<String, Object> body = Map.of("title", "T", "text", "T", "version", 1);
        as(admin).body(body).put("/api/replies/" + id).then().statusCode(200);
        as(admin)
                .body(Map.of("title", "U", "text", "U", "version", 1))
                .put("/api/replies/" + id)
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("detail", containsString("Load it again"));
    }

    @Test
    void what_is_wrong_with_a_reply_is_named_field_by_field() {
        as(admin)
                .body(Map.of("title", " ", "text", "x".repeat(8001), "language", "klingon", "shortcode", "a b"))
                .post("/api/replies")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("violations", hasSize(4))
                .body("violations.field", equalTo(List.of("language", "shortcode", "text", "title")))
                .body("violations.message", hasItem("is missing; give the reply a short title"));
    }

    @Test
    void broken_and_missing_bodies_are_explained() {
        as(admin)
                .body("{\"title\":")
                .post("/api/replies")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
        as(admin).post("/api/replies").then().statusCode(400).body("code", equalTo("malformed-request"));
    }

    @Test
    void what_does_not_exist_is_not_found() {
        String nobody = UUID.randomUUID().toString();
        as(agent).get("/api/replies/" + nobody).then().statusCode(404).body("code", equalTo("not-found"));
        as(agent).get("/api/replies/no-uuid").then().statusCode(404);
        as(admin).post("/api/replies/" + nobody + "/publish").then().statusCode(404);
        as(agent)
                .get("/api/replies?state=gone")
                .then()
                .statusCode(400)
                .body("detail", containsString("'draft', 'published' or 'archived'"));
        as(agent).get("/api/replies?cursor=made-up").then().statusCode(400).body("code", equalTo("invalid"));
    }
}
