package io.replyloop.identity;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UserResourceTest {
    @Inject
    Team team;

    @Inject
    Agents agents;

    private Member admin;
    private Member agent;

    @BeforeEach
    void twoPeople() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
    }

    private static Map<String, Object> user(String email) {
        return Map.of("email", email, "name", "Grace", "role", "agent", "password", Team.PASSWORD);
    }

    private static Map<String, Object> change(String role, boolean active) {
        return Map.of("name", "Somebody", "role", role, "active", active);
    }

    @Test
    void accounts_are_for_admins() {
        as(agent).get("/api/users").then().statusCode(403).body("code", equalTo("not-allowed"));
        as(agent).body(user("a@b.example")).post("/api/users").then().statusCode(403);
        as(agent)
                .body(change("admin", true))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(403);
        nobody().get("/api/users").then().statusCode(401).body("code", equalTo("signed-out"));
        nobody().body(user("a@b.example")).post("/api/users").then().statusCode(401);
        nobody().body(change("admin", true))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(401);
    }

    @Test
    void an_admin_makes_an_account_that_can_sign_in_at_once() {
        String email = UUID.randomUUID() + "@team.example";
        as(admin)
                .body(user(email))
                .post("/api/users")
                .then()
                .statusCode(200)
                .body("email", equalTo(email))
                .body("active", equalTo(true))
                .body("$", not(Matchers.hasKey("passwordHash")));
        nobody().body(Map.of("email", email, "password", Team.PASSWORD))
                .post("/api/session")
                .then()
                .statusCode(200);
        as(admin).get("/api/users").then().statusCode(200).body("email", hasItem(email));
    }

    @Test
    void an_address_has_one_account_whatever_its_letters() {
        String email = UUID.randomUUID() + "@team.example";
        as(admin).body(user(email)).post("/api/users").then().statusCode(200);
        as(admin)
                .body(user(email.toUpperCase(Locale.ROOT)))
                .post("/api/users")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("violations[0].field", equalTo("email"))
                .body("violations[0].rule", equalTo("taken"));
    }

    @Test
    void a_new_password_ends_the_sessions_that_the_old_one_opened() {
        as(admin)
                .body(Map.of("name", "Grace", "role", "agent", "active", true, "password", "another long password"))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(200)
                .body("name", equalTo("Grace"));
        as(agent).get("/api/session").then().statusCode(401);
    }

    @Test
    void admins_change_their_own_password_where_the_present_one_is_asked_for() {
        String self = "/api/users/" + admin.agent().id();
        as(admin)
                .body(Map.of("name", "Eve", "role", "admin", "active", true, "password", "another long password"))
                .put(self)
                .then()
                .statusCode(409)
                .body("detail", containsString("your own account"));
        as(admin).post(self + "/password-link").then().statusCode(409);
        as(admin)
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("name", equalTo(admin.agent().name()));
    }

    @Test
    void a_deactivated_account_is_out_at_once_and_stays_out() {
        as(admin)
                .body(change("agent", false))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(200);
        as(agent).get("/api/session").then().statusCode(401);
        nobody().body(Map.of("email", agent.agent().email(), "password", Team.PASSWORD))
                .post("/api/session")
                .then()
                .statusCode(401);
        as(admin)
                .body(change("agent", true))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(200);
        as(agent).get("/api/session").then().statusCode(401);
    }

    @Test
    void a_changed_name_leaves_the_session_open() {
        as(admin)
                .body(Map.of("name", "Grace", "role", "agent", "active", true))
                .put("/api/users/" + agent.agent().id())
                .then()
                .statusCode(200);
        as(agent).get("/api/session").then().statusCode(200).body("name", equalTo("Grace"));
    }

    @Test
    void the_last_admin_stays() {
        for (AgentView other : agents.list()) {
            if (!other.id().equals(admin.agent().id())) {
                agents.deactivate(other.id());
            }
        }
        String own = "/api/users/" + admin.agent().id();
        as(admin).body(change("agent", true)).put(own).then().statusCode(409).body("code", equalTo("last-admin"));
        as(admin).body(change("admin", false)).put(own).then().statusCode(409);
        as(admin).get("/api/session").then().statusCode(200).body("role", equalTo("admin"));
    }

    @Test
    void what_is_wrong_is_named() {
        as(admin)
                .body(Map.of("email", "no address", "name", " ", "role", "agent", "password", Team.PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("violations.field", Matchers.containsInAnyOrder("email", "name"))
                .body("violations.rule", Matchers.containsInAnyOrder("malformed", "missing"));
        as(admin)
                .body(Map.of("email", "a@b.example", "name", "A", "role", "boss", "password", Team.PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("detail", containsString("boss"));
        as(admin)
                .body(Map.of("email", "a@b.example", "name", "A", "role", "agent", "password", "          "))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("detail", containsString("at least 10"));
        as(admin)
                .body(change("agent", true))
                .put("/api/users/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void control_characters_in_a_name_are_refused() {
        Map<String, Object> user = new HashMap<>(user("plain@example.org"));
        for (String name : List.of("Be\u0007n", "Be\nn")) {
            user.put("name", name);
            as(admin)
                    .body(user)
                    .post("/api/users")
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("name"))
                    .body("violations[0].rule", equalTo("not-plain"));
        }
    }
}
