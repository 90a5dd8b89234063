package io.replyloop.history;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.ReplyState;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** From a file to drafts, replies and answered questions, and back. */
@QuarkusTest
class HistoryImportTest extends HistoryOverRest {
    @Inject
    HistoryDrafts drafts;

    @Test
    void a_file_becomes_a_report_then_drafts_and_then_a_reply_with_its_questions() {
        String id = upload(parrots());
        JsonPath ready = untilState(id, "ready");

        assertThat(ready.getInt("report.conversations")).isEqualTo(5);
        assertThat(ready.getInt("report.messages")).isEqualTo(10);
        assertThat(ready.getInt("report.agentMessages")).isEqualTo(5);
        assertThat(ready.getMap("report.languages")).isEqualTo(Map.of("en", 5));
        assertThat(ready.getMap("report.masked")).isEqualTo(Map.of("email", 1));
        assertThat(ready.getString("report.from")).startsWith("2026-05-01");
        assertThat(ready.getInt("report.matched")).isZero();
        as(admin).get(HISTORY + "/" + id + "/drafts").then().statusCode(409);

        as(admin).post(HISTORY + "/" + id + "/import").then().statusCode(200);
        untilState(id, "imported");
        JsonPath drafts = as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath();
        assertThat(drafts.getList("items.text", String.class))
                .anySatisfy(text -> assertThat(text).contains("parrots are welcome in the shop"));
        String parrot = drafts.getString("items.find { it.text.contains('arrots') }.id");
        assertThat(drafts.getList("items.find { it.text.contains('arrots') }.questions"))
                .isNotEmpty();

        String reply = as(admin)
                .post(HISTORY + "/drafts/" + parrot + "/publish")
                .then()
                .statusCode(200)
                .body("state", equalTo("published"))
                .extract()
                .path("id");
        assertThat(questions(UUID.fromString(reply))).isGreaterThanOrEqualTo(2);
        as(admin).post(HISTORY + "/drafts/" + parrot + "/publish").then().statusCode(409);
        as(admin).get(HISTORY + "/" + id).then().body("written", equalTo(1));
    }

    @Test
    void a_draft_tells_what_stood_in_its_brackets_and_an_example_when_it_was_answered() {
        String id = imported(parrots() + "\n" + conversation("6", "fay@example.org", "Good morning", "Ahoi there!"));
        JsonPath drafts = as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath();
        String order = drafts.getString("items.find { it.text.contains('order') }.id");
        String parrot = drafts.getString("items.find { it.text.contains('arrots') }.id");

        as(admin)
                .get(HISTORY + "/drafts/" + order)
                .then()
                .statusCode(200)
                .body("blanks.placeholder", equalTo(List.of("[name]")))
                .body("blanks[0].before", equalTo("you and arrives on"))
                .body("blanks[0].values", equalTo(List.of()));
        as(admin).post(HISTORY + "/drafts/" + parrot + "/publish").then().statusCode(200);
        String here = "past_example where conversation_id in (select id from history_conversation)";
        assertThat(rows(here + " and said_at = timestamptz '2026-05-02 10:00Z'"))
                .isEqualTo(rows(here))
                .isPositive();

        JsonPath report = as(admin).get(HISTORY + "/" + id).jsonPath();
        List<Integer> left = report.getList("report.leftOut.count", Integer.class);
        assertThat(report.getList("report.leftOut.why", String.class)).containsOnly("written-once");
        assertThat(report.getInt("report.matched")
                        + report.getInt("report.inDrafts")
                        + left.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(report.getInt("report.agentMessages"));
    }

    @Test
    void what_agents_wrote_in_the_words_of_a_reply_is_remembered_with_it() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");

        String id = upload(parrots());
        JsonPath ready = untilState(id, "ready");
        assertThat(ready.getInt("report.matched")).isGreaterThanOrEqualTo(2);
        assertThat(ready.getInt("report.matchedReplies")).isEqualTo(1);
        assertThat(questions(reply)).isZero();

        as(admin).post(HISTORY + "/" + id + "/import").then().statusCode(200);
        untilState(id, "imported");
        assertThat(questions(reply)).isEqualTo(ready.getInt("report.matched"));

        as(admin)
                .contentType("application/json")
                .body(Map.of("archiveReplies", false))
                .post(HISTORY + "/" + id + "/undo")
                .then()
                .statusCode(200)
                .body("state", equalTo("undone"));
        assertThat(questions(reply)).isZero();
        assertThat(rows("history_conversation")).isZero();
    }

