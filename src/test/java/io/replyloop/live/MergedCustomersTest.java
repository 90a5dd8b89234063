package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.audit.AuditEntryView;
import io.replyloop.conversation.OutsideConversations;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers who are one person: agents see one, and each of them sees their own conversations alone. */
@QuarkusTest
class MergedCustomersTest extends LiveTest {
    @Inject
    AuditEntries entries;

    @Inject
    OutsideConversations outside;

    private Member ada;
    private Someone kim;
    private Someone lee;

    /** A visitor who has written. */
    private record Someone(Visitor visitor, SocketClient page, String conversation) {
        UUID id() {
            return visitor.identity().id();
        }

        String address() {
            return "/api/customers/" + id();
        }
    }

    @BeforeEach
    void twoCustomersWrite() {
        ada = team.newMember(Role.AGENT);
        kim = writes("Where is my tea?");
        lee = writes("Where is my cake?");
    }

    private Someone writes(String text) {
        Visitor visitor = visitor();
        SocketClient page = customer(visitor, 0);
        page.send("send", "id", UUID.randomUUID(), "text", text);
        return new Someone(visitor, page, page.next("ack").get("conversation").textValue());
    }

    private ValidatableResponse merges(Someone kept, Someone other) {
        return as(ada).put(kept.address() + "/merged/" + other.id()).then();
    }

    private ValidatableResponse separates(Someone kept, Someone other) {
        return as(ada).delete(kept.address() + "/merged/" + other.id()).then();
    }

    private ValidatableResponse profile(Someone someone) {
        return as(ada).get(someone.address() + "/profile").then().statusCode(200);
    }

    private void isCalled(Someone someone, String name, String email) {
        as(ada).body(Map.of("name", name, "email", email))
                .put(someone.address() + "/profile")
                .then()
                .statusCode(200);
    }

