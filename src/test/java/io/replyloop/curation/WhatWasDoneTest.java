package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WhatWasDoneTest extends CuratedConversation {
    @Test
    void an_act_on_one_example_says_which_and_from_what_to_what() {
        int id = example(sent).path("id");
        correct(sent, "does-not-fit");

        newest().body("items[0].kind", equalTo("corrected"))
                .body("items[0].examples", equalTo(1))
                .body("items[0].example.id", equalTo(id))
                .body("items[0].example.question", equalTo(question))
                .body("items[0].example.reply", equalTo(SENT))
                .body("items[0].before.fitting", equalTo(1))
                .body("items[0].before.excluded", equalTo(0))
                .body("items[0].after.fitting", equalTo(0))
                .body("items[0].otherReply", nullValue());

        exclude(true, passedOver);
        newest().body("items[0].before.excluded", equalTo(0))
                .body("items[0].after.excluded", equalTo(1))
                .body("items[0].before.fitting", equalTo(0))
                .body("items[0].after.fitting", equalTo(0));
    }

    @Test
    void an_act_on_several_examples_counts_them_and_lists_them() {
        exclude(true, sent);
        List<Map<String, Object>> read = List.of(read(sent), read(passedOver));
        Response done = as(admin)
                .body(Map.of("examples", read, "verdict", "does-not-fit"))
                .post("/api/examples/labels");
        done.then().statusCode(200);
        // One of them had said so already, and is not changed.
        newest().body("items[0].examples", equalTo(1)).body("items[0].before.excluded", equalTo(1));

        List<Map<String, Object>> again = List.of(read(sent), read(passedOver));
        as(admin)
                .body(Map.of("examples", again, "verdict", "fits"))
                .post("/api/examples/labels")
                .then()
                .statusCode(200);
        String act = newest().body("items[0].examples", equalTo(2))
                .body("items[0].before.fitting", equalTo(0))
                .body("items[0].after.fitting", equalTo(2))
                .body("items[0].after.excluded", equalTo(0))
                .body("items[0].example", nullValue())
                .extract()
                .path("items[0].act");

        assertThat(as(admin).get("/api/examples?act=" + act).<List<Integer>>path("items.id"))
                .isEqualTo(ids());
        as(admin).get("/api/examples/counts?act=" + act).then().body("total", equalTo(2));
        assertThat(found("/api/examples?act=" + act + "&reply=" + sent)).isEqualTo(1);
        assertThat(found("/api/examples?act=00000000-0000-0000-0000-000000000000"))
                .isZero();
    }

    @Test
    void a_correction_to_another_reply_names_both() {
        Map<String, Object> correction = correction(sent, "another-reply");
        correction.put("reply", third);
        correction.put("comment", "Write to jane@example.org");
        as(admin).body(correction).put(address(sent) + "/label").then().statusCode(200);

        newest().body("items[0].examples", equalTo(2))
                .body("items[0].example.reply", equalTo(SENT))
                .body("items[0].otherReply", equalTo("You can pay by invoice."))
                .body("items[0].comment", equalTo("Write to [email]"));
    }

    @Test
    void a_comment_shows_its_text_and_changes_nothing() {
        as(admin)
                .body(Map.of("text", "Ask Kim"))
                .post(address(sent) + "/comments")
                .then()
                .statusCode(200);

        newest().body("items[0].kind", equalTo("commented"))
                .body("items[0].comment", equalTo("Ask Kim"))
                .body("items[0].example.reply", equalTo(SENT))
                .body("items[0].before", nullValue())
                .body("items[0].after", nullValue());
    }

    @Test
    void the_texts_are_those_of_now_in_one_line_each() {
        exclude(true, sent);
        team.sql(
                "update example set query = '- First' || chr(10) || '> Answer' || chr(10) || '- [name]' || chr(10) || '- "
                        + "x".repeat(400) + "' where decision_id = :value",
                decision);

        newest().body("items[0].example.question", equalTo("[name] " + "x".repeat(152) + "…"));

        team.sql("delete from example where decision_id = :value", decision);
        newest().body("items[0].examples", equalTo(1)).body("items[0].example", nullValue());
    }

    private Map<String, Object> read(UUID reply) {
        Response example = example(reply);
        return Map.of("id", example.path("id"), "version", example.path("version"));
    }

    private ValidatableResponse newest() {
        return as(admin).get("/api/examples/acts?limit=1").then().statusCode(200);
    }
}
