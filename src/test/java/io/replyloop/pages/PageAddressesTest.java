package io.replyloop.pages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PageAddressesTest {
    @TestHTTPResource
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"shop", "console", "admin"})
    void a_page_is_found_without_its_last_slash(String page) {
        given().redirects()
                .follow(false)
                .get("/" + page)
                .then()
                .statusCode(302)
                .header("Location", endsWith("/" + page + "/"));
    }

    @Test
    void what_the_link_carries_stays_with_it() {
        given().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get("/setup?token=a%2Fb&x=1")
                .then()
                .statusCode(302)
                .header("Location", endsWith("/setup/?token=a%2Fb&x=1"));
    }

    @ParameterizedTest
    @CsvSource({"en-GB, There is no such page", "'zh-CN,en;q=0.5', 没有这个页面"})
    void a_mistyped_address_leads_on_in_the_language_of_the_reader(String language, String title) {
        given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", language)
                .get("/nonsense")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString(title), containsString("/console/"), containsString("/admin/"));
    }

    @Test
    void the_page_for_a_mistyped_address_may_use_its_own_style_and_nothing_else() {
        assertThat(given().accept("text/html").get("/nonsense").headers().getValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox; default-src 'none'; style-src 'sha256-")
                .endsWith("; frame-ancestors 'none'");
    }

    @Test
    void programs_are_told_of_a_mistyped_address_in_json() {
        given().accept("application/json")
                .get("/nonsense")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        given().get("/nonsense").then().statusCode(404).body("code", equalTo("not-found"));
        given().accept("text/html").get("/api/nonsense").then().statusCode(404).body("code", equalTo("not-found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/apiary | text/html | text/html",
                "/nonsense | text/html;charset=UTF-8 | text/html",
                "/nonsense | application/json, TEXT/HTML; level=1; q=0.5 | text/html",
                "/api | text/html | application/problem+json",
                "/api/ | text/html | application/problem+json",
                "/api/nonsense | foo | application/problem+json",
                "/nonsense | foo | application/problem+json",
                "/nonsense | text/html;q=x | text/html",
                "/nonsense | '/,;=' | application/problem+json",
            })
    void what_a_reader_accepts_decides_in_whatever_way_it_is_written(String path, String accepted, String answer)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", accepted)
                .header("Accept-Language", "zh;q=x, ???")
                .build();
        HttpResponse<String> found = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(found.statusCode()).as("%s", found.body()).isEqualTo(404);
        assertThat(found.headers().firstValue("Content-Type").orElseThrow().split(";")[0])
                .isEqualTo(answer);
    }

    @Test
    void the_room_knows_every_page() throws IOException {
        try (var folders = Files.list(Path.of("web-ui/src"))) {
            Set<String> pages = folders.filter(folder -> Files.exists(folder.resolve("index.html")))
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
            assertThat(Set.copyOf(PageAddresses.PAGES)).isEqualTo(pages);
        }
    }
}
