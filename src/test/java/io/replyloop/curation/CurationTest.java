package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.RememberedDecision;
import io.replyloop.signin.Team;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CurationTest extends CuratedConversation {
    @Test
    void a_correction_counts_in_the_next_snapshot_and_in_no_earlier_one() {
        UUID before = datasets.freeze(1).id();
        String hash = datasets.version(before).contentHash();
        correct(sent, "does-not-fit")
                .then()
                .statusCode(200)
                .body("label", equalTo(0.0f))
                .body("originalLabel", equalTo(1.0f));

        UUID after = datasets.freeze(1).id();

        assertThat(frozenLabel(before, sent)).isEqualTo(1);
        assertThat(frozenLabel(after, sent)).isEqualTo(0);
        assertThat(datasets.version(before).contentHash()).isEqualTo(hash);
    }

    @Test
    void a_wrong_answer_is_no_longer_suggested_from_memory() {
        double before = remembered(sent);
        assertThat(before).isPositive();

        correct(sent, "does-not-fit");

        await().until(() -> remembered(sent) < before);
        assertThat(memoryOfDecision().answered()).isNull();
        assertThat(memoryOfDecision().rejected()).isEqualTo(sent);
    }

    @Test
    void another_reply_that_fits_is_learned_and_remembered_instead() {
        Map<String, Object> correction = correction(sent, "another-reply");
        correction.put("reply", third);
        as(admin)
                .body(correction)
                .put(address(sent) + "/label")
                .then()
                .statusCode(200)
                .body("label", equalTo(0.0f));

        example(third).then().body("label", equalTo(1.0f)).body("excluded", equalTo(false));
        assertThat(memoryOfDecision().answered()).isEqualTo(third);
        assertThat(remembered(third)).isPositive();

        undoNewest(sent).then().statusCode(200);

        example(third).then().body("excluded", equalTo(true));
        example(sent).then().body("label", equalTo(1.0f));
        assertThat(memoryOfDecision()).isEqualTo(new RememberedDecision(sent, null, null));
    }

    @Test
    void another_reply_that_was_passed_over_is_the_same_example() {
        Map<String, Object> correction = correction(sent, "another-reply");
        correction.put("reply", passedOver);
        as(admin).body(correction).put(address(sent) + "/label").then().statusCode(200);

        example(passedOver).then().body("label", equalTo(1.0f)).body("originalLabel", equalTo(0.0f));
        assertThat(ids().size()).isEqualTo(2);
    }

    @Test
    void acts_are_undone_in_the_reverse_order_by_anybody_who_may() {
        String corrected = act(correct(sent, "does-not-fit"), sent);
        exclude(true, sent);
        String excluded = as(admin).get(address(sent) + "/acts").path("[0].act");
        Team.Member colleague = team.newMember(Role.ADMIN);

        undo(colleague, corrected).then().statusCode(409).body("detail", containsString("Undo that first"));
        undo(colleague, excluded).then().statusCode(200);
        undo(colleague, excluded).then().statusCode(409);
        undo(colleague, corrected).then().statusCode(200);

        example(sent)
                .then()
                .body("label", equalTo(1.0f))
                .body("excluded", equalTo(false))
                .body("originalLabel", equalTo(null));
        assertThat(memoryOfDecision()).isEqualTo(new RememberedDecision(sent, null, null));
        assertThat(as(admin).get(address(sent) + "/acts").<List<String>>path("kind"))
                .isEqualTo(List.of("undone", "undone", "excluded", "corrected"));
    }

    @Test
    void who_corrects_what_somebody_else_has_changed_meanwhile_is_told_so() {
        Map<String, Object> late = correction(sent, "does-not-fit");
        exclude(true, sent);

        as(team.newMember(Role.ADMIN))
                .body(late)
                .put(address(sent) + "/label")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("detail", containsString("Somebody has excluded it meanwhile"));
        example(sent).then().body("label", equalTo(1.0f));
    }

    @Test
    void a_selection_is_excluded_and_undone_as_a_whole() {
        exclude(true, sent, passedOver).then().statusCode(200).body("size()", equalTo(2));
        as(admin)
                .get("/api/examples/acts?limit=1")
                .then()
                .body("items[0].kind", equalTo("excluded"))
                .body("items[0].examples", equalTo(2))
                .body("items[0].undone", equalTo(false));

        undoNewest(passedOver).then().statusCode(200).body("size()", equalTo(2));

        example(sent).then().body("excluded", equalTo(false));
        as(admin).get("/api/examples/acts?limit=1").then().body("items[0].undone", equalTo(true));
        as(admin)
                .body(Map.of("examples", List.of(ids().get(0), 0), "excluded", true))
                .post("/api/examples/exclusions")
                .then()
                .statusCode(404);
    }

    @Test
    void a_comment_is_masked_and_can_be_taken_back() {
        as(admin)
                .body(Map.of("text", " Ask jane@example.org "))
                .post(address(sent) + "/comments")
                .then()
                .statusCode(200)
                .body("comment", equalTo("Ask [email]"));

        undoNewest(sent).then().statusCode(200);

        example(sent).then().body("comment", equalTo(null));
    }

    @Test
    void a_comment_that_older_rules_left_unmasked_is_masked_when_it_is_read() {
        team.sql(
                "insert into curation_act (act, kind, example_id, conversation_id, by_id, comment, masked_by)"
                        + " select gen_random_uuid(), 'commented', id, conversation_id, '"
                        + admin.agent().id() + "', 'Ask jane@example.org', 0 from example where decision_id = :value",
                decision);

        example(sent).then().body("comment", equalTo("Ask [email]"));
    }

    @Test
    void what_was_done_stays_as_it_was() {
        correct(sent, "does-not-fit");

        assertThat(catchThrowable(() -> team.sql(
                        "update curation_act set kind = 'included' where by_id = :value",
                        admin.agent().id())))
                .hasStackTraceContaining("stays as it was");
    }

    private double frozenLabel(UUID snapshot, UUID reply) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select f.label from snapshot_example f join dataset_part p on p.snapshot_example_id = f.id"
                                        + " where p.dataset_id = :snapshot and f.conversation_id = :conversation"
                                        + " and f.reply_id = :reply",
                                Double.class)
                        .setParameter("snapshot", snapshot)
                        .setParameter("conversation", conversation)
                        .setParameter("reply", reply)
                        .getSingleResult());
    }
}
