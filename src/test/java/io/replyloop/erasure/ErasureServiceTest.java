package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.dataset.DatasetService;
import io.replyloop.dataset.DatasetVersionView;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Source;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.retrieval.Retrieval;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureServiceTest {
    /** Letters alone, so that nothing takes it for a number, in all that the customer is and writes. */
    private final String word = "quokka" + UUID.randomUUID().toString().replaceAll("[0-9-]", "");

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    DatasetService datasets;

    @Inject
    Retrieval retrieval;

    @Inject
    BlockedCustomers blocked;

    @Inject
    ApplicationFolder files;

    @Inject
    TestChat chat;

    @Inject
    Traces traces;

    @Inject
    Session session;

    @Inject
    Team team;

    private Team.Member admin;
    private Team.Member agent;
    private UUID right;
    private UUID wrong;

    @BeforeEach
    void aTeamWithTwoReplies() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        right = chat.published("A parcel to Zanzibar travels for twelve days.");
        wrong = chat.published("Please tell us your order number.");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().forEach(reply -> knowledge.archive(reply.id(), null));
    }

    @Test
    void what_a_customer_was_and_wrote_is_nowhere_afterwards() {
        Asked asked = ask();
        UUID customer = asked.customer;
        UUID conversation = asked.conversation;
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

        comment(conversation);
        importExample(conversation);
        assertThat(traces.inDatabase(word)).contains("curation_act.comment", "imported_example.query");

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
        UUID one = ask().customer;
        UUID kept = ask().conversation;

        erasures.erase(one, admin.agent().id(), null);

        assertThat(conversations.eventsAfter(kept, 0, 10)).isNotEmpty();
        assertThat(traces.inDatabase(word)).contains("conversation_event.text", "answered_question.question");
        assertThat(memory()).isPositive();
    }

    @Test
    void the_index_forgets_what_was_erased_at_once() {
        UUID customer = ask().customer;
        double before = memory();

        erasures.erase(customer, admin.agent().id(), null);

        assertThat(memory()).isLessThan(before);
    }

    @Test
    void an_erasure_waits_for_a_copy_that_is_not_committed_yet() {
        UUID customer = ask().customer;
        CompletableFuture<ErasureReport> erasure = new CompletableFuture<>();
        QuarkusTransaction.requiringNew().run(() -> {
            datasets.freeze(1);
            CompletableFuture.supplyAsync(
                            () -> erasures.erase(customer, admin.agent().id(), null))
                    .thenAccept(erasure::complete);
            await().atMost(Duration.ofSeconds(20)).until(() -> traces.waitingForALock() > 0);
        });

        assertThat(erasure.join().removed().path("frozen-examples").asInt()).isPositive();
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    @Test
    void a_model_that_learned_in_an_older_release_is_named() {
        Asked asked = ask();
        team.sql("insert into dataset_side (conversation_id, side) values (:value, 'train')", asked.conversation);
        datasets.freeze(1);
        change("alter table dataset_part disable trigger dataset_part_stays");
        team.sql("delete from dataset_part where :value is not null", word);
        change("alter table dataset_part enable trigger dataset_part_stays");
        team.sql("update dataset_version set content_hash = null where :value is not null", word);
        team.sql("delete from snapshot_example where :value is not null", word);
        team.sql("update dataset_example set split = 'train' where :value is not null", word);

        ErasureReport report = erasures.erase(asked.customer, admin.agent().id(), null);

        assertThat(report.snapshots()).isPositive();
        assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.taughtErased(asked.conversation)))
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
        erasures.erase(asked.customer, admin.agent().id(), null);

        importExample(asked.conversation, 0);
    }

    @Test
    void asked_for_twice_it_is_done_once() {
        UUID customer = ask().customer;
        erasures.erase(customer, admin.agent().id(), null);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> erasures.erase(customer, admin.agent().id(), null));
        assertThat(erasures.list(null, 100).items())
                .filteredOn(report -> report.customer().equals(customer))
                .hasSize(1);
    }

    @Test
    void admins_alone_export_and_erase() {
        UUID customer = ask().customer;
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
                .body("events[0].text", containsString(word))
                .body("events.size()", equalTo(2));
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
                .body("removed.messages", equalTo(2));
        as(admin).post(address + "/erase").then().statusCode(404);
        as(admin).get("/api/erasures?limit=1").then().statusCode(200).body("items[0].reason", equalTo("Mail"));
        as(admin).get("/api/erasures?cursor=made-up").then().statusCode(400);
    }

    @Test
    void an_export_is_in_the_audit_log_without_what_was_exported() {
        UUID customer = ask().customer;

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
        team.sql("insert into dataset_side (conversation_id, side) values (:value, 'train')", asked.conversation);
        UUID snapshot = datasets.freeze(1).id();
        UUID model = UUID.randomUUID();
        ErasureReport then = erasures.erase(asked.customer, admin.agent().id(), null);
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

    private record Asked(UUID customer, UUID conversation) {}

    /** A question of which one suggestion is rejected, and which the other one answers; the name itself is masked. */
    private Asked ask() {
        UUID conversation = chat.silentConversation("Where is my " + word + " parcel?");
        team.sql(
                "update customer set name = 'Mx" + word + "', email = '" + word + "@example.org', external_id = '"
                        + word + UUID.randomUUID()
                        + "' where id = (select customer_id from conversation where id = :value)",
                conversation);
        UUID customer = conversations.summary(conversation).customer().id();
        UUID impression = chat.impression(conversation, List.of(wrong, right), List.of());
        QuarkusTransaction.requiringNew()
                .run(() -> feedback.reject(agent.agent(), UUID.randomUUID(), impression, wrong, "wrong", "no " + word));
        feedback.send(
                agent.agent(),
                conversation,
                UUID.randomUUID(),
                "A parcel to Zanzibar travels for twelve days.",
                impression,
                right,
                null,
                new AnswerOrigin(Source.SUGGESTION, "Dear " + word, "find " + word, 100L));
        return new Asked(customer, conversation);
    }
}