    private void notes(Someone someone, String text) {
        as(ada).body(Map.of("id", UUID.randomUUID(), "text", text))
                .post(someone.address() + "/notes")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse sees(Someone someone) {
        return nobody().header("Authorization", "Bearer " + someone.visitor().token())
                .get("/api/customer/conversations")
                .then()
                .statusCode(200);
    }

    private static String id(Someone someone) {
        return someone.id().toString();
    }

    @Test
    void agents_see_one_person_with_all_that_either_was() {
        isCalled(lee, "Kim Lee", "kim@example.org");
        notes(kim, "Likes tea");
        notes(lee, "Likes cake");

        merges(kim, lee)
                .statusCode(200)
                .body("id", equalTo(id(kim)))
                .body("name", equalTo("Kim Lee"))
                .body("nameFrom", equalTo("team"))
                .body("email", equalTo("kim@example.org"))
                .body("notes.text", containsInAnyOrder("Likes tea", "Likes cake"))
                .body("merged.id", contains(id(lee)))
                .body("merged[0].by", equalTo(ada.agent().name()));

        profile(lee).body("id", equalTo(id(kim)));
        as(ada).get("/api/conversations/of-customer/" + lee.id())
                .then()
                .body("id", containsInAnyOrder(kim.conversation(), lee.conversation()))
                .body("customer.id", contains(id(kim), id(kim)))
                .body("customer.name", contains("Kim Lee", "Kim Lee"));
        as(ada).get("/api/conversations/" + lee.conversation())
                .then()
                .body("customer.writesAs.id", equalTo(id(lee)))
                .body("customer.writesAs.name", equalTo("Kim Lee"));
        as(ada).get("/api/conversations/" + kim.conversation()).then().body("customer", not(hasKey("writesAs")));
        as(ada).queryParam("q", "kim@example")
                .get("/api/search")
                .then()
                .body("customers.id", containsInAnyOrder(kim.conversation(), lee.conversation()));

        isCalled(lee, "Kim", "");
        notes(lee, "Is one");
        profile(kim).body("name", equalTo("Kim")).body("notes", hasSize(3));
    }

    @Test
    void neither_of_them_sees_what_the_other_one_wrote_or_was_told() {
        merges(kim, lee).statusCode(200);

        for (Someone someone : List.of(kim, lee)) {
            Someone other = someone == kim ? lee : kim;
            sees(someone).body("id", contains(someone.conversation()));
            nobody().header("Authorization", "Bearer " + someone.visitor().token())
                    .get("/api/customer/conversations/" + other.conversation() + "/messages")
                    .then()
                    .statusCode(404);
            SocketClient again = customer();
            again.send("hello", "token", someone.visitor().token(), "after", 0, "conversation", other.conversation());
            assertThat(again.next("welcome").get("conversation").textValue()).isEqualTo(someone.conversation());
        }
        kim.page().send("send", "id", UUID.randomUUID(), "text", "Still here");
        assertThat(kim.page().next("ack").get("conversation").textValue()).isEqualTo(kim.conversation());
        lee.page().send("send", "id", UUID.randomUUID(), "text", "I am, too");
        assertThat(lee.page().next("ack").get("conversation").textValue()).isEqualTo(lee.conversation());
    }

    @Test
    void it_is_taken_back_as_if_it_had_never_been_and_whoever_came_along_goes_along() {
        isCalled(lee, "Lee", "");
        Someone max = writes("Hello?");
        merges(lee, max).statusCode(200);
        merges(kim, lee).statusCode(200).body("merged.id", containsInAnyOrder(id(lee), id(max)));
        notes(kim, "Likes tea");

        separates(kim, lee).statusCode(204);
        separates(kim, lee).statusCode(204);

        profile(kim).body("merged", empty()).body("name", nullValue()).body("notes", hasSize(1));
        profile(max)
                .body("id", equalTo(id(lee)))
                .body("name", equalTo("Lee"))
                .body("merged.id", contains(id(max)))
                .body("notes", empty());
        as(ada).get("/api/conversations/" + lee.conversation())
                .then()
                .body("customer.id", equalTo(id(lee)))
                .body("customer", not(hasKey("writesAs")));
    }

    @Test
    void whoever_is_blocked_is_blocked_altogether_and_no_longer_than_that() {
        Member admin = team.newMember(Role.ADMIN);
        as(ada).body(Map.of("reason", "Threats"))
                .put("/api/blocked-customers/" + lee.id())
                .then()
                .statusCode(200);
        lee.page().nextProblem("blocked");

        merges(kim, lee).statusCode(200);
        kim.page().nextProblem("blocked");
        as(ada).get("/api/blocked-customers?customer=" + kim.id()).then().body("items.reason", contains("Threats"));
        as(admin)
                .get("/api/blocked-customers?limit=100")
                .then()
                .body("items.customer.findAll { it == '" + kim.id() + "' }", hasSize(1))
                .body("items.customer.findAll { it == '" + lee.id() + "' }", empty());

        separates(kim, lee).statusCode(204);
        as(ada).get("/api/conversations/" + kim.conversation()).then().body("customer", not(hasKey("blocked")));
        as(ada).get("/api/conversations/" + lee.conversation()).then().body("customer.blocked", equalTo(true));

        merges(lee, kim).statusCode(200);
        as(ada).delete("/api/blocked-customers/" + kim.id()).then().statusCode(204);
        customer(kim.visitor(), 0);
        customer(lee.visitor(), 0);
        as(ada).body(Map.of()).put("/api/blocked-customers/" + kim.id()).then().statusCode(200);
        separates(lee, kim).statusCode(204);
        for (Someone someone : List.of(kim, lee)) {
            as(ada).get("/api/conversations/" + someone.conversation()).then().body("customer.blocked", equalTo(true));
            as(ada).delete("/api/blocked-customers/" + someone.id()).then().statusCode(204);
        }
    }

    @Test
    void a_block_of_somebody_who_was_blocked_by_being_merged_is_their_own() {
        as(ada).body(Map.of("reason", "Threats"))
                .put("/api/blocked-customers/" + lee.id())
                .then()
                .statusCode(200);
        merges(kim, lee).statusCode(200);
        as(ada).body(Map.of("reason", "Insults"))
                .put("/api/blocked-customers/" + kim.id())
                .then()
                .statusCode(200)
                .body("reason", equalTo("Insults"));
        separates(kim, lee).statusCode(204);
        as(ada).get("/api/blocked-customers?customer=" + kim.id()).then().body("items.reason", contains("Insults"));
        as(ada).get("/api/blocked-customers?customer=" + lee.id()).then().body("items.reason", contains("Threats"));
    }

    @Test
    void a_customer_of_another_desk_is_merged_with_nobody_and_called_nothing() {
        String name = "desk:" + UUID.randomUUID();
        outside.ensure(name);
        String other = outside.customerOf(name).orElseThrow().toString();

        as(ada).put(kim.address() + "/merged/" + other).then().statusCode(404);
        as(ada).put("/api/customers/" + other + "/merged/" + kim.id()).then().statusCode(404);
        as(ada).body(Map.of("name", "Kim"))
                .put("/api/customers/" + other + "/profile")
                .then()
                .statusCode(404);
    }

    @Test
    void nobody_is_merged_with_themselves_in_a_circle_or_with_somebody_whom_the_agent_has_not_seen() {
        Someone max = writes("Hello?");
        merges(kim, kim).statusCode(409);
        as(ada).put(kim.address() + "/merged/" + UUID.randomUUID()).then().statusCode(404);
        as(ada).put("/api/customers/" + UUID.randomUUID() + "/merged/" + kim.id())
                .then()
                .statusCode(404);
        merges(kim, lee).statusCode(200);
        merges(kim, lee).statusCode(200).body("merged", hasSize(1));
        merges(lee, kim).statusCode(409);
        merges(max, lee).statusCode(409);
        merges(lee, max).statusCode(409);
        separates(max, lee).statusCode(409);
        merges(max, kim).statusCode(200).body("merged", hasSize(2));
        merges(lee, max).statusCode(409);
    }

    @Test
    void two_agents_who_merge_crosswise_make_one_person() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (List<Someone> pair : List.of(List.of(kim, lee), List.of(lee, kim))) {
                answers.add(agents.submit(() -> as(ada).put(
                                pair.get(0).address() + "/merged/" + pair.get(1).id())
                        .statusCode()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        } finally {
            agents.shutdownNow();
        }
        profile(kim).body("merged", hasSize(1));
    }

    @Test
    void candidates_are_found_by_what_agrees_and_by_words_each_person_once() {
        String word = "quagga" + UUID.randomUUID().toString().replaceAll("[0-9-]", "");
        isCalled(kim, "Kim", word + "@example.org");
        isCalled(lee, "Lee", word.toUpperCase() + "@example.org");
        Someone max = writes("Hello?");
        isCalled(max, "Max " + word, "");
        String candidates = kim.address() + "/merge-candidates";

        as(ada).get(candidates)
                .then()
                .statusCode(200)
                .body("id", contains(id(lee)))
                .body("because", contains("email"))
                .body("site", contains("Shop"));
        as(ada).queryParam("q", word.substring(0, 12))
                .get(candidates)
                .then()
                .body("id", containsInAnyOrder(id(lee), id(max)));
        merges(lee, max).statusCode(200);
        as(ada).queryParam("q", word).get(candidates).then().body("id", contains(id(lee)));
        merges(kim, lee).statusCode(200);
        as(ada).queryParam("q", word).get(candidates).then().body("id", empty());
        as(ada).queryParam("q", "':* & !\\ <->").get(candidates).then().statusCode(200);
        as(ada).queryParam("q", "x".repeat(201)).get(candidates).then().statusCode(400);
        as(ada).queryParam("q", "a\u0000b").get(candidates).then().statusCode(400);
    }

    @Test
    void agents_alone_do_it_and_it_is_in_the_audit_log() {
        String merged = kim.address() + "/merged/" + lee.id();
        for (String token : List.of("", "Bearer " + kim.visitor().token())) {
            nobody().header("Authorization", token).put(merged).then().statusCode(401);
            nobody().header("Authorization", token).delete(merged).then().statusCode(401);
            nobody().header("Authorization", token)
                    .get(kim.address() + "/merge-candidates")
                    .then()
                    .statusCode(401);
        }
        List<AuditEntryView> added = entries.addedBy(() -> {
            merges(kim, lee).statusCode(200);
            separates(kim, lee).statusCode(204);
        });

        assertThat(added).extracting(AuditEntryView::action).containsExactly("customer.merged", "customer.separated");
        assertThat(added).extracting(AuditEntryView::objectId).containsOnly(id(kim));
        assertThat(added.get(0).toString()).contains(id(lee));
    }
}
