package io.replyloop.site;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.audit.AuditLog;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the team of a site is there: settings, what the widget is told, and what becomes of messages. */
@QuarkusTest
class HoursTest {
    @Inject
    Team team;

    @Inject
    Sites sites;

    @Inject
    ObjectMapper json;

    @Inject
    AuditLog audit;

    @Inject
    AuditEntries entries;

    @Inject
    Event<SitesChanged> changed;

    @Inject
    ConversationService conversations;

    private Member admin;
    private SiteView site;
    private String address;

    @BeforeEach
    void aSite() {
        admin = team.newMember(Role.ADMIN);
        site = sites.create(new SiteSettings("Tea shop", List.of(), null, "", "", false));
        address = "/api/sites/" + site.id() + "/hours";
    }

    private static Map<String, Object> hours(Object weekly, Object holidays) {
        Map<String, Object> hours = new HashMap<>();
        hours.put("limited", true);
        hours.put("timeZone", "Europe/Berlin");
        hours.put("weekly", weekly);
        hours.put("holidays", holidays);
        return hours;
    }

    private static Map<String, Object> span(String day, String from, String to) {
        return Map.of("day", day, "from", from, "to", to);
    }

    private ValidatableResponse put(Map<String, Object> hours) {
        return as(admin).body(hours).put(address).then();
    }