    @Test
    void undoing_keeps_the_replies_that_were_made_or_archives_them() {
        long examples = rows("past_example");
        String id = imported(parrots());
        List<String> drafts =
                as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath().getList("items.id");
        String reply = as(admin)
                .post(HISTORY + "/drafts/" + drafts.get(0) + "/publish")
                .path("id");

        assertThat(rows("past_example")).isGreaterThan(examples);

        as(admin)
                .contentType("application/json")
                .body(Map.of("archiveReplies", true))
                .post(HISTORY + "/" + id + "/undo")
                .then()
                .statusCode(200);

        assertThat(knowledge.get(UUID.fromString(reply)).state()).isEqualTo(ReplyState.ARCHIVED);
        assertThat(questions(UUID.fromString(reply))).isZero();
        assertThat(rows("past_example")).isEqualTo(examples);
        as(admin).get(HISTORY + "/drafts/" + drafts.get(1)).then().statusCode(404);
        as(admin)
                .contentType("application/json")
                .body(Map.of("archiveReplies", true))
                .post(HISTORY + "/" + id + "/undo")
                .then()
                .statusCode(409);
    }

    @Test
    void a_draft_is_edited_joined_to_another_discarded_and_restored() {
        String id = imported(parrots());
        List<String> drafts =
                as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath().getList("items.id");
        assertThat(drafts).hasSizeGreaterThanOrEqualTo(2);
        String first = drafts.get(0);
        String second = drafts.get(1);
        int uses = as(admin).get(HISTORY + "/drafts/" + first).path("uses");
        int more = as(admin).get(HISTORY + "/drafts/" + second).path("uses");

        as(admin).post(HISTORY + "/drafts/" + second + "/discard").then().statusCode(204);
        as(admin).get(HISTORY + "/" + id + "/drafts?state=discarded").then().body("items", hasSize(1));
        as(admin).post(HISTORY + "/drafts/" + second + "/restore").then().statusCode(204);
        as(admin).post(HISTORY + "/drafts/" + second + "/restore").then().statusCode(409);
        as(admin)
                .contentType("application/json")
                .body(Map.of("into", first))
                .post(HISTORY + "/drafts/" + second + "/merge")
                .then()
                .statusCode(200)
                .body("uses", equalTo(uses + more));
        as(admin).get(HISTORY + "/drafts/" + second).then().statusCode(404);

        as(admin).get(HISTORY + "/drafts/" + first + "/proposal").then().statusCode(200);
        String reply = as(admin)
                .contentType("application/json")
                .body(Map.of("title", "Parrots", "text", "Parrots may come in.", "language", "en"))
                .post(HISTORY + "/drafts/" + first + "/reply")
                .then()
                .statusCode(201)
                .body("state", equalTo("draft"))
                .extract()
                .path("id");
        assertThat(questions(UUID.fromString(reply))).isEqualTo(uses + more);
    }

    @Test
    void a_customer_or_a_conversation_is_forgotten_by_the_id_in_the_other_program() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");
        String id = imported(parrots());
        long before = questions(reply);

