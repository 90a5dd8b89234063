package io.replyloop.history;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.erasure.ErasureReport;
import io.replyloop.erasure.ErasureService;
import io.replyloop.history.HistoryStore.Work;
import io.replyloop.platform.Problem;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Admins at the same time, files that end the server, and people who are forgotten later. */
@QuarkusTest
class HistoryTogetherTest extends HistoryOverRest {
    @Inject
    HistoryDrafts drafts;

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Test
    void whoever_decides_about_a_draft_waits_for_whoever_undoes_the_import() throws Exception {
        String id = imported(parrots());
        UUID draft = UUID.fromString(draftsOf(id).get(0));
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> discarded = QuarkusTransaction.requiringNew().call(() -> {
            session.createNativeQuery("select 1 from history_import where id = :id for update", Integer.class)
                    .setParameter("id", UUID.fromString(id))
                    .getResultList();
            Future<?> waiting = other.submit(() -> drafts.discard(draft));
            await().until(() -> waiting.isDone() || rows("pg_locks where not granted") > 0);
            session.createNativeMutationQuery("delete from history_draft where id = :id")
                    .setParameter("id", draft)
                    .executeUpdate();
            return waiting;
        });

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(discarded::get)
                .withCauseInstanceOf(Problem.class);
        other.shutdown();
    }

    @Test
    void a_file_that_was_read_when_the_server_ended_waits_and_is_tried_once_more() {
        UUID id = UUID.randomUUID();
        begin(id);
        Work killed = claim(id, false);
        letLeaseEnd(id);

        assertThat(leases.claim(UUID.randomUUID(), Duration.ofHours(1), List.of(id), false))
                .isEmpty();
        Work again = claim(id, true);
        assertThat(again.attempts()).isEqualTo(killed.attempts() + 1).isEqualTo(HistoryWork.MOST_READINGS);

        letLeaseEnd(id);
        files.store(id, new ByteArrayInputStream(parrots().getBytes(StandardCharsets.UTF_8)));
        work.wake();
        assertThat(untilState(id.toString(), "failed").getString("problem")).contains("stopped twice");
        assertThat(files.here()).doesNotContain(id);
    }

    @Test
    void a_server_that_is_stopped_in_the_middle_has_not_tried() {
        UUID id = UUID.randomUUID();
        begin(id);

        leases.standBack(claim(id, false));

        assertThat(claim(id, false).attempts()).isEqualTo(1);
    }

    @Test
    void the_audit_log_does_not_keep_questions_of_somebody_who_is_forgotten() {
        String id = imported(parrots());
        List<String> both = draftsOf(id);
        as(admin).post(HISTORY + "/drafts/" + both.get(0) + "/discard").then().statusCode(204);
        as(admin).post(HISTORY + "/drafts/" + both.get(0) + "/restore").then().statusCode(204);
        as(admin)
                .contentType("application/json")
                .body("{\"into\": \"" + both.get(1) + "\"}")
                .post(HISTORY + "/drafts/" + both.get(0) + "/merge")
                .then()
                .statusCode(200);

        as(admin).get("/api/audit?action=history.draft-discarded").then().body("items[0].label", equalTo("1"));
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> session.createNativeQuery(
                                        "select cast(a as text) from audit_entry a where object_kind = 'history-draft'",
                                        String.class)
                                .getResultList()))
                .isNotEmpty()
                .noneMatch(entry -> entry.contains("parrot") || entry.contains("order"));
    }

    @Test
    void the_name_of_a_file_is_masked_when_it_is_stored() {
        UUID id = UUID.randomUUID();
        HistoryReading reading = new HistoryReading(HistoryFormat.CONVERSATIONS, "UTF-8", null, null);

        HistoryImport begun = history.begin(
                id, "Mails of zoe@example.org", reading, admin.agent().id());

        assertThat(begun.file()).isEqualTo("Mails of [email]");
        assertThat(history.begin(
                                UUID.randomUUID(),
                                "x" + "😀".repeat(300),
                                reading,
                                admin.agent().id())
                        .file())
                .isEqualTo("x" + "😀".repeat(199));
    }

    @Test
    void an_export_from_before_brings_nothing_of_a_forgotten_conversation_back() {
        chat.published("Yes, parrots are welcome in the shop.");
        String id = imported(parrots());
        String conversation = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select cast(id as text) from history_conversation where place = 0", String.class)
                        .getSingleResult());
        forget(id, "conversation", "1", 1).statusCode(200);

        as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(("{\"query\": \"- May I?\", \"reply\": \"Yes.\", \"label\": 1, \"conversation\": \""
                                + conversation + "\"}")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/examples/imports?name=export.jsonl")
                .then()
                .statusCode(200)
                .body("erased", equalTo(1))
                .body("added", equalTo(0));
    }

    @Test
    void whoever_is_erased_takes_along_what_was_imported_under_the_mail_address_that_a_site_vouches_for() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");
        String id = imported(parrots());
        long questions = questions(reply);
        assertThat(contents()).contains("May I bring my parrot");

        ErasureReport report =
                erasures.erase(customer("Ann@Example.org"), admin.agent().id(), "");

        assertThat(contents()).doesNotContain("May I bring my parrot");
        assertThat(questions(reply)).isEqualTo(questions - 1);
        assertThat(report.removed().path("imported-conversations").asInt()).isEqualTo(1);
        assertThat(report.removed().path("history-examples").asInt()).isPositive();
        assertThat(report.removed().path("answered-questions").asInt()).isEqualTo(1);
        assertThat(report.removed().path("imports-searched").asInt()).isEqualTo(1);
        assertThat(report.removed().path("imports-not-searched").asInt()).isZero();
        assertThat(rows("history_conversation")).isEqualTo(4);
        as(admin).get(HISTORY + "/" + id).then().statusCode(200);

        // Customer 5 of another program may be anybody.
        ErasureReport other = erasures.erase(customer(null), admin.agent().id(), "");
        assertThat(other.removed().path("imports-not-searched").asInt()).isEqualTo(1);
        assertThat(other.removed().path("imported-conversations").asInt()).isZero();
        assertThat(rows("history_conversation")).isEqualTo(4);
    }

    @Test
    void an_address_that_somebody_typed_into_a_form_takes_nothing_along() {
        imported(parrots());
        UUID visitor = customer("Ann@Example.org");
        team.sql("update customer set external_id = null where id = :value", visitor);

        ErasureReport report = erasures.erase(visitor, admin.agent().id(), "");

        assertThat(contents()).contains("May I bring my parrot");
        assertThat(report.removed().path("imported-conversations").asInt()).isZero();
        assertThat(report.removed().path("imports-not-searched").asInt()).isEqualTo(1);
    }

    private UUID customer(String email) {
        UUID conversation = chat.silentConversation("Hello");
        UUID customer = conversations.summary(conversation).customer().id();
        if (email != null) {
            team.sql("update customer set email = '" + email + "', external_id = '5' where id = :value", customer);
        }
        return customer;
    }

    private List<String> draftsOf(String id) {
        return as(admin).get(HISTORY + "/" + id + "/drafts").jsonPath().getList("items.id");
    }

    private Work claim(UUID id, boolean again) {
        return leases.claim(UUID.randomUUID(), Duration.ofHours(1), List.of(id), again)
                .orElseThrow();
    }

    private void letLeaseEnd(UUID id) {
        team.sql("update history_import set lease_until = now() - interval '1 second' where id = :value", id);
    }
}
