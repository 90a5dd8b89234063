package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditObject.Kind;
import io.replyloop.identity.Role;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditResourceTest {
    @Inject
    Team team;

    @Inject
    AuditLog log;

    private Team.Member admin;

    /** Of this test alone, which all its entries are about. */
    private final String id = UUID.randomUUID().toString();

    private final UUID grace = UUID.randomUUID();

    @BeforeEach
    void anAdmin() {
        admin = team.newMember(Role.ADMIN);
    }

    private void record(Actor actor, AuditAction action, String label) {
        record(actor, action, label, Map.of("color", "#ffffff"));
    }

    private void record(Actor actor, AuditAction action, String label, Map<String, ?> after) {
        QuarkusTransaction.requiringNew()
                .run(() -> log.record(
                        actor, action, new AuditObject(Kind.SITE, id, label), AuditDetails.of(after), "192.0.2.7"));
    }

    private void threeEntries() {
        record(Actor.account(grace, "Grace"), AuditAction.SITE_CREATED, "Corner shop");
        record(Actor.SCHEDULE, AuditAction.TRAINING_STARTED, "7");
        record(Actor.account(grace, "Grace"), AuditAction.SITE_CHANGED, "100% kites_here");
    }

    private ValidatableResponse list(String... parameters) {
        var request = as(admin).queryParam("id", id);
        for (int at = 0; at < parameters.length; at += 2) {
            request.queryParam(parameters[at], parameters[at + 1]);
        }
        return request.get("/api/audit").then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/audit", "/api/audit/export?format=csv"})
    void the_log_is_for_admins(String address) {
        as(team.newMember(Role.AGENT)).get(address).then().statusCode(403).body("code", equalTo("not-allowed"));
        nobody().get(address).then().statusCode(401).body("code", equalTo("signed-out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void nobody_writes_it_over_http(String method) {
        as(admin).body("{}").request(method, "/api/audit").then().statusCode(405);
    }

    @Test
    void the_newest_entry_comes_first_and_pages_follow_each_other() {
        threeEntries();

        String next = list("limit", "2")
                .statusCode(200)
                .body("items.action", equalTo(List.of("site.changed", "training.started")))
                .body("items[0].actorName", equalTo("Grace"))
                .body("items[0].address", equalTo("192.0.2.7"))
                .body("items[0].after.color", equalTo("#ffffff"))
                .body("items[0].at", notNullValue())
                .extract()
                .path("next");
        list("limit", "2", "cursor", next)
                .statusCode(200)
                .body("items.action", equalTo(List.of("site.created")))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "action, site.created, 1",
        "action, site, 2",
        "action, training, 1",
        "actor, schedule, 1",
        "actor, command-line, 0",
        "object, site, 3",
        "object, reply, 0",
        "q, corner SHOP, 1",
        "q, 0% kites_h, 1",
        "q, 0%kites, 0",
        "to, 2020-01-01T00:00:00Z, 0",
        "from, 2020-01-01T00:00:00+08:00, 3"
    })
    void a_filter_selects(String parameter, String value, int found) {
        threeEntries();

        list(parameter, value).statusCode(200).body("items", hasSize(found));
    }

    @Test
    void whoever_has_acted_is_found_by_their_account() {
        threeEntries();

        list("account", grace.toString())
                .body("items", hasSize(2))
                .body("items.actorId", everyItem(equalTo(grace.toString())));
    }

    @Test
    void sign_ins_can_be_left_out() {
        record(Actor.account(grace, "Grace"), AuditAction.SESSION_OPENED, "Grace");
        record(Actor.account(grace, "Grace"), AuditAction.SITE_CREATED, "Corner shop");

        list("signIns", "true").body("items", hasSize(2));
        list("signIns", "false").body("items.action", equalTo(List.of("site.created")));
    }

    @Test
    void a_moment_that_begins_counts_and_one_that_ends_does_not() {
        threeEntries();
        String now = Instant.now().plus(1, ChronoUnit.DAYS).toString();

        list("to", now).body("items", hasSize(3));
        list("from", now).body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "account, x",
        "actor, robot",
        "action, reply.eaten",
        "object, moon",
        "from, yesterday",
        "to, 2026-02-30T00:00:00Z",
        "to, +999999999-01-01T00:00:00Z",
        "limit, 0"
    })
    void a_filter_that_cannot_be_read_is_refused_by_its_name(String parameter, String value) {
        list(parameter, value)
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("detail", startsWith(parameter + ": "))
                .body("violations[0].field", equalTo(parameter));
    }

    @Test
    void a_filter_that_is_too_long_or_a_made_up_cursor_is_refused() {
        list("q", "x".repeat(201)).statusCode(400).body("violations[0].rule", equalTo("too-long"));
        list("cursor", "made-up").statusCode(400).body("detail", containsString("cursor"));
    }

    @Test
    void a_table_for_spreadsheets_runs_nothing() throws IOException {
        record(Actor.account(grace, "=HYPERLINK(\"x\")"), AuditAction.SITE_CREATED, "@SUM(A1), \"=1+1\"", Map.of());

        String table = as(admin)
                .queryParam("id", id)
                .queryParam("format", "csv")
                .get("/api/audit/export")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", containsString("audit-log.csv"))
                .extract()
                .asString();

        assertThat(table).startsWith("\uFEFFid,at,");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(table.substring(1)))
                .setFormat(format)
                .get()) {
            List<CSVRecord> rows = parser.getRecords();
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).get("actorName")).isEqualTo("'=HYPERLINK(\"x\")");
            assertThat(rows.get(0).get("label")).startsWith("'@SUM(A1)");
            assertThat(rows.get(0).get("action")).isEqualTo("site.created");
        }
    }

    @Test
    void lines_of_json_say_what_the_list_says() throws IOException {
        threeEntries();

        String lines = as(admin)
                .queryParam("id", id)
                .queryParam("format", "jsonl")
                .queryParam("action", "site")
                .get("/api/audit/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        JsonNode listed = Json.MAPPER
                .readTree(list("action", "site").extract().asString())
                .path("items");
        List<String> rows = lines.lines().toList();
        assertThat(rows).hasSize(2);
        for (int at = 0; at < rows.size(); at++) {
            assertThat(Json.MAPPER.readTree(rows.get(at))).isEqualTo(listed.get(at));
        }
    }

    @Test
    void an_export_has_more_than_a_page_and_a_part() {
        QuarkusTransaction.requiringNew().run(() -> {
            for (int number = 0; number < 1_001; number++) {
                log.record(
                        Actor.SYSTEM,
                        AuditAction.REPLY_CREATED,
                        new AuditObject(Kind.REPLY, id, "Reply " + number),
                        AuditDetails.none());
            }
        });

        String lines = as(admin)
                .get("/api/audit/export?format=jsonl&id=" + id)
                .then()
                .extract()
                .asString();

        assertThat(lines.lines()).hasSize(1_001);
        assertThat(lines.lines().findFirst().orElseThrow()).contains("Reply 1000");
    }

    @Test
    void an_export_needs_a_format() {
        as(admin)
                .get("/api/audit/export")
                .then()
                .statusCode(400)
                .body("detail", equalTo("format: add ?format=csv or ?format=jsonl to the address."));
    }

    @Test
    void whoever_asks_is_written_down_with_their_name_and_address() {
        String site = as(admin)
                .body("{\"name\": \"Kites\"}")
                .post("/api/sites")
                .then()
                .statusCode(200)
                .extract()
                .path("id");

        as(admin)
                .get("/api/audit?id=" + site)
                .then()
                .body("items[0].actorId", equalTo(admin.agent().id().toString()))
                .body("items[0].actorName", equalTo("Somebody"))
                .body("items[0].address", equalTo("127.0.0.1"))
                .body("items[0].label", equalTo("Kites"));
    }
}
