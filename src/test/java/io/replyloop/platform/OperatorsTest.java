package io.replyloop.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators import shows figures that there are, and the table of figures is complete. */
@QuarkusTest
class OperatorsTest {
    private static final Path DASHBOARD = Path.of("docker/grafana/replyloop.json");
    private static final Path ALERTS = Path.of("docker/prometheus/alerts.yaml");
    private static final Path TABLE = Path.of("src/docs/operations.md");
    private static final Pattern FIGURE =
            Pattern.compile("\\b(replyloop|agroal|http_server|jvm|process|system)_[a-z_0-9]+");

    /** They come into being with the first ranking, run or notice; here because this test does without any. */
    private static final Set<String> LATER = Set.of("replyloop_ranking_latency_seconds");

    private static String metrics() {
        return given().header("Authorization", "Bearer metrics-token-of-the-tests")
                .get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Set<String> figures(String text) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = FIGURE.matcher(text); matcher.find(); ) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Set<String> known() {
        // The first request to be counted.
        given().get("/api/session").then().statusCode(401);
        Set<String> known = figures(metrics());
        LATER.forEach(name -> {
            known.add(name + "_bucket");
            known.add(name + "_count");
        });
        return known;
    }

    @Test
    void the_dashboard_asks_for_figures_that_there_are() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<String> asked = new TreeSet<>();
        dashboard.findValuesAsText("expr").forEach(expression -> asked.addAll(figures(expression)));
        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(known()).containsAll(asked);
        assertThat(dashboard.path("panels").findValuesAsText("title"))
                .doesNotContain("")
                .hasSizeGreaterThan(12);
    }

    @Test
    void alerts_watch_figures_that_there_are_and_say_what_to_do() throws IOException {
        JsonNode groups =
                new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile()).path("groups");
        Set<String> asked = new TreeSet<>();
        groups.findValuesAsText("expr").forEach(expression -> asked.addAll(figures(expression)));
        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(known()).containsAll(asked);
        groups.forEach(group -> group.path("rules").forEach(rule -> {
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/action").asText()).isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            String expression = rule.path("expr").asText();
            // What also goes down would seem to have begun at nothing, and to have come back.
            if (expression.matches(".*\\b(rate|increase)\\(.*")) {
                assertThat(figures(expression)).allMatch(name -> name.matches(".*_(total|count|bucket|sum)"));
            }
        }));
    }

    @Test
    void the_table_of_figures_has_all_of_our_own() throws IOException {
        String table = Files.readString(TABLE);
        Set<String> own = figures(metrics()).stream()
                .filter(name -> name.startsWith("replyloop_"))
                .map(name ->
                        name.replaceAll("_(bucket|count|sum|max|total)$", "").replaceAll("_total$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(own).isNotEmpty();
        assertThat(own).allSatisfy(name -> assertThat(table).contains("`" + name));
    }
}