    private Hours at(String moment) {
        return new Hours(sites, json, audit, changed, Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
    }

    @Test
    void hours_are_for_admins() {
        Member agent = team.newMember(Role.AGENT);
        as(agent).get(address).then().statusCode(403);
        as(agent).body(hours(List.of(), List.of())).put(address).then().statusCode(403);
        nobody().get(address).then().statusCode(401);
        nobody().body(hours(List.of(), List.of())).put(address).then().statusCode(401);
        String unknown = "/api/sites/" + UUID.randomUUID() + "/hours";
        as(admin).get(unknown).then().statusCode(404);
        as(admin).body(hours(List.of(), List.of())).put(unknown).then().statusCode(404);
        as(admin).body(always()).put(unknown).then().statusCode(404);
    }

    /** What a site has of which nobody said anything. */
    private static Map<String, Object> always() {
        Map<String, Object> always = hours(List.of(), List.of());
        always.put("limited", false);
        always.put("timeZone", "UTC");
        return always;
    }

    @Test
    void two_admins_who_save_first_at_once_save_one_after_the_other() {
        long before = entries.newest();
        CompletableFuture<Integer> other = QuarkusTransaction.requiringNew().call(() -> {
            SiteHours.locked(site.id(), json.valueToTree(HoursSettings.ALWAYS));
            CompletableFuture<Integer> saving = CompletableFuture.supplyAsync(
                    () -> put(hours(List.of(), List.of())).extract().statusCode());
            await().until(() -> saving.isDone() || waiting() > 0);
            return saving;
        });

        assertThat(other.join()).isEqualTo(200);
        as(admin).get(address).then().body("limited", equalTo(true));
        assertThat(entries.after(before)).hasSize(1);
    }

    private long waiting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) SiteHours.getEntityManager()
                                .createNativeQuery("select count(*) from pg_locks where not granted")
                                .getSingleResult())
                        .longValue());
    }

    @Test
    void days_are_stored_as_the_page_writes_them() {
        put(hours(List.of(span("MONDAY", "09:00", "17:00"), span("Monday", "18:00", "19:00")), List.of()))
                .statusCode(200)
                .body("weekly.day", contains("monday", "monday"));
        as(admin).get(address).then().body("weekly.day", contains("monday", "monday"));
    }

    @Test
    void a_site_is_always_open_until_an_admin_says_otherwise() {
        as(admin).get(address).then().statusCode(200).body("limited", equalTo(false));
        given().queryParam("site", site.key()).get("/api/widget").then().body("$", not(hasKey("hours")));
    }

    @Test
    void what_is_written_is_read_back_in_order_and_is_on_record() {
        long before = entries.newest();
        put(hours(
                        List.of(
                                span("tuesday", "09:00", "17:00"),
                                span("monday", "13:00", "17:00"),
                                span("monday", "09:00", "12:00")),
                        List.of(Map.of("date", "2026-12-25", "name", "Christmas", "spans", List.of()))))
                .statusCode(200);

        as(admin)
                .get(address)
                .then()
                .body("weekly[0].from", equalTo("09:00"))
                .body("weekly[1].from", equalTo("13:00"))
                .body("weekly[2].day", equalTo("tuesday"))
                .body("holidays[0].name", equalTo("Christmas"));
        assertThat(entries.after(before)).hasSize(1);
        assertThat(entries.after(before).get(0).action()).isEqualTo("site.changed");
        assertThat(entries.after(before).get(0).after().toString())
                .contains("monday 09:00–12:00", "2026-12-25 Christmas");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Nowhere, monday, 09:00, 17:00, timeZone",
        "+05:00, monday, 09:00, 17:00, timeZone",
        "UTC, someday, 09:00, 17:00, weekly",
        "UTC, monday, 9:00, 17:00, weekly",
        "UTC, monday, 09:00, 24:00, weekly",
        "UTC, monday, 09:00, 17:00:01, weekly",
        "UTC, tuesday, 12:00, 15:00, weekly",
        "UTC, tuesday, 23:00, 01:00, weekly"
    })
    void what_cannot_be_read_is_refused_by_its_field(String zone, String day, String from, String to, String field) {
        Map<String, Object> hours = hours(
                List.of(span("tuesday", "08:00", "12:30"), span("tuesday", "23:30", "00:00"), span(day, from, to)),
                List.of());
        hours.put("timeZone", zone);
        put(hours).statusCode(400).body("violations[0].field", startsWith(field));
    }

    @Test
    void holidays_are_real_days_each_of_them_once_and_everything_is_limited() {
        Map<String, Object> day = Map.of("date", "2026-12-25", "name", "Christmas", "spans", List.of());
        put(hours(List.of(), List.of(day, day))).statusCode(400).body("detail", containsString("twice"));
        put(hours(List.of(), List.of(Map.of("date", "2026-02-30", "name", "", "spans", List.of()))))
                .statusCode(400);
        put(hours(List.of(), List.of(Map.of("date", "2026-12-25", "name", "x".repeat(101), "spans", List.of()))))
                .statusCode(400);
        put(hours(Collections.nCopies(71, span("monday", "09:00", "17:00")), List.of()))
                .statusCode(400);
        Map<String, Object> talkative = hours(List.of(), List.of());
        talkative.put("offlineEn", "x".repeat(501));
        put(talkative).statusCode(400).body("violations[0].field", equalTo("offlineEn"));
    }

    @Test
    void the_widget_is_told_when_somebody_is_there_again_and_when_to_ask() {
        Map<String, Object> hours = hours(List.of(span("monday", "09:00", "17:00")), List.of());
        hours.put("offlineEn", "Gone fishing");
        put(hours).statusCode(200);

        QuarkusTransaction.requiringNew().run(() -> {
            OpenNow closed = at("2026-11-29T20:00:00Z").now(site.id()).orElseThrow();
            assertThat(closed.open()).isFalse();
            assertThat(closed.opensAt()).isEqualTo(Instant.parse("2026-11-30T08:00:00Z"));
            assertThat(closed.changesAt()).isEqualTo(closed.opensAt());
            assertThat(closed.offlineEn()).isEqualTo("Gone fishing");
            OpenNow open = at("2026-11-30T08:00:00Z").now(site.id()).orElseThrow();
            assertThat(open.open()).isTrue();
            assertThat(open.opensAt()).isNull();
            assertThat(open.changesAt()).isEqualTo(Instant.parse("2026-11-30T16:00:00Z"));
        });
    }

    @Test
    void what_is_written_while_nobody_is_there_is_a_conversation_as_ever_and_marked_until_it_is_answered() {
        put(hours(List.of(), List.of())).statusCode(200);
        given().queryParam("site", site.key())
                .get("/api/widget")
                .then()
                .body("hours.open", equalTo(false))
                .body("hours", not(hasKey("opensAt")));
        CustomerIdentity customer = new CustomerIdentity(UUID.randomUUID(), site.id(), null, null, null);
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "Anybody there?")
                .event()
                .conversation();
        assertThat(mark(conversation)).isTrue();

        Map<String, Object> always = hours(List.of(), List.of());
        always.put("limited", false);
        put(always).statusCode(200);
        conversations.customerMessage(customer, UUID.randomUUID(), "Hello?");
        assertThat(mark(conversation)).as("the wait began outside the hours").isTrue();
        conversations.agentMessage(admin.agent(), conversation, UUID.randomUUID(), "Here I am.", null);
        assertThat(mark(conversation)).isNull();
        conversations.customerMessage(customer, UUID.randomUUID(), "Thanks");
        assertThat(mark(conversation)).isNull();

        put(hours(List.of(), List.of())).statusCode(200);
        conversations.customerMessage(customer, UUID.randomUUID(), "One more thing");
        assertThat(mark(conversation)).as("the wait began within the hours").isNull();
        conversations.changeStatus(admin.agent(), conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        conversations.customerMessage(customer, UUID.randomUUID(), "And another");
        assertThat(mark(conversation)).isTrue();
    }

    private Boolean mark(UUID conversation) {
        ConversationSummary summary = conversations.summary(conversation);
        return summary.outsideHours();
    }
}
