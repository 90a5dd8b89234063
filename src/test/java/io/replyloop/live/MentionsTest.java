package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MentionsTest extends LiveTest {
    @Inject
    Agents agents;

    private Team.Member ada;
    private Team.Member ben;
    private String conversation;

    @BeforeEach
    void begin() {
        ada = team.newMember(Role.AGENT);
        ben = team.newMember(Role.AGENT);
        conversation = conversations
                .customerMessage(visitor().identity(), UUID.randomUUID(), "Hello?")
                .event()
                .conversation()
                .toString();
    }

    private JsonNode line(SocketClient console, boolean unread) {
        return console.next(
                "conversation",
                frame -> frame.at("/conversation/id").textValue().equals(conversation)
                        && frame.at("/conversation/triage/mentioned").isArray()
                        && frame.at("/conversation/triage/mentionUnread").isArray() == unread);
    }

    private static String id(Team.Member member) {
        return member.agent().id().toString();
    }

    private long counted(Team.Member member) {
        return as(member)
                .get("/api/conversations/counts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("mentions");
    }

    private SocketClient notes(String text, Object mentions) {
        return agent(ada)
                .send(
                        "note",
                        "id",
                        UUID.randomUUID(),
                        "conversation",
                        conversation,
                        "text",
                        text,
                        "mentions",
                        mentions);
    }

    @Test
    void a_colleague_who_is_named_is_told_until_they_have_seen_the_note() {
        SocketClient console = agent(ben);
        String name = ben.agent().name();

        SocketClient author = notes("Please look, @" + name, List.of(id(ben), id(ada)));
        long sequence = author.next("ack").get("sequence").longValue();

        JsonNode line = line(console, true);
        assertThat(line.at("/conversation/triage/mentionUnread").toString()).isEqualTo("[\"" + id(ben) + "\"]");
        console.next("counts", counts -> counts.get("mentions").longValue() == 1);
        assertThat(counted(ben)).isEqualTo(1);
        assertThat(counted(ada)).as("her own words").isZero();
        as(ben).get("/api/conversations?view=mentions").then().body("items.id", hasItem(conversation));

        console.send("open", "conversation", conversation, "after", 0);
        JsonNode note = console.next("event", frame -> frame.get("sequence").longValue() == sequence);
        assertThat(note.get("mentions").findValuesAsText("id")).containsExactlyInAnyOrder(id(ada), id(ben));
        console.send("read", "conversation", conversation, "sequence", sequence - 1);
        console.send("read", "conversation", conversation, "sequence", sequence);
        line(console, false);
        console.next("counts", counts -> counts.get("mentions").longValue() == 0);
        assertThat(counted(ben)).isZero();
        as(ben).get("/api/conversations?view=mentions").then().body("items.id", hasItem(conversation));
    }

    @Test
    void whoever_is_not_in_the_text_or_not_in_the_team_is_not_mentioned() {
        Team.Member gone = team.newMember(Role.AGENT);
        String closed = id(gone);
        agents.deactivate(gone.agent().id());

        SocketClient author = notes(
                "@" + gone.agent().name() + " knows",
                List.of(closed, UUID.randomUUID().toString()));
        author.next("ack");

        as(ben).get("/api/conversations/" + conversation + "/events")
                .then()
                .statusCode(200)
                .body("items[1].kind", equalTo("note"))
                .body("items[1]", not(hasKey("mentions")));
        notes("nobody at all", List.of(id(ben))).next("ack");
        assertThat(counted(ben)).isZero();
    }

    @Test
    void more_than_a_note_can_name_is_refused() {
        notes("all", Collections.nCopies(21, id(ben))).nextProblem("malformed-frame");
        notes("all", "everybody").nextProblem("malformed-frame");
        notes("all", List.of("everybody")).nextProblem("malformed-frame");
    }
}
