package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SameOriginRuleTest {
    @Inject
    Team team;

    @TestHTTPResource
    URI server;

    private Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    private static void createSite(RequestSpecification request, int status) {
        request.body(Map.of("name", "A shop")).post("/api/sites").then().statusCode(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "", "http://"})
    void a_page_of_another_origin_changes_nothing(String origin) {
        createSite(as(admin).header("Origin", origin), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void a_request_that_the_browser_calls_cross_site_changes_nothing(String site) {
        as(admin)
                .header("Sec-Fetch-Site", site)
                .body(Map.of("name", "A shop"))
                .post("/api/sites")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("cross-site"));
    }

    @Test
    void our_own_pages_may() {
        String own = "http://" + server.getHost() + ":" + server.getPort();
        createSite(as(admin).header("Origin", own).header("Sec-Fetch-Site", "same-origin"), 200);
    }

    @Test
    void a_program_that_names_no_origin_may() {
        createSite(as(admin), 200);
    }

    @Test
    void what_a_form_can_send_is_refused() {
        given().cookie(SessionCookie.NAME, admin.cookie())
                .contentType(ContentType.URLENC)
                .formParam("name", "A shop")
                .post("/api/sites")
                .then()
                .statusCode(403)
                .body("code", equalTo("cross-site"));
        given().cookie(SessionCookie.NAME, admin.cookie())
                .contentType("text/plain; x=application/json")
                .body("{\"name\": \"A shop\"}")
                .post("/api/sites")
                .then()
                .statusCode(403);
        given().cookie(SessionCookie.NAME, admin.cookie())
                .delete("/api/session")
                .then()
                .statusCode(403);
    }

    @Test
    void a_request_without_a_body_is_good_with_our_header() {
        given().cookie(SessionCookie.NAME, admin.cookie())
                .header("X-Replyloop", "1")
                .delete("/api/session")
                .then()
                .statusCode(204);
    }

    @Test
    void another_site_cannot_sign_its_visitor_in_here() {
        nobody().header("Origin", "https://evil.example")
                .body(Map.of("email", admin.agent().email(), "password", Team.PASSWORD))
                .post("/api/session")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/users", "/", "/shop/", "/no-such-thing", "/metrics", "/ws/customer"})
    void nothing_that_changes_something_is_left_out_wherever_it_goes(String path) {
        as(admin)
                .header("Origin", "https://evil.example")
                .body(Map.of())
                .post(path)
                .then()
                .statusCode(403)
                .body("code", equalTo("cross-site"));
        as(admin)
                .header("Sec-Fetch-Site", "same-site")
                .body(Map.of())
                .request("PATCH", path)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "chat.internal", "localhost.evil.example", "127.0.0.1.evil.example"})
    void a_name_that_points_here_is_not_believed(String name) {
        String host = name + ":" + server.getPort();
        createSite(as(admin).header("Host", host).header("Origin", "http://" + host), 403);
        createSite(as(admin).header("Host", host), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "shop.localhost", "192.168.1.20"})
    void localhost_and_ip_addresses_are(String name) {
        String host = name + ":" + server.getPort();
        createSite(as(admin).header("Host", host).header("Origin", "http://" + host), 200);
        createSite(as(admin).header("Host", host).header("Origin", "http://" + name + ":1"), 403);
    }

    @Test
    void reading_needs_no_origin() {
        as(admin)
                .header("Origin", "https://evil.example")
                .get("/api/sites")
                .then()
                .statusCode(200);
    }

    @Test
    void the_agents_socket_opens_for_our_own_origin_only() {
        given().cookie(SessionCookie.NAME, admin.cookie())
                .header("Origin", "https://evil.example")
                .get("/ws/agent")
                .then()
                .statusCode(403)
                .body("code", equalTo("cross-site"));
        given().header("Origin", "https://shop.example")
                .get("/ws/customer")
                .then()
                .statusCode(Matchers.not(403));
    }
}
