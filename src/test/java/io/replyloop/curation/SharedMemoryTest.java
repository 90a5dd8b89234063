package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.RememberedDecision;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of a decision share what is remembered of it. */
@QuarkusTest
class SharedMemoryTest extends CuratedConversation {
    @Test
    void a_later_correction_of_the_same_answer_has_to_be_undone_first() {
        String first = act(correct(sent, "does-not-fit"), sent);
        String later = act(correct(passedOver, "fits"), passedOver);
        assertThat(memoryOfDecision().answered()).isEqualTo(passedOver);

        undo(admin, first).then().statusCode(409).body("detail", containsString("Undo that first"));

        assertThat(memoryOfDecision().answered()).isEqualTo(passedOver);
        undo(admin, later).then().statusCode(200);
        undo(admin, first).then().statusCode(200);
        assertThat(memoryOfDecision()).isEqualTo(new RememberedDecision(sent, null, null));
    }

    @Test
    void examples_of_one_answer_that_are_corrected_together_leave_nothing_remembered() {
        correct(passedOver, "fits").then().statusCode(200);
        assertThat(memoryOfDecision().answered()).isEqualTo(sent);

        Response done = label("does-not-fit", address(sent), address(passedOver));

        done.then().statusCode(200);
        assertThat(memoryOfDecision().answered()).isNull();
        assertThat(memoryOfDecision().rejected()).isNotNull();
        undo(admin, done.path("[0].act")).then().statusCode(200);
        assertThat(memoryOfDecision()).isEqualTo(new RememberedDecision(sent, null, null));
    }

    @Test
    void an_undo_brings_back_what_others_had_said_against_the_reply() {
        UUID another = chat.silentConversation(question);
        UUID rejection = UUID.randomUUID();
        UUID shown = chat.impression(another, List.of(third), List.of());
        feedback.reject(agent.agent(), rejection, shown, third, "wrong", null);
        RememberedDecision before = memoryOf(rejection);
        assertThat(before.rejected()).isEqualTo(third);
        Map<String, Object> correction = correction(sent, "another-reply");
        correction.put("reply", third);
        Response done = as(admin).body(correction).put(address(sent) + "/label");
        done.then().statusCode(200);
        assertThat(memoryOf(rejection)).isEqualTo(RememberedDecision.NOTHING);

        undo(admin, done.path("act")).then().statusCode(200);

        assertThat(memoryOf(rejection)).isEqualTo(before);
    }

    @Test
    void answers_that_are_corrected_together_make_one_revision() {
        UUID another = chat.silentConversation(question + " Again");
        UUID other = UUID.randomUUID();
        UUID shown = chat.impression(another, List.of(sent), List.of());
        feedback.send(agent.agent(), another, other, SENT, shown, sent, null);
        List<Integer> id =
                as(admin).get("/api/examples?conversation=" + another).path("items.id");
        long revision = knowledgeRevision("revision");
        long corrections = knowledgeRevision("corrections");

        label("does-not-fit", address(sent), "/api/examples/" + id.get(0))
                .then()
                .statusCode(200);

        assertThat(memoryOfDecision().rejected()).isEqualTo(sent);
        assertThat(memoryOf(other).rejected()).isEqualTo(sent);
        assertThat(knowledgeRevision("revision")).isEqualTo(revision + 1);
        assertThat(knowledgeRevision("corrections")).isEqualTo(corrections + 1);
    }

    @Test
    void each_example_names_the_act_that_has_changed_it() {
        exclude(true, sent).then().body("[0].act", notNullValue());
        String before = as(admin).get(address(sent) + "/acts").path("[0].act");

        Response done = exclude(true, sent, passedOver);

        done.then().body("find { it.replyId == '" + sent + "' }.act", equalTo(null));
        String act = done.path("find { it.replyId == '" + passedOver + "' }.act");
        assertThat(act).isNotNull().isNotEqualTo(before);
        exclude(true, sent, passedOver).then().body("act.findAll { it != null }.size()", equalTo(0));
        undo(admin, act).then().statusCode(200);
        example(sent).then().body("excluded", equalTo(true));
        example(passedOver).then().body("excluded", equalTo(false));
    }

    @Test
    void a_rejection_counts_if_the_example_that_said_otherwise_is_excluded() {
        exclude(true, sent).then().statusCode(200);

        feedback.reject(agent.agent(), UUID.randomUUID(), impression, sent, "wrong", null);

        as(admin)
                .get("/api/examples?conversation=" + conversation + "&reply=" + sent)
                .then()
                .body("items.label", equalTo(List.of(0.0f, 1.0f)));
    }

    @Test
    void a_rejection_that_is_taken_back_is_another_version_of_its_example() {
        UUID another = chat.silentConversation(question + " Again");
        UUID shown = chat.impression(another, List.of(sent), List.of());
        feedback.reject(agent.agent(), UUID.randomUUID(), shown, sent, "wrong", null);
        String of = "/api/examples?conversation=" + another + "&label=does-not-fit";
        as(admin).get(of).then().body("items[0].version", equalTo(0));

        feedback.send(agent.agent(), another, UUID.randomUUID(), SENT, shown, sent, null);

        as(admin).get(of).then().body("items[0].excluded", equalTo(true)).body("items[0].version", equalTo(1));
    }

    private static int idIn(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    private Response label(String verdict, String... addresses) {
        List<Map<String, Integer>> read = Stream.of(addresses)
                .map(address -> Map.of(
                        "id", idIn(address), "version", as(admin).get(address).<Integer>path("version")))
                .toList();
        return as(admin).body(Map.of("examples", read, "verdict", verdict)).post("/api/examples/labels");
    }

    private RememberedDecision memoryOf(UUID one) {
        return QuarkusTransaction.requiringNew().call(() -> memory.of(one));
    }

    private long knowledgeRevision(String column) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery("select " + column + " from knowledge_revision", Long.class)
                        .getSingleResult());
    }
}
