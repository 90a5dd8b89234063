package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentPeople;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureServiceTest extends AskedCustomer {
    @Test
    void what_a_customer_was_and_wrote_is_nowhere_afterwards() {
        Asked asked = ask();
        UUID customer = asked.customer();
        UUID conversation = asked.conversation();
        DatasetVersionView snapshot = datasets.freeze(1);
        blocked.block(customer, agent.agent(), word + " again");
        assertThat(traces.inDatabase(word))
                .contains(
                        "customer.name",
                        "audit_entry.label",
                        "audit_entry.details",
                        "customer.email",
                        "conversation_event.text",
                        "impression.query",
                        "decision.comment",
                        "decision.typed",
                        "decision.search",
                        "example.query",
                        "snapshot_example.query",
                        "answered_question.question",
                        "rejected_question.question");

        team.sql(AttachmentPeople.fileOf(customer), word + ".pdf");
        comment(conversation);
        importExample(conversation);
        assertThat(traces.inDatabase(word))
                .contains("curation_act.comment", "imported_example.query", "attachment.name");

        ErasureReport report = erasures.erase(customer, admin.agent().id(), " by mail ");

        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(traces.inDatabase(conversation.toString()))
                .containsOnly("snapshot_example.conversation_id", "erased_conversation.id");
        assertThat(traces.inDatabase(customer.toString()))
                .containsOnly("erasure.customer_id", "erased_customer.customer_id", "audit_entry.object_id");
        assertThat(Traces.inFiles(files.folder("index"), word)).isEmpty();
        assertThat(report.reason()).isEqualTo("by mail");
        assertThat(report.trigger()).isEqualTo("admin");
        assertThat(report.requestedBy()).isEqualTo(admin.agent().id());
        assertThat(report.removed().path("customers").asInt()).isEqualTo(1);
        assertThat(report.removed().path("conversations").asInt()).isEqualTo(1);
        assertThat(report.removed().path("messages").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(report.removed().path("decisions").asInt()).isEqualTo(2);
        assertThat(report.removed().path("suggestions").asInt()).isEqualTo(1);
        assertThat(report.removed().path("answered-questions").asInt()).isEqualTo(1);
        assertThat(report.removed().path("examples").asInt()).isPositive();
        assertThat(report.removed().path("frozen-examples").asInt())
                .isEqualTo(report.removed().path("examples").asInt());
        assertThat(report.snapshots()).isEqualTo(1);
        assertThat(datasets.version(snapshot.id()).contentHash()).isEqualTo(snapshot.contentHash());
        assertThat(datasets.version(snapshot.id()).erased()).isPositive();
    }

    @Test
    void what_others_wrote_stays_and_is_still_learned_from() {
        UUID one = ask().customer();
        UUID kept = ask().conversation();

        erasures.erase(one, admin.agent().id(), null);

        assertThat(conversations.eventsAfter(kept, 0, 10)).isNotEmpty();
        assertThat(traces.inDatabase(word)).contains("conversation_event.text", "answered_question.question");
        assertThat(memory()).isPositive();
    }

    @Test
    void the_index_forgets_what_was_erased_at_once() {
        UUID customer = ask().customer();
        double before = memory();

        erasures.erase(customer, admin.agent().id(), null);

        assertThat(memory()).isLessThan(before);
    }

    @Test
    void a_model_that_learned_in_an_older_release_is_named() {
        Asked asked = ask();
        team.sql("insert into dataset_side (conversation_id, side) values (:value, 'train')", asked.conversation());
        datasets.freeze(1);
        change("alter table dataset_part disable trigger dataset_part_stays");
        team.sql("delete from dataset_part where :value is not null", word);
        change("alter table dataset_part enable trigger dataset_part_stays");
        team.sql("update dataset_version set content_hash = null where :value is not null", word);
        team.sql("delete from snapshot_example where :value is not null", word);
        team.sql("update dataset_example set split = 'train' where :value is not null", word);

        ErasureReport report = erasures.erase(asked.customer(), admin.agent().id(), null);

        assertThat(report.snapshots()).isPositive();
        assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.taughtErased(asked.conversation())))
                .isNotEmpty();
        assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.taughtErased()))
                .isNotEmpty();
    }

    @Test
    void an_erasure_of_what_no_index_holds_makes_no_index_anew() {
        UUID conversation = chat.silentConversation("Nothing " + word);
        UUID customer = conversations.summary(conversation).customer().id();
        String before = traces.installation();

        erasures.erase(customer, admin.agent().id(), null);

        assertThat(traces.installation()).isEqualTo(before);
    }

    @Test
    void a_customer_who_never_wrote_or_is_unknown_is_not_found() {
        Problem unknown = assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () -> erasures.erase(UUID.randomUUID(), admin.agent().id(), null))
                .actual();

        assertThat(unknown.code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void an_export_from_before_brings_nothing_back() {
        Asked asked = ask();
        erasures.erase(asked.customer(), admin.agent().id(), null);

        importExample(asked.conversation(), 0);
    }

    @Test
    void asked_for_twice_it_is_done_once() {
        UUID customer = ask().customer();
        erasures.erase(customer, admin.agent().id(), null);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> erasures.erase(customer, admin.agent().id(), null));
        assertThat(erasures.list(null, 100).items())
                .filteredOn(report -> report.customer().equals(customer))
                .hasSize(1);
    }

    @Test
    void admins_alone_export_and_erase() {
        UUID customer = ask().customer();
        String address = "/api/customers/" + customer;

        as(agent).get(address + "/export").then().statusCode(403);
        nobody().get(address + "/export").then().statusCode(401);
        as(agent).body(Map.of()).post(address + "/erase").then().statusCode(403);
        nobody().body(Map.of()).post(address + "/erase").then().statusCode(401);
        as(agent).get("/api/erasures").then().statusCode(403);
        nobody().get("/api/erasures").then().statusCode(401);
        as(admin)
                .get(address + "/export")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("customer-" + customer + ".json"))
                .body("customer.name", equalTo("Mx" + word))
                .body("conversations[0].events[0].text", containsString(word))
                .body("conversations[0].events.size()", equalTo(3));
        as(admin).get("/api/customers/" + UUID.randomUUID() + "/export").then().statusCode(404);
        as(admin)
                .body(Map.of("reason", "x".repeat(501)))
                .post(address + "/erase")
                .then()
                .statusCode(400);
        as(admin)
                .body(Map.of("reason", "Mail"))
                .post(address + "/erase")
                .then()
                .statusCode(200)
                .body("removed.messages", equalTo(3));
        as(admin).post(address + "/erase").then().statusCode(404);
        as(admin).get("/api/erasures?limit=1").then().statusCode(200).body("items[0].reason", equalTo("Mail"));
        as(admin).get("/api/erasures?cursor=made-up").then().statusCode(400);
    }

    @Test
    void an_export_is_in_the_audit_log_without_what_was_exported() {
        UUID customer = ask().customer();

        as(admin).get("/api/customers/" + customer + "/export").then().statusCode(200);

        as(admin)
                .get("/api/audit?action=customer.exported&object=customer&id=" + customer)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].actorName", equalTo(admin.agent().name()))
                .body("items[0].label", nullValue());
    }

    @Test
    void the_proof_says_who_asked_for_it_and_names_the_model_of_a_run_that_was_under_way() {
        Asked asked = ask();
        team.sql("insert into dataset_side (conversation_id, side) values (:value, 'train')", asked.conversation());
        UUID snapshot = datasets.freeze(1).id();
        UUID model = UUID.randomUUID();
        ErasureReport then = erasures.erase(asked.customer(), admin.agent().id(), null);
        assertThat(then.requestedByName()).isEqualTo(admin.agent().name());
        List<Long> before = then.models();

        team.sql(
                "insert into model_version (id, origin, directory, sha256) values (:value, 'training', 'late-" + model
                        + "', '')",
                model);
        team.sql(
                "insert into training_run (id, status, trigger, base_model_id, dataset_id, result_model_id)"
                        + " select gen_random_uuid(), 'succeeded', 'manual', :value, '" + snapshot + "', '" + model
                        + "'",
                model);
        try {
            ErasureReport now = erasures.list(null, 100).items().stream()
                    .filter(report -> report.id().equals(then.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(now.models()).hasSize(before.size() + 1).containsAll(before);
        } finally {
            team.sql("delete from training_run where result_model_id = :value", model);
            team.sql("delete from model_version where id = :value", model);
        }
    }

    private void change(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(statement).executeUpdate());
    }

    /** How strongly answered questions speak for the right reply to the same question. */
    private double memory() {
        String question = "Where is my " + word + " parcel?";
        return retrieval.candidates("- " + question, question).candidates().stream()
                .filter(candidate -> candidate.reply().equals(right))
                .mapToDouble(candidate -> candidate.evidence().memory())
                .findFirst()
                .orElseThrow();
    }

    /** As from an older export of this installation. */
    private void importExample(UUID conversation) {
        importExample(conversation, 1);
    }

    private void importExample(UUID conversation, int added) {
        String line = "{\"query\": \"- " + word + "?\", \"reply\": \"No.\", \"label\": 1, \"conversation\": \""
                + conversation + "\"}";
        as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(line.getBytes(StandardCharsets.UTF_8))
                .post("/api/examples/imports?name=export.jsonl")
                .then()
                .statusCode(200)
                .body("added", equalTo(added));
    }

    private void comment(UUID conversation) {
        String address = "/api/examples/"
                + as(admin).get("/api/examples?conversation=" + conversation).path("items[0].id") + "/comments";
        as(admin).body(Map.of("text", "About " + word)).post(address).then().statusCode(200);
    }
}
