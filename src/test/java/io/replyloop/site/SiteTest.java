package io.replyloop.site;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SiteTest {
    private static final String POLICY = "Content-Security-Policy";

    @Inject
    Team team;

    @Inject
    Sites sites;

    private Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    private Map<String, String> create(String... origins) {
        return as(admin)
                .body(Map.of("name", "Tea shop", "allowedOrigins", List.of(origins), "greetingZh", "您好"))
                .post("/api/sites")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");
    }

    @Test
    void sites_are_for_admins() {
        Member agent = team.newMember(Role.AGENT);
        String one = "/api/sites/" + UUID.randomUUID();
        as(agent).get("/api/sites").then().statusCode(403);
        as(agent).body(Map.of("name", "x")).post("/api/sites").then().statusCode(403);
        as(agent).body(Map.of("name", "x")).put(one).then().statusCode(403);
        as(agent).post(one + "/identity-secret").then().statusCode(403);
        nobody().get("/api/sites").then().statusCode(401);
        nobody().body(Map.of("name", "x")).post("/api/sites").then().statusCode(401);
        nobody().body(Map.of("name", "x")).put(one).then().statusCode(401);
        nobody().post(one + "/identity-secret").then().statusCode(401);
    }

    @Test
    void what_stands_for_other_desks_is_no_website_that_anybody_sets_up() {
        String address = "/api/sites/" + sites.elsewhere();
        as(admin).body(Map.of("name", "Taken")).put(address).then().statusCode(404);
        as(admin)
                .body(Map.of("keepOldMinutes", 0))
                .post(address + "/identity-secret")
                .then()
                .statusCode(404);
        as(admin).delete(address + "/customer-tokens").then().statusCode(404);
    }

    @Test
    void customers_are_asked_how_it_was_until_an_admin_switches_it_off() {
        Map<String, String> site = create();
        String address = "/api/sites/" + site.get("id");
        as(admin)
                .body(Map.of("name", "Tea shop", "ratingAsked", false))
                .put(address)
                .then()
                .body("ratingAsked", equalTo(false));
        as(admin).body(Map.of("name", "Tea shop")).put(address).then().body("ratingAsked", equalTo(false));
        given().queryParam("site", site.get("key")).get("/api/widget").then().body("ratingAsked", equalTo(false));
    }

    @Test
    void the_widget_learns_what_to_show_by_the_sites_key() {
        Map<String, String> site = create();
        given().queryParam("site", site.get("key"))
                .get("/api/widget")
                .then()
                .statusCode(200)
                .body("name", equalTo("Tea shop"))
                .body("color", equalTo("#0b57d0"))
                .body("greetingZh", equalTo("您好"))
                .body("ratingAsked", equalTo(true))
                .body("maxTextLength", equalTo(8_000));
        given().queryParam("site", "unknown").get("/api/widget").then().statusCode(404);
        given().get("/api/widget").then().statusCode(404);
    }

    @Test
    void the_identity_secret_is_told_once() {
        String path = "/api/sites/" + create().get("id");
        String first = as(admin)
                .body(Map.of("keepOldMinutes", 0))
                .post(path + "/identity-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        String second = as(admin)
                .body(Map.of("keepOldMinutes", 0))
                .post(path + "/identity-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        assertThat(first).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(second);
        String list = as(admin)
                .get("/api/sites")
                .then()
                .body("hasIdentitySecret", hasItem(true))
                .extract()
                .asString();
        assertThat(list).doesNotContain(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/path",
                "shop.example",
                "javascript:alert(1)",
                "https://shop.example; script-src *",
                "https://shop.example https://evil.example",
                "'self'",
                "*",
                "https://*",
                "https://*.com:x",
                "https://user@shop.example",
                "ftp://shop.example",
                ""
            })
    void what_is_no_origin_never_reaches_a_header(String origin) {
        as(admin)
                .body(Map.of("name", "x", "allowedOrigins", List.of(origin)))
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("detail", containsString("allowedOrigins"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://my_shop.example, underscore",
        "https://*.com, star",
        "https://a.*.example, star",
        "https://shop.example:65536, port",
        "https://shop.example:0, port",
        "shop.example, scheme",
        "https://shop.example/cart, path",
        "https://sh op.example, characters",
        "https://stra\u00dfe.example, characters"
    })
    void a_refused_origin_is_named_with_the_reason(String origin, String why) {
        as(admin)
                .body(Map.of("name", "x", "allowedOrigins", List.of("https://good.example", origin)))
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("violations[0].values.entry", equalTo(origin))
                .body("violations[0].values.why", equalTo(why));
    }

    @Test
    void names_in_other_scripts_become_what_browsers_make_of_them() {
        as(admin)
                .body(Map.of(
                        "name",
                        "x",
                        "allowedOrigins",
                        List.of("https://\u5546\u5e97.cn", "https://*.M\u00dcNCHEN.example:65535/")))
                .post("/api/sites")
                .then()
                .statusCode(200)
                .body(
                        "allowedOrigins",
                        equalTo(List.of("https://xn--czrs0t.cn", "https://*.xn--mnchen-3ya.example:65535")));
    }

    @Test
    void control_characters_in_a_name_are_refused() {
        as(admin)
                .body(Map.of("name", "Tea\u0007shop"))
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("violations[0].rule", equalTo("not-plain"));
    }

    @Test
    void the_widgets_page_may_be_framed_by_its_site_and_by_nobody_else() {
        Map<String, String> site = create("https://Shop.example/", "https://*.shop.example:8443");
        given().queryParam("site", site.get("key"))
                .get("/widget/")
                .then()
                .header(POLICY, endsWith("frame-ancestors 'self' https://shop.example https://*.shop.example:8443"));
        given().queryParam("site", "unknown").get("/widget/").then().header(POLICY, endsWith("frame-ancestors 'none'"));
        given().get("/widget/").then().header(POLICY, endsWith("frame-ancestors 'none'"));
        given().queryParam("site", "demo")
                .get("/widget/index.html")
                .then()
                .header(POLICY, containsString("http://localhost:"));
    }

    @Test
    void a_changed_list_of_origins_counts_at_once_on_this_node() {
        Map<String, String> site = create("https://old.example");
        given().queryParam("site", site.get("key"))
                .get("/widget/")
                .then()
                .header(POLICY, containsString("old.example"));
        as(admin)
                .body(Map.of("name", "Tea shop", "allowedOrigins", List.of("https://new.example")))
                .put("/api/sites/" + site.get("id"))
                .then()
                .statusCode(200);
        given().queryParam("site", site.get("key"))
                .get("/widget/")
                .then()
                .header(POLICY, endsWith("frame-ancestors 'self' https://new.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/shop/", "/demo/", "/admin/", "/setup", "/join/", "/"})
    void no_other_page_may_be_framed_or_run_inline_scripts(String path) {
        String policy = given().get(path).header(POLICY);
        assertThat(policy).endsWith("frame-ancestors 'none'").contains("script-src 'self';");
        given().get(path)
                .then()
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("X-Frame-Options", equalTo("DENY"))
                .header("Referrer-Policy", equalTo("same-origin"));
    }

    @Test
    void the_preview_is_shown_in_pages_of_ours_alone_and_reaches_nobody() {
        given().get("/preview/")
                .then()
                .header("X-Frame-Options", equalTo("SAMEORIGIN"))
                .header(POLICY, endsWith("; connect-src 'none'; frame-ancestors 'self'"))
                .header(POLICY, containsString("script-src 'self';"));
    }

    @Test
    void the_test_page_is_shown_in_pages_of_ours_alone() {
        given().get("/test-page/")
                .then()
                .header("X-Frame-Options", equalTo("SAMEORIGIN"))
                .header(POLICY, endsWith("; frame-ancestors 'self'"))
                .header(POLICY, containsString("script-src 'self';"));
    }

    @Test
    void only_a_demo_shows_shop_and_console_in_a_page_of_its_own_and_nothing_else() {
        assertThat(PageHeaders.isFramedHere("/console/", true)).isTrue();
        assertThat(PageHeaders.isFramedHere("/shop/", true)).isTrue();
        for (String path : List.of("/admin/", "/", "/setup/", "/join/", "/demo/", "/api/session", "/consoles/")) {
            assertThat(PageHeaders.isFramedHere(path, true)).as(path).isFalse();
        }
        assertThat(PageHeaders.isFramedHere("/console/", false)).isFalse();
    }

    @Test
    void pages_open_sockets_to_our_own_origin_and_to_nobody_else() {
        assertThat(given().header("Host", "localhost:8080").get("/console/").header(POLICY))
                .contains("; connect-src 'self' ws://localhost:8080 wss://localhost:8080;");
        // Whoever names the host names it in a header of ours.
        assertThat(given().header("Host", "evil.example").get("/console/").header(POLICY))
                .contains("; connect-src 'self';");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/widgets/", "/api", "/apix", "/no-such-thing", "/metricsx"})
    void what_is_no_page_shows_nothing_and_is_not_kept(String path) {
        given().get(path)
                .then()
                .header(POLICY, equalTo("sandbox; default-src 'none'; frame-ancestors 'none'"))
                .header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void a_file_that_is_missing_may_be_asked_for_again() {
        given().get("/assets/console-1234.js").then().statusCode(404).header("Cache-Control", equalTo("no-cache"));
    }

    @Test
    void browsers_that_came_by_tls_come_by_tls_again() {
        given().get("/console/").then().header("Strict-Transport-Security", Matchers.nullValue());
    }

    @Test
    void answers_of_the_interface_are_no_pages_and_are_not_kept() {
        given().get("/api/session")
                .then()
                .header(POLICY, equalTo("sandbox; default-src 'none'; frame-ancestors 'none'"))
                .header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void what_is_wrong_with_a_site_is_named() {
        as(admin)
                .body(Map.of("name", "", "color", "red", "greetingEn", "x".repeat(501)))
                .post("/api/sites")
                .then()
                .statusCode(400)
                .body("violations.field", Matchers.containsInAnyOrder("name", "color", "greetingEn"));
        as(admin)
                .body(Map.of("name", "x"))
                .put("/api/sites/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }
}
