package io.replyloop.pages;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void aPageIsFoundWithoutItsLastSlash(String page) {
        given().redirects()
                .follow(false)
                .get("/" + page)
                .then()
                .statusCode(302)
                .header("Location", endsWith("/" + page + "/"));
    }

    @Test
    void whatTheLinkCarriesStaysWithIt() {
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
    void aMistypedAddressLeadsOnInTheLanguageOfTheReader(String language, String title) {
        given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", language)
                .get("/nonsense")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString(title), containsString("/console/"), containsString("/admin/"));
    }

    @Test
    void programsAreToldOfAMistypedAddressInJson() {
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
    void whatAReaderAcceptsDecidesInWhateverWayItIsWritten(String path, String accepted, String answer)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", accepted)
                .header("Accept-Language", "zh;q=x, ???")
                .build();
        HttpResponse<String> found = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(404, found.statusCode(), found.body());
        assertEquals(
                answer, found.headers().firstValue("Content-Type").orElseThrow().split(";")[0]);
    }

    @Test
    void theRoomKnowsEveryPage() throws IOException {
        try (var folders = Files.list(Path.of("web-ui/src"))) {
            Set<String> pages = folders.filter(folder -> Files.exists(folder.resolve("index.html")))
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
            assertEquals(pages, Set.copyOf(PageAddresses.PAGES));
        }
    }
}
