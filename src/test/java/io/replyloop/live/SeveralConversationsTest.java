package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SeveralConversationsTest extends LiveTest {
    private static JsonNode says(SocketClient page, UUID id, String text, boolean begins) {
        page.send("send", "id", id, "text", text, "begins", begins);
        return page.next("ack", ack -> id.toString().equals(ack.get("id").textValue()));
    }

    private String resolved(Visitor visitor, Team.Member agent, String text) {
        String conversation = says(customer(visitor, 0), UUID.randomUUID(), text, false)
                .get("conversation")
                .textValue();
        SocketClient console = agent(agent);
        console.send("status", "id", UUID.randomUUID(), "conversation", conversation, "status", "resolved");
        console.next("ack");
        return conversation;
    }

    @Test
    void after_a_resolved_one_another_begins_on_all_pages_and_the_earlier_one_stays_to_be_read() {
        Visitor visitor = visitor();
        Team.Member ada = team.newMember(Role.AGENT);
        String first = resolved(visitor, ada, "About the parcel");
        SocketClient page = customer(visitor, 0);
        SocketClient otherPage = customer(visitor, 0);
        otherPage.next("event", event -> event.get("sequence").longValue() == 2);

        String second = says(page, UUID.randomUUID(), "About the invoice", true)
                .get("conversation")
                .textValue();

        assertThat(second).isNotEqualTo(first);
        for (SocketClient each : List.of(page, otherPage)) {
            JsonNode welcome = each.next(
                    "welcome", frame -> second.equals(frame.path("conversation").textValue()));
            assertThat(welcome.get("last").longValue()).isEqualTo(1);
            assertThat(each.next(
                                    "event",
                                    event -> "About the invoice"
                                            .equals(event.path("text").textValue()))
                            .get("sequence")
                            .longValue())
                    .isEqualTo(1);
        }
        SocketClient later = customer();
        later.send("hello", "token", visitor.token(), "after", 2, "conversation", first);
        assertThat(later.next("welcome").get("conversation").textValue()).isEqualTo(second);
        assertThat(later.next("event").get("sequence").longValue())
                .as("what the page has is of the earlier one")
                .isEqualTo(1);

        RequestSpecification own = RestAssured.given().header("Authorization", "Bearer " + visitor.token());
        own.get("/api/customer/conversations")
                .then()
                .statusCode(200)
                .body("id", contains(second, first))
                .body("current", contains(true, false));
        String shown = own.get("/api/customer/conversations").path("[1].updatedAt");
        SocketClient console = agent(ada);
        console.send("note", "id", UUID.randomUUID(), "conversation", first, "text", "Calls too often");
        console.next("ack");
        own.get("/api/customer/conversations").then().body("[1].updatedAt", equalTo(shown));
        own.get("/api/customer/conversations/" + first + "/messages")
                .then()
                .statusCode(200)
                .body("items.text", contains("About the parcel"));
        assertThat(as(ada).get("/api/conversations/of-customer/"
                                + visitor.identity().id())
                        .then()
                        .extract()
                        .<List<String>>path("id"))
                .containsExactly(second, first);
    }

    @Test
    void what_a_page_says_late_of_the_earlier_one_does_not_touch_the_new_one() {
        Visitor visitor = visitor();
        String first = resolved(visitor, team.newMember(Role.AGENT), "About the parcel");
        SocketClient page = customer(visitor, 0);
        String second = says(page, UUID.randomUUID(), "About the invoice", true)
                .get("conversation")
                .textValue();
        says(page, UUID.randomUUID(), "Number 4711", false);

        page.send("read", "sequence", 2, "conversation", first);
        UUID act = UUID.randomUUID();
        page.send("rate", "id", act, "resolution", 2, "score", 5, "conversation", first);

        JsonNode ack =
                page.next("ack", frame -> act.toString().equals(frame.get("id").textValue()));
        assertThat(ack.get("conversation").textValue()).isEqualTo(first);
        assertThat(read(first)).isEqualTo(2);
        assertThat(read(second)).isZero();
        page.send("read", "sequence", 2);
        page.send("read", "sequence", 1, "conversation", UUID.randomUUID());
        page.send("rate", "id", UUID.randomUUID(), "resolution", 2, "score", 1, "conversation", strangers());
        page.nextProblem("not-found");
        assertThat(read(second)).as("from an older page").isEqualTo(2);
    }

    private String strangers() {
        return resolved(visitor(), team.newMember(Role.AGENT), "About a stranger's parcel");
    }

    private long read(String conversation) {
        return team.count("select customer_read from conversation where id = cast(:value as uuid)", conversation);
    }

    @Test
    void while_one_is_open_no_other_begins_and_a_repeated_message_stays_where_it_was_stored() {
        Visitor visitor = visitor();
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient page = customer(visitor, 0);
        UUID act = UUID.randomUUID();
        JsonNode first = says(page, act, "Hello?", true);
        assertThat(says(page, UUID.randomUUID(), "Anybody?", true).get("conversation"))
                .isEqualTo(first.get("conversation"));

        SocketClient console = agent(ada);
        console.send(
                "status", "id", UUID.randomUUID(), "conversation", first.get("conversation"), "status", "resolved");
        console.next("ack");
        UUID begins = UUID.randomUUID();
        JsonNode second = says(page, begins, "Something else", true);

        assertThat(says(customer(visitor, 0), act, "Hello?", true)).isEqualTo(first);
        assertThat(says(customer(visitor, 0), begins, "Something else", true)).isEqualTo(second);
        assertThat(second.get("sequence").longValue()).isEqualTo(1);
    }

    @Test
    void two_pages_that_begin_at_once_begin_the_same_one() {
        Visitor visitor = visitor();
        resolved(visitor, team.newMember(Role.AGENT), "About the parcel");
        List<SocketClient> pages =
                Stream.generate(() -> customer(visitor, 0)).limit(4).toList();

        List<String> begun = pages.stream()
                .map(page -> CompletableFuture.supplyAsync(() -> says(page, UUID.randomUUID(), "New", true)
                        .get("conversation")
                        .textValue()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .distinct()
                .toList();

        assertThat(begun).hasSize(1);
    }

    @Test
    void nobody_answers_or_reopens_an_earlier_one_and_others_do_not_read_it() {
        Visitor visitor = visitor();
        Team.Member ada = team.newMember(Role.AGENT);
        String first = resolved(visitor, ada, "About the parcel");
        says(customer(visitor, 0), UUID.randomUUID(), "About the invoice", true);
        SocketClient console = agent(ada);
        console.send("open", "conversation", first, "after", 0);
        assertThat(console.next("opened").at("/conversation/earlier").booleanValue())
                .isTrue();

        console.send("send", "id", UUID.randomUUID(), "conversation", first, "text", "Still there?");
        assertThat(console.nextProblem("conflict").get("message").textValue()).contains("another conversation");
        console.send("status", "id", UUID.randomUUID(), "conversation", first, "status", "open");
        console.nextProblem("conflict");
        console.send("note", "id", UUID.randomUUID(), "conversation", first, "text", "Was about a parcel");
        console.next("ack");

        String stranger = visitor().token();
        RestAssured.given()
                .header("Authorization", "Bearer " + stranger)
                .get("/api/customer/conversations/" + first + "/messages")
                .then()
                .statusCode(404);
        as(ada).get("/api/customer/conversations").then().statusCode(403);
        RestAssured.given().get("/api/customer/conversations").then().statusCode(401);
    }
}
