package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.dataset.AllExamples;
import io.replyloop.dataset.PastExamples;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.platform.Json;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run learns from conversations from before is seen and governed as what it learns from decisions. */
@QuarkusTest
class ExamplesOfHistoryTest extends CuratedConversation {
    private static final String OTHER = "We are open on Mondays.";
    private static final Instant LONG_AGO = Instant.parse("2019-05-03T10:15:00Z");

    @Inject
    PastExamples past;

    private UUID before;
    private UUID asked;
    private String words;

    @BeforeEach
    void aConversationFromBefore() {
        before = UUID.randomUUID();
        asked = UUID.randomUUID();
        words = UUID.randomUUID().toString().replaceAll("[-0-9]", "") + "qx";
        UUID imported = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            session.createNativeMutationQuery("insert into history_import (id, file_name, reading, state, created_by)"
                            + " values (:id, 'zendesk.json', '{}', 'imported', :by)")
                    .setParameter("id", imported)
                    .setParameter("by", admin.agent().id())
                    .executeUpdate();
            session.createNativeMutationQuery("insert into history_conversation (id, import_id, place, external_key,"
                            + " customer_keys, content_key, messages, masked_by)"
                            + " values (:id, :import, 2, :key, '{}', :key, '- Hello', 100)")
                    .setParameter("id", before)
                    .setParameter("import", imported)
                    .setParameter("key", before.toString())
                    .executeUpdate();
        });
        past.add(List.of(new PastExamples.Pair(
                before,
                asked,
                "- Do you ship 退货单 to " + words + "?",
                sent,
                SENT,
                List.of(new PastExamples.Other(OTHER, null)),
                LONG_AGO)));
    }

    @AfterEach
    void nothingIsLeftOfIt() {
        past.forget(List.of(before));
        team.sql(
                "delete from history_import where id in (select import_id from history_conversation where id = :value)",
                before);
    }

    @Test
    void an_example_says_from_which_import_and_conversation_it_is() {
        as(admin)
                .get(fitting())
                .then()
                .statusCode(200)
                .body("origin", equalTo("history"))
                .body("importedFrom", equalTo("zendesk.json"))
                .body("historyConversation", equalTo(3))
                .body("importedBy", equalTo("Somebody"))
                .body("conversation", equalTo(before.toString()))
                .body("replyId", equalTo(sent.toString()))
                .body("label", equalTo(1.0f))
                .body("side", equalTo("train"))
                .body("createdAt", startsWith("2019-05-03T10:15"))
                .body(
                        "importedAt",
                        startsWith(Integer.toString(Year.now(ZoneOffset.UTC).getValue())))
                .body("excluded", equalTo(false))
                .body("agent", nullValue())
                .body("outcome", nullValue())
                .body("model", nullValue());
        example(sent).then().body("origin", equalTo("decision"));
    }

    @Test
    void examples_are_of_the_day_on_which_they_were_answered_and_not_of_the_import() {
        String of = "/api/examples?conversation=" + before + "&";
        assertThat(found(of + "from=2019-05-03T00:00:00Z&to=2019-05-04T00:00:00Z"))
                .isEqualTo(2);
        assertThat(found(of + "from=2019-05-04T00:00:00Z")).isZero();
    }

    @Test
    void examples_are_found_by_where_they_come_from_and_by_their_words() {
        String of = "/api/examples?conversation=" + before + "&";
        assertThat(found(of + "origin=history")).isEqualTo(2);
        assertThat(found(of + "origin=decision")).isZero();
        assertThat(found(of + "origin=file")).isZero();
        assertThat(found("/api/examples?origin=decision&conversation=" + conversation))
                .isEqualTo(2);
        assertThat(found("/api/examples?origin=history&conversation=" + conversation))
                .isZero();
        assertThat(found(of + "side=train")).isEqualTo(2);
        assertThat(found(of + "side=none")).isZero();
        assertThat(found(of + "outcome=sent")).isZero();
        assertThat(found(of + "label=fits")).isEqualTo(1);
        assertThat(found("/api/examples?q=SHIP " + words.toUpperCase(Locale.ROOT)))
                .isEqualTo(2);
        assertThat(found("/api/examples?q=zanzi " + words)).isEqualTo(1);
        assertThat(found("/api/examples?q=hip " + words)).isZero();
        assertThat(found("/api/examples?q=退货 " + words)).isEqualTo(2);
        assertThat(found("/api/examples?q=货退 " + words)).isZero();
        as(admin).get("/api/examples?origin=elsewhere").then().statusCode(400);
    }

    @Test
    void examples_of_all_origins_stand_in_one_list_page_by_page() {
        List<Long> ids = new ArrayList<>();
        String next = null;
        do {
            Response page = as(admin).get("/api/examples?limit=100" + (next == null ? "" : "&cursor=" + next));
            ids.addAll(page.jsonPath().getList("items.id", Long.class));
            next = page.path("next");
        } while (next != null);

        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(ids).contains(id(fitting()), id(address(sent)));
    }

    @Test
    void both_pages_count_the_same() {
        exclude(fitting(), true);
        Response counts = as(admin).get("/api/examples/counts");
        Response summary = as(admin).get("/api/examples/summary");

        int excluded = counts.path("excluded");
        assertThat(summary.<Integer>path("total")).isEqualTo(counts.<Integer>path("total") - excluded);
        assertThat(excluded).isPositive();
        int ofHistory = as(admin).get("/api/examples/counts?excluded=false").path("ofHistory");
        assertThat(summary.<Integer>path("ofHistory")).isEqualTo(ofHistory).isPositive();
        as(admin)
                .get("/api/examples/counts?conversation=" + before)
                .then()
                .body("total", equalTo(2))
                .body("ofHistory", equalTo(2))
                .body("ofFiles", equalTo(0))
                .body("excluded", equalTo(1));
    }

    @Test
    void what_is_excluded_teaches_no_later_snapshot_until_that_is_undone() {
        UUID earlier = datasets.freeze(1).id();
        String act = exclude(fitting(), true).path("[0].act");
        UUID later = datasets.freeze(1).id();

        assertThat(frozenLabels(earlier)).containsExactlyInAnyOrder(0.0, 1.0);
        assertThat(frozenLabels(later)).containsExactly(0.0);
        as(admin)
                .get("/api/audit?action=example.excluded&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].label", equalTo(AllExamples.name(id(fitting()))));

        undo(admin, act).then().statusCode(200).body("[0].excluded", equalTo(false));
        assertThat(frozenLabels(datasets.freeze(1).id())).containsExactlyInAnyOrder(0.0, 1.0);
    }

    @Test
    void a_corrected_label_counts_in_the_next_snapshot_and_leaves_the_memory_alone() {
        RememberedDecision remembered = memoryOfDecision();

        String act = correct("does-not-fit", null)
                .then()
                .statusCode(200)
                .body("label", equalTo(0.0f))
                .body("originalLabel", equalTo(1.0f))
                .extract()
                .path("act");

        assertThat(frozenLabels(datasets.freeze(1).id())).containsExactly(0.0, 0.0);
        assertThat(memoryOfDecision()).isEqualTo(remembered);
        as(admin)
                .body(Map.of("verdict", "fits", "version", 0))
                .put(fitting() + "/label")
                .then()
                .statusCode(409);
        undo(admin, act).then().statusCode(200);
        as(admin).get(fitting()).then().body("label", equalTo(1.0f)).body("originalLabel", nullValue());
    }

    @Test
    void another_reply_that_fits_is_an_example_of_the_same_question() {
        String act =
                correct("another-reply", third).then().statusCode(200).extract().path("act");

        as(admin)
                .get("/api/examples?conversation=" + before + "&reply=" + third)
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].origin", equalTo("history"))
                .body("items[0].label", equalTo(1.0f))
                .body("items[0].excluded", equalTo(false));

        undo(admin, act).then().statusCode(200);
        assertThat(frozenLabels(datasets.freeze(1).id())).containsExactlyInAnyOrder(0.0, 1.0);
    }

    @Test
    void an_export_has_them_and_brings_nothing_twice() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line :
                as(admin).get("/api/examples/export?format=jsonl").asString().split("\n")) {
            if (line.contains(before.toString())) {
                JsonNode json = Json.MAPPER.readTree(line);
                assertThat(json.path("side").asText()).isEqualTo("train");
                assertThat(json.path("question").asText()).isEqualTo(asked.toString());
                lines.add(line);
            }
        }
        assertThat(lines).hasSize(2);
        imported(lines).then().statusCode(200).body("known", equalTo(2)).body("added", equalTo(0));

        past.forget(List.of(before));
        imported(lines).then().body("added", equalTo(2));
        assertThat(found("/api/examples?origin=file&conversation=" + before)).isEqualTo(2);
        past.erase(List.of(before));

        assertThat(found("/api/examples?conversation=" + before)).isZero();
    }

    @Test
    void what_was_said_about_an_example_goes_with_it() {
        long wrong = id(other());
        as(admin)
                .body(Map.of("text", "Ask Ann about it"))
                .post(other() + "/comments")
                .then()
                .statusCode(200);
        as(admin)
                .body(Map.of("text", "Ann again"))
                .post(fitting() + "/comments")
                .then()
                .statusCode(200);
        assertThat(acts(wrong)).isEqualTo(1);

        long fits = id(fitting());
        past.erase(List.of(before));

        assertThat(acts(wrong) + acts(fits)).isZero();
    }

    @Test
    void what_was_said_about_another_conversations_words_goes_with_them() {
        UUID whose = UUID.randomUUID();
        past.add(List.of(new PastExamples.Pair(
                before,
                UUID.randomUUID(),
                "- Is it " + words + "?",
                sent,
                SENT,
                List.of(new PastExamples.Other("Ann is waiting.", whose)),
                null)));
        String theirs = address("&q=Ann waiting");
        long id = id(theirs);
        as(admin)
                .body(Map.of("text", "That was Ann"))
                .post(theirs + "/comments")
                .then()
                .statusCode(200);
        as(admin)
                .body(Map.of("text", "Fine"))
                .post(fitting() + "/comments")
                .then()
                .statusCode(200);

        past.erase(List.of(whose));

        assertThat(acts(id)).isZero();
        assertThat(acts(id(fitting()))).isEqualTo(1);
    }

    private String fitting() {
        return address("&reply=" + sent + "&q=ship");
    }

    private String other() {
        return address("&q=Mondays ship");
    }

    private String address(String filter) {
        List<Long> found = as(admin)
                .get("/api/examples?conversation=" + before + filter)
                .jsonPath()
                .getList("items.id", Long.class);
        return "/api/examples/" + found.get(0);
    }

    private static long id(String address) {
        return Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
    }

    private Response exclude(String address, boolean excluded) {
        return as(admin)
                .body(Map.of("examples", List.of(id(address)), "excluded", excluded))
                .post("/api/examples/exclusions");
    }

    private Response correct(String verdict, UUID reply) {
        String address = fitting();
        Map<String, Object> correction = reply == null
                ? Map.of("verdict", verdict, "version", 0)
                : Map.of("verdict", verdict, "version", 0, "reply", reply);
        return as(admin).body(correction).put(address + "/label");
    }

    private Response imported(List<String> lines) {
        return as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("name", "again.jsonl")
                .queryParam("dryRun", false)
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .post("/api/examples/imports");
    }

    private List<Double> frozenLabels(UUID snapshot) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select f.label from snapshot_example f join dataset_part p on p.snapshot_example_id = f.id"
                                        + " where p.dataset_id = :snapshot and f.conversation_id = :conversation",
                                Double.class)
                        .setParameter("snapshot", snapshot)
                        .setParameter("conversation", before)
                        .getResultList());
    }

    private long acts(long example) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from curation_act where example_id = :example", Long.class)
                        .setParameter("example", example)
                        .getSingleResult());
    }
}