        forget(id, "customer", " Ann@Example.org", null)
                .statusCode(200)
                .body("conversations", equalTo(1))
                .body("deleted", equalTo(false));
        forget(id, "customer", "ann@example.org", 2).statusCode(409);
        assertThat(rows("history_conversation")).isEqualTo(5);
        forget(id, "customer", "ann@example.org", 1).statusCode(200).body("deleted", equalTo(true));
        assertThat(questions(reply)).isEqualTo(before - 1);
        assertThat(rows("history_conversation")).isEqualTo(4);
        forget(id, "customer", "5", null).statusCode(404);
        forget(id, "conversation", "5", 1).statusCode(200).body("conversations", equalTo(1));
        forget(id, "conversation", "5", 1).statusCode(404);
        forget(UUID.randomUUID().toString(), "conversation", "4", null).statusCode(404);
        forget(id, "both", "4", null).statusCode(400);
    }

    @Test
    void the_same_number_of_a_conversation_and_of_a_customer_are_two() {
        String id = imported(conversation("12", "7", "May I bring my parrot?", "Yes, it may come in.") + "\n"
                + conversation("13", "12", "Is it allowed to bring a dog?", "No, dogs wait outside."));

        forget(id, "customer", "12", 1).statusCode(200);

        forget(id, "conversation", "12", null).statusCode(200);
        forget(id, "conversation", "13", null).statusCode(404);
    }

    @Test
    void nobody_is_forgotten_while_the_file_is_still_compared() {
        String id = upload(parrots());
        untilState(id, "ready");
        team.sql(
                "update history_import set state = 'analysing', lease_until = now() + interval '1 hour' where id = :value",
                UUID.fromString(id));

        forget(id, "customer", "ann@example.org", null).statusCode(409);
        assertThat(rows("history_conversation")).isEqualTo(5);
    }

    @Test
    void the_words_of_whoever_is_forgotten_are_in_no_title_and_in_no_example_of_anybody_else() {
        String parrots = "Yes, parrots are welcome in the shop.";
        String order = "Your order is on its way to you.";
        String id = imported(String.join(
                "\n",
                conversation("1", "a", "May I bring my parrot?", parrots),
                conversation("2", "b", "Is a parrot allowed?", parrots),
                conversation("4", "d", "hello", order),
                conversation("5", "e", "When does my order come?", order)));
        JsonPath drafts = as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath();
        String published = drafts.getString("items.find { it.text.contains('arrots') }.id");
        String draft = drafts.getString("items.find { it.text.contains('order') }.id");
        as(admin).get(HISTORY + "/drafts/" + draft).then().body("title", equalTo("When does my order come?"));
        as(admin).post(HISTORY + "/drafts/" + published + "/publish").then().statusCode(200);
        assertThat(taught(order)).isPositive();

        forget(id, "conversation", "5", 1).statusCode(200);
        as(admin).get(HISTORY + "/drafts/" + draft).then().body("title", equalTo(order));
        assertThat(taught(order)).isPositive();

        forget(id, "conversation", "4", 1).statusCode(200);
        as(admin).get(HISTORY + "/drafts/" + draft).then().statusCode(404);
        assertThat(taught(order)).isZero();
        assertThat(taught(parrots)).isPositive();
    }

    private long taught(String words) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from past_example where reply_text = :words", Long.class)
                        .setParameter("words", words)
                        .getSingleResult());
    }

    @Test
    void what_is_published_at_the_same_time_is_undone_as_well() throws Exception {
        String id = imported(parrots());
        UUID draft =
                UUID.fromString(as(admin).get(HISTORY + "/" + id + "/drafts").path("items[0].id"));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            AtomicReference<Future<Integer>> undone = new AtomicReference<>();
            UUID reply = QuarkusTransaction.requiringNew().call(() -> {
                UUID published = drafts.publish(draft, admin.agent().id()).id();
                undone.set(other.submit(() -> undo(id, true).extract().statusCode()));
                await().atMost(PATIENCE)
                        .until(() -> rows("pg_locks where not granted and locktype in ('tuple', 'transactionid')") > 0);
                return published;
            });
            assertThat(undone.get().get(2, TimeUnit.MINUTES)).isEqualTo(200);
            assertThat(knowledge.get(reply).state()).isEqualTo(ReplyState.ARCHIVED);
            assertThat(questions(reply)).isZero();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void a_table_is_read_once_somebody_says_who_the_agents_are() {
        String table =
                "Ticket;Who;Said\n7;Anna;Good morning\n7;Zoe;May I bring a parrot?\n7;Anna;Yes, it may come in.\n";
        JsonPath preview = as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("text", "Said")
                .queryParam("conversation", "Ticket")
                .body(table.getBytes(StandardCharsets.UTF_8))
                .post(HISTORY + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(preview.getString("reading.format")).isEqualTo("csv");
        assertThat(preview.getString("reading.mapping.author")).isEqualTo("Who");
        assertThat(preview.getBoolean("complete")).isFalse();
        assertThat(preview.getList("authors.value")).isEqualTo(List.of("Anna", "Zoe"));

        String id = as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("text", "Said")
                .queryParam("conversation", "Ticket")
                .queryParam("agent", "Anna")
                .body(table.getBytes(StandardCharsets.UTF_8))
                .post(HISTORY)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        JsonPath ready = untilState(id, "ready");
        assertThat(ready.getInt("report.conversations")).isEqualTo(1);
        assertThat(ready.getInt("report.agentMessages")).isEqualTo(2);
    }
}
