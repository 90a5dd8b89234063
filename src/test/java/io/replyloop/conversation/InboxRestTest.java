package io.replyloop.conversation;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InboxRestTest {
    @Inject
    ConversationService conversations;

    @Inject
    ReadMarks marks;

    @Inject
    InboxActs acts;

    @Inject
    People people;

    @Inject
    Customers customers;

    @Inject
    Team team;

    private Team.Member agent;

    @BeforeEach
    void signIn() {
        agent = team.newMember(Role.AGENT);
    }

    /** The agent's, so that what other tests make is told from it. */
    private UUID mine(String text) {
        UUID conversation = conversations
                .customerMessage(people.customer("Wei"), UUID.randomUUID(), text)
                .event()
                .conversation();
        conversations.take(agent.agent(), conversation, UUID.randomUUID());
        return conversation;
    }

    private void act(UUID conversation, InboxAct act) {
        acts.act(agent.agent(), conversation, UUID.randomUUID(), act);
    }

    private List<UUID> read(String query) {
        List<UUID> read = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = as(agent)
                    .get("/api/conversations?limit=2&" + query + (next.isEmpty() ? "" : "&cursor=" + next))
                    .then()
                    .statusCode(200)
                    .extract()
                    .as(JsonNode.class);
            page.path("items")
                    .forEach(item -> read.add(UUID.fromString(item.path("id").textValue())));
            next = page.path("next").textValue();
        }
        return read;
    }

    private JsonPath bulk(UUID id, List<UUID> each, Map<String, Object> act) {
        return as(agent)
                .body(Map.of("id", id, "conversations", each, "act", act))
                .post("/api/conversations/acts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void what_is_written_after_the_last_look_is_not_resolved_with_the_others() {
        UUID asSeen = mine("as seen");
        UUID wroteOn = mine("wrote on");
        Map<String, Long> seen = new HashMap<>();
        for (UUID each : List.of(asSeen, wroteOn)) {
            seen.put(each.toString(), conversations.summary(each).lastSequence());
        }
        writesOn(wroteOn);
        Map<String, Object> asked = new HashMap<>(Map.of(
                "id",
                UUID.randomUUID(),
                "conversations",
                seen.keySet(),
                "act",
                Map.of("what", "resolve"),
                "seen",
                seen));

        as(agent)
                .body(asked)
                .post("/api/conversations/acts")
                .then()
                .statusCode(200)
                .body("find { it.conversation == '" + asSeen + "' }.code", nullValue())
                .body("find { it.conversation == '" + wroteOn + "' }.code", equalTo("thread-moved-on"));
        assertThat(conversations.summary(wroteOn).status()).isEqualTo(ConversationStatus.OPEN);

        asked.put("seen", Collections.singletonMap(wroteOn.toString(), null));
        as(agent).body(asked).post("/api/conversations/acts").then().statusCode(400);
    }

    private void writesOn(UUID conversation) {
        CustomerIdentity customer = customers
                .find(conversations.summary(conversation).customer().id())
                .orElseThrow();
        conversations.customerMessage(customer, UUID.randomUUID(), "One more thing");
    }

    @Test
    void by_priority_urgent_ones_come_first_and_each_by_their_wait() {
        UUID low = mine("low");
        UUID first = mine("first");
        UUID answered = mine("answered");
        UUID second = mine("second");
        UUID urgent = mine("urgent");
        UUID urgentToo = mine("urgent, too");
        act(low, InboxAct.priority(Priority.LOW));
        act(urgent, InboxAct.priority(Priority.URGENT));
        act(urgentToo, InboxAct.priority(Priority.URGENT));
        conversations.agentMessage(agent.agent(), answered, UUID.randomUUID(), "Done", null);
        conversations.agentMessage(agent.agent(), urgent, UUID.randomUUID(), "Done", null);

        assertThat(read("view=mine&order=priority")).containsExactly(urgentToo, urgent, first, second, answered, low);
        assertThat(read("view=mine&order=newest")).startsWith(urgent, answered).hasSize(6);
        assertThat(read("view=mine")).containsExactly(low, first, second, urgentToo, urgent, answered);
    }

    @Test
    void each_filter_narrows_the_list_and_together_they_narrow_it_more() {
        String label = as(team.newMember(Role.ADMIN))
                .body(Map.of("name", "L " + UUID.randomUUID().toString().substring(0, 8), "color", "red"))
                .post("/api/labels")
                .path("id");
        UUID english = mine("Where is it?");
        UUID chinese = mine("我的包裹在哪里？");
        UUID read = mine("read and answered");
        act(chinese, InboxAct.label(UUID.fromString(label), true));
        act(read, InboxAct.label(UUID.fromString(label), true));
        act(english, InboxAct.priority(Priority.HIGH));
        conversations.agentMessage(agent.agent(), read, UUID.randomUUID(), "Here", null);
        marks.agentRead(read, 10);

        assertThat(read("view=mine&label=" + label)).containsExactly(chinese, read);
        assertThat(read("view=mine&label=" + label + "&waiting=true")).containsExactly(chinese);
        assertThat(read("view=mine&priority=high")).containsExactly(english);
        assertThat(read("view=mine&priority=normal")).containsExactly(chinese, read);
        assertThat(read("view=mine&unread=true")).containsExactly(english, chinese);
        assertThat(read("view=mine&language=zh")).containsExactly(chinese);
        assertThat(read("view=mine&language=other&unread=true")).containsExactly(english);
        assertThat(read("view=open&assignee=" + agent.agent().id())).containsExactly(english, chinese, read);
        assertThat(read("view=unassigned")).doesNotContain(english, chinese, read);
        assertThat(read("view=mine&label=" + UUID.randomUUID())).isEmpty();
    }

    @Test
    void snoozed_ones_come_in_the_order_in_which_they_come_back() {
        UUID later = mine("later");
        UUID sooner = mine("sooner");
        UUID last = mine("last");
        act(later, InboxAct.snooze(Instant.now().plusSeconds(7_200)));
        act(sooner, InboxAct.snooze(Instant.now().plusSeconds(3_600)));
        act(last, InboxAct.snooze(Instant.now().plusSeconds(9_000)));

        assertThat(read("view=snoozed&assignee=me")).containsExactly(sooner, later, last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "view=everything",
                "order=random",
                "priority=extreme",
                "language=klingon",
                "assignee=you",
                // The cursor of another order.
                "view=open&order=priority&cursor=d2FpdGluZwoyMDI2LTAzLTAyVDA5OjE1OjMwWgowMTkwZjNhMS01YjBlLTdjM2EtOWE0MS0yZjZkMGM4ZTFiMTE"
            })
    void a_question_that_makes_no_sense_is_refused(String query) {
        as(agent).get("/api/conversations?" + query).then().statusCode(400).body("code", equalTo("invalid"));
    }

    @Test
    void many_are_done_at_once_each_by_itself_and_only_once() {
        UUID one = mine("one");
        UUID two = mine("two");
        Team.Member colleague = team.newMember(Role.AGENT);
        UUID held = conversations
                .customerMessage(people.customer("Kim"), UUID.randomUUID(), "held")
                .event()
                .conversation();
        conversations.take(colleague.agent(), held, UUID.randomUUID());
        UUID missing = UUID.randomUUID();
        UUID id = UUID.randomUUID();

        JsonPath done = bulk(id, List.of(one, held, missing, two, one), Map.of("what", "release"));
        assertThat(done.<String>getList("conversation"))
                .containsExactly(one.toString(), held.toString(), missing.toString(), two.toString());
        assertThat(done.<String>getList("code")).containsExactly(null, "conflict", "not-found", null);
        long last = conversations.summary(one).lastSequence();
        conversations.take(agent.agent(), one, UUID.randomUUID());

        bulk(id, List.of(one, two), Map.of("what", "release"));

        assertThat(conversations.summary(one).lastSequence()).isEqualTo(last + 1);
        assertThat(conversations.summary(one).assignee().id())
                .isEqualTo(agent.agent().id());
    }

    @Test
    void every_act_that_is_of_use_for_many_can_be_done() {
        UUID one = mine("one");
        List<UUID> all = List.of(one, mine("two"));
        String label = as(team.newMember(Role.ADMIN))
                .body(Map.of("name", "M " + UUID.randomUUID().toString().substring(0, 8), "color", "blue"))
                .post("/api/labels")
                .path("id");
        List<Map<String, Object>> acts = List.of(
                Map.of("what", "label", "label", label),
                Map.of("what", "unlabel", "label", label),
                Map.of("what", "priority", "priority", "urgent"),
                Map.of("what", "snooze", "until", Instant.now().plusSeconds(600).toString()),
                Map.of("what", "wake"),
                Map.of("what", "spam"),
                Map.of("what", "no-spam"),
                Map.of("what", "resolve"),
                Map.of("what", "reopen"),
                Map.of("what", "release"),
                Map.of("what", "take"));
        for (Map<String, Object> act : acts) {
            long before = conversations.summary(one).lastSequence();
            assertThat(bulk(UUID.randomUUID(), all, act).<String>getList("code"))
                    .as(act.toString())
                    .containsOnlyNulls();
            assertThat(conversations.summary(one).lastSequence())
                    .as(act.toString())
                    .isEqualTo(before + 1);
        }
        assertThat(acts).hasSize(BulkAct.What.values().length);
    }

    @Test
    void what_is_not_whole_or_too_much_is_refused_before_anything_is_done() {
        UUID one = mine("one");
        Map<String, Object> whole =
                Map.of("id", UUID.randomUUID(), "conversations", List.of(one), "act", Map.of("what", "spam"));
        List<Map<String, Object>> wrong = new ArrayList<>();
        for (String missing : whole.keySet()) {
            Map<String, Object> less = new HashMap<>(whole);
            less.remove(missing);
            wrong.add(less);
        }
        wrong.add(with(whole, "conversations", List.of()));
        wrong.add(with(whole, "conversations", Collections.nCopies(101, one)));
        wrong.add(with(whole, "act", Map.of("what", "explode")));
        wrong.add(with(whole, "act", Map.of("what", "label")));
        wrong.add(with(whole, "act", Map.of("what", "priority")));
        wrong.add(with(whole, "act", Map.of("what", "snooze")));
        wrong.add(with(whole, "act", Map.of("what", "priority", "priority", "extreme")));
        for (Map<String, Object> body : wrong) {
            int status = as(agent).body(body).post("/api/conversations/acts").statusCode();
            assertThat(status).as(body.toString()).isEqualTo(400);
        }
        assertThat(acts.isSpam(one)).isFalse();
    }

    private static Map<String, Object> with(Map<String, Object> whole, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(whole);
        changed.put(field, value);
        return changed;
    }

    @Test
    void an_agent_saves_changes_and_deletes_views_that_nobody_else_sees() {
        Map<String, Object> query =
                Map.of("view", "open", "priority", "urgent", "waiting", true, "team", "mine", "order", "priority");
        String id = as(agent)
                .body(Map.of("name", " Urgent ", "query", query))
                .post("/api/inbox-views")
                .then()
                .statusCode(200)
                .body("name", equalTo("Urgent"))
                .extract()
                .path("id");
        Team.Member other = team.newMember(Role.ADMIN);
        Map<String, Object> renamed = Map.of("name", "Now", "query", Map.of("view", "mine"));

        as(other).get("/api/inbox-views").then().body("$", hasSize(0));
        as(other).body(renamed).put("/api/inbox-views/" + id).then().statusCode(404);
        as(other).delete("/api/inbox-views/" + id).then().statusCode(204);
        as(agent).get("/api/inbox-views").then().body("[0].query", equalTo(query));
        as(agent).body(renamed).put("/api/inbox-views/" + id).then().statusCode(200);
        as(agent).get("/api/inbox-views").then().body("[0].name", equalTo("Now"));
        as(agent).delete("/api/inbox-views/" + id).then().statusCode(204);
        as(agent).get("/api/inbox-views").then().body("$", hasSize(0));
    }

    @Test
    void a_view_that_could_not_be_shown_is_not_saved_nor_more_than_anybody_needs() {
        for (Map<String, Object> query : List.<Map<String, Object>>of(
                Map.of("view", "everything"),
                Map.of("view", "open", "order", "random"),
                Map.of("view", "open", "assignee", "you"),
                Map.of("view", "open", "team", "theirs"))) {
            as(agent)
                    .body(Map.of("name", "Odd", "query", query))
                    .post("/api/inbox-views")
                    .then()
                    .statusCode(400);
        }
        Map<String, Object> view = Map.of("name", "View", "query", Map.of("view", "open"));
        // At once, because each alone would find room.
        List<Integer> answers = IntStream.range(0, SavedViews.MOST + 5)
                .parallel()
                .mapToObj(i -> as(agent).body(view).post("/api/inbox-views").statusCode())
                .toList();
        assertThat(answers).filteredOn(status -> status == 200).hasSize(SavedViews.MOST);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(5);
    }

    @Test
    void admins_decide_which_labels_there_are_and_agents_see_them() {
        Team.Member admin = team.newMember(Role.ADMIN);
        String name = "Refund " + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> refund = Map.of("name", name, "color", "teal");
        String id = as(admin)
                .body(refund)
                .post("/api/labels")
                .then()
                .statusCode(200)
                .extract()
                .path("id");

        as(agent).get("/api/labels").then().statusCode(200).body("find { it.id == '" + id + "' }.name", equalTo(name));
        as(admin)
                .body(Map.of("name", name.toUpperCase(), "color", "red"))
                .post("/api/labels")
                .then()
                .statusCode(409);
        as(admin)
                .body(Map.of("name", name, "color", "#ff0000"))
                .post("/api/labels")
                .then()
                .statusCode(400);
        as(admin)
                .body(Map.of("name", " ", "color", "red"))
                .post("/api/labels")
                .then()
                .statusCode(400);
        as(admin)
                .body(Map.of("name", "two\nlines", "color", "red"))
                .post("/api/labels")
                .then()
                .statusCode(400);
        as(agent).body(refund).post("/api/labels").then().statusCode(403);
        as(agent).body(refund).put("/api/labels/" + id).then().statusCode(403);
        as(agent).delete("/api/labels/" + id).then().statusCode(403);
        as(admin).delete("/api/labels/" + UUID.randomUUID()).then().statusCode(404);
        as(admin).delete("/api/labels/" + id).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/labels", "/api/inbox-views", "/api/conversations?view=spam"})
    void nobody_reads_without_signing_in(String path) {
        nobody().get(path).then().statusCode(401);
        nobody().body("{}").post("/api/conversations/acts").then().statusCode(401);
    }
}
