package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExampleListTest extends CuratedConversation {
    @Test
    void an_example_says_where_it_comes_from() {
        datasets.freeze(1);

        example(sent)
                .then()
                .statusCode(200)
                .body("conversation", equalTo(conversation.toString()))
                .body("query", equalTo("- " + question))
                .body("replyId", equalTo(sent.toString()))
                .body("replyVersion", equalTo(knowledge.get(sent).version()))
                .body("label", equalTo(1.0f))
                .body("agent.name", equalTo("Somebody"))
                .body("outcome", equalTo("sent"))
                .body("position", equalTo(2))
                .body("shown", equalTo(true))
                .body("model", equalTo(0))
                .body("snapshots.size()", equalTo(1))
                .body("excluded", equalTo(false));
        assertThat(example(sent).<String>path("side")).isIn("train", "dev", "test");
    }

    @Test
    void examples_are_found_by_each_filter() {
        String word = question.substring("Where is my parcel ".length(), question.length() - 1);
        correct(passedOver, "fits");
        exclude(true, sent);
        String of = "/api/examples?conversation=" + conversation + "&";

        assertThat(found(of + "label=fits")).isEqualTo(2);
        assertThat(found(of + "label=does-not-fit")).isZero();
        assertThat(found(of + "outcome=sent")).isEqualTo(2);
        assertThat(found(of + "outcome=rejected")).isZero();
        assertThat(found(of + "agent=" + agent.agent().id())).isEqualTo(2);
        assertThat(found(of + "agent=" + admin.agent().id())).isZero();
        assertThat(found(of + "reply=" + sent)).isEqualTo(1);
        assertThat(found(of + "language=other")).isEqualTo(2);
        assertThat(found(of + "language=zh")).isZero();
        assertThat(found(of + "excluded=true")).isEqualTo(1);
        assertThat(found(of + "corrected=true")).isEqualTo(1);
        assertThat(found(of + "corrected=false")).isEqualTo(1);
        assertThat(found(of + "side=none")).isEqualTo(2);
        assertThat(found(of + "side=test")).isZero();
        assertThat(found(of + "from=2020-01-01T00:00:00Z")).isEqualTo(2);
        assertThat(found(of + "to=2020-01-01T00:00:00Z")).isZero();
        assertThat(found("/api/examples?q=PARCEL " + word)).isEqualTo(2);
        assertThat(found("/api/examples?q=zanzi " + word)).isEqualTo(1);
        assertThat(found("/api/examples?q=nothing " + word)).isZero();
        as(admin)
                .get("/api/examples/counts?conversation=" + conversation)
                .then()
                .statusCode(200)
                .body("total", equalTo(2))
                .body("fitting", equalTo(2))
                .body("notFitting", equalTo(0))
                .body("excluded", equalTo(1))
                .body("corrected", equalTo(1));
        as(admin).get("/api/examples?label=maybe").then().statusCode(400);
        as(admin).get("/api/examples?from=yesterday").then().statusCode(400);
        as(admin).get("/api/examples?q=" + "x".repeat(201)).then().statusCode(400);
    }

    @Test
    void chinese_words_are_found_within_a_sentence() {
        UUID chinese = chat.silentConversation("请问我可以七天内退货吗？");
        UUID impression = chat.impression(chinese, List.of(sent), List.of());
        feedback.send(agent.agent(), chinese, UUID.randomUUID(), SENT, impression, sent, null);

        assertThat(found("/api/examples?q=退货&conversation=" + chinese)).isEqualTo(1);
        assertThat(found("/api/examples?q=货退&conversation=" + chinese)).isZero();
        assertThat(found("/api/examples?language=zh&conversation=" + chinese)).isEqualTo(1);
    }

    @Test
    void admins_page_through_examples_newest_first() {
        List<Integer> ids = ids();
        String of = "/api/examples?conversation=" + conversation + "&limit=1";
        Response first = as(admin).get(of);

        assertThat(first.<List<Integer>>path("items.id")).isEqualTo(ids.subList(0, 1));
        Response second = as(admin).get(of + "&cursor=" + first.path("next"));
        assertThat(second.<List<Integer>>path("items.id")).isEqualTo(ids.subList(1, 2));
        assertThat(second.<String>path("next")).isNull();
        as(admin).get("/api/examples?cursor=made-up").then().statusCode(400);
    }

    @Test
    void only_admins_see_and_change_examples() {
        String address = address(sent);
        Map<String, Object> correction = correction(sent, "does-not-fit");
        Map<String, Object> exclusions = Map.of("examples", ids(), "excluded", true);
        String act = act(exclude(true, sent), sent);

        for (String read :
                List.of("/api/examples", "/api/examples/counts", "/api/examples/acts", address, address + "/acts")) {
            as(admin).get(read).then().statusCode(200);
            as(agent).get(read).then().statusCode(403);
            nobody().get(read).then().statusCode(401);
        }
        as(agent).body(Map.of("excluded", false)).put(address).then().statusCode(403);
        nobody().body(Map.of("excluded", false)).put(address).then().statusCode(401);
        as(agent).body(correction).put(address + "/label").then().statusCode(403);
        nobody().body(correction).put(address + "/label").then().statusCode(401);
        as(agent).body(Map.of("text", "x")).post(address + "/comments").then().statusCode(403);
        nobody().body(Map.of("text", "x")).post(address + "/comments").then().statusCode(401);
        as(agent).body(exclusions).post("/api/examples/exclusions").then().statusCode(403);
        nobody().body(exclusions).post("/api/examples/exclusions").then().statusCode(401);
        undo(agent, act).then().statusCode(403);
        nobody().post("/api/examples/acts/" + act + "/undo").then().statusCode(401);
        example(sent).then().body("excluded", equalTo(true)).body("label", equalTo(1.0f));
        undo(admin, UUID.randomUUID().toString()).then().statusCode(404);
        as(admin).get("/api/examples/0").then().statusCode(404);
        as(admin).body(Map.of()).put(address + "/label").then().statusCode(400);
        as(admin).body(Map.of("text", " ")).post(address + "/comments").then().statusCode(400);
        as(admin)
                .body(Map.of("text", "x".repeat(2_001)))
                .post(address + "/comments")
                .then()
                .statusCode(400);
    }
}
