package io.replyloop.conversation;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConversationResourceTest {
    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Inject
    Team team;

    private Team.Member agent;

    @BeforeEach
    void signIn() {
        agent = team.newMember(Role.AGENT);
    }

    private UUID begun(String text) {
        CustomerIdentity customer = people.customer("Wei");
        return conversations
                .customerMessage(customer, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private JsonPath page(String query) {
        return as(agent)
                .get("/api/conversations?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<String> readAll(String query) {
        List<String> read = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = page(query + "&limit=3" + (next.isEmpty() ? "" : "&cursor=" + next));
            assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(3);
            read.addAll(page.getList("items.id"));
            next = page.getString("next");
        }
        return read;
    }

    @Test
    void the_inbox_begins_with_whoever_waits_longest_and_ends_with_the_answered_and_nothing_comes_twice() {
        List<UUID> mine = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            UUID conversation = begun("Question " + i);
            conversations.take(agent.agent(), conversation, UUID.randomUUID());
            mine.add(conversation);
        }
        for (int answered : new int[] {0, 4, 2, 7}) {
            conversations.agentMessage(agent.agent(), mine.get(answered), UUID.randomUUID(), "Answer", null);
        }
        UUID impatient = mine.get(1);
        conversations.note(agent.agent(), impatient, UUID.randomUUID(), "a change that nobody has waited for");

        assertThat(readAll("status=open&assignee=me"))
                .isEqualTo(Stream.of(1, 3, 5, 6, 8, 7, 2, 4, 0)
                        .map(each -> mine.get(each).toString())
                        .toList());
        assertThat(readAll("assignee=me"))
                .startsWith(impatient.toString(), mine.get(7).toString())
                .hasSize(9);
    }

    @Test
    void whoever_begins_to_wait_while_pages_are_read_comes_on_a_later_page() {
        List<UUID> mine = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UUID conversation = begun("Question " + i);
            conversations.take(agent.agent(), conversation, UUID.randomUUID());
            mine.add(conversation);
        }
        JsonPath first = page("status=open&assignee=me&limit=2");
        UUID late = begun("I have just come");
        conversations.take(agent.agent(), late, UUID.randomUUID());
        conversations.agentMessage(agent.agent(), mine.get(0), UUID.randomUUID(), "Answer", null);

        JsonPath second = page("status=open&assignee=me&limit=9&cursor=" + first.getString("next"));

        assertThat(first.<String>getList("items.id"))
                .containsExactly(mine.get(0).toString(), mine.get(1).toString());
        assertThat(second.<String>getList("items.id"))
                .containsExactly(
                        mine.get(2).toString(),
                        mine.get(3).toString(),
                        late.toString(),
                        mine.get(0).toString());
    }

    @Test
    void it_can_be_narrowed_to_a_status_and_to_what_nobody_holds() {
        UUID waiting = begun("Waiting");
        UUID taken = begun("Taken");
        conversations.take(agent.agent(), taken, UUID.randomUUID());
        UUID done = begun("Done");
        conversations.changeStatus(agent.agent(), done, UUID.randomUUID(), ConversationStatus.RESOLVED, null);

        assertThat(page("status=open&assignee=none&limit=200").<String>getList("items.id"))
                .contains(waiting.toString())
                .doesNotContain(taken.toString(), done.toString());
        assertThat(page("status=resolved&assignee=any&limit=200").<String>getList("items.id"))
                .contains(done.toString())
                .doesNotContain(waiting.toString(), taken.toString());
        assertThat(page("assignee=me").<String>getList("items.id")).containsExactly(taken.toString());
    }

    @Test
    void counts_follow_what_happens() {
        JsonPath before = as(agent).get("/api/conversations/counts").jsonPath();
        UUID conversation = begun("Hello?");
        conversations.take(agent.agent(), conversation, UUID.randomUUID());
        UUID done = begun("Hello?");
        conversations.changeStatus(agent.agent(), done, UUID.randomUUID(), ConversationStatus.RESOLVED, null);

        JsonPath after = as(agent).get("/api/conversations/counts").jsonPath();

        assertThat(after.getLong("mine")).isEqualTo(1);
        assertThat(after.getLong("waiting") - before.getLong("waiting")).isEqualTo(1);
        assertThat(after.getLong("open") - before.getLong("open")).isEqualTo(1);
        assertThat(after.getLong("resolved") - before.getLong("resolved")).isEqualTo(1);
        assertThat(after.getLong("unassigned")).isEqualTo(before.getLong("unassigned"));
    }

    @Test
    void events_have_the_shape_of_the_agents_frames_and_come_in_pages() {
        UUID conversation = begun("Hello?");
        UUID act = UUID.randomUUID();
        conversations.take(agent.agent(), conversation, act);
        conversations.note(agent.agent(), conversation, UUID.randomUUID(), "internal");

        as(agent)
                .get("/api/conversations/{id}/events?limit=2", conversation)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("next", equalTo("2"))
                .body(
                        "items[0].keySet()",
                        equalTo(Set.of("conversation", "sequence", "at", "kind", "author", "id", "text")))
                .body("items[1].id", equalTo(act.toString()))
                .body("items[1].kind", equalTo("assignee"))
                .body("items[1].assignee.name", equalTo("Somebody"));
        as(agent)
                .get("/api/conversations/{id}/events?after=2&limit=2", conversation)
                .then()
                .body("items.text", equalTo(List.of("internal")))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=closed",
                "assignee=you",
                "cursor=bm9uc2Vuc2U",
                "cursor=%00",
                "status=open&cursor=d2FpdGluZwpub3cKbWU"
            })
    void a_question_that_makes_no_sense_is_refused(String query) {
        as(agent).get("/api/conversations?" + query).then().statusCode(400).body("code", equalTo("invalid"));
    }

    @Test
    void what_is_not_there_is_not_found() {
        as(agent)
                .get("/api/conversations/{id}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        as(agent)
                .get("/api/conversations/{id}/events", UUID.randomUUID())
                .then()
                .statusCode(404);
        as(agent).get("/api/conversations/nonsense").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/counts",
                "/0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11",
                "/0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11/events"
            })
    void nobody_reads_without_signing_in(String path) {
        nobody().get("/api/conversations" + path).then().statusCode(401);
    }
}
