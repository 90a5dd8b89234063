package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RatingTest extends LiveTest {
    @Test
    void a_rating_is_acknowledged_and_seen_by_the_other_page_and_by_the_agent_at_once_and_later() {
        Visitor visitor = visitor();
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient page = customer(visitor, 0);
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = page.next("ack").get("conversation").textValue();
        SocketClient console = agent(ada);
        console.send("open", "conversation", conversation, "after", 0);
        console.next("opened");
        console.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "shop 7");
        console.send("status", "id", UUID.randomUUID(), "conversation", conversation, "status", "resolved");
        long resolution = page.next(
                        "event", event -> "status".equals(event.get("kind").textValue()))
                .get("sequence")
                .longValue();
        SocketClient otherPage = customer(visitor, 0);

        UUID act = UUID.randomUUID();
        page.send("rate", "id", act, "resolution", resolution, "score", 2, "comment", "Too slow");
        page.send("rate", "id", act, "resolution", resolution, "score", 2, "comment", "Too slow");

        for (int times = 0; times < 2; times++) {
            assertThat(page.next(
                                    "ack",
                                    ack -> act.toString().equals(ack.get("id").textValue()))
                            .get("sequence")
                            .longValue())
                    .isEqualTo(resolution);
        }
        JsonNode told = otherPage.next("rated");
        assertThat(told.get("score").intValue()).isEqualTo(2);
        assertThat(told.hasNonNull("changeableUntil")).isTrue();
        JsonNode seen = console.next("rated");
        assertThat(seen.get("resolution").longValue())
                .as("in the agents' numbering, in which the note counts")
                .isEqualTo(resolution + 1);
        assertThat(seen.get("comment").textValue()).isEqualTo("Too slow");
        assertThat(console.received("rated")).hasSize(1);

        SocketClient laterPage = customer(visitor, 0);
        assertThat(laterPage.next("rated").get("score").intValue()).isEqualTo(2);
        SocketClient laterConsole = agent(ada);
        laterConsole.send("open", "conversation", conversation, "after", 0);
        assertThat(laterConsole.next("rated").get("score").intValue()).isEqualTo(2);
    }

    @Test
    void that_nothing_was_said_is_for_the_customers_pages_alone() {
        Visitor visitor = visitor();
        SocketClient page = customer(visitor, 0);
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = page.next("ack").get("conversation").textValue();
        SocketClient console = agent();
        console.send("open", "conversation", conversation, "after", 0);
        console.send("status", "id", UUID.randomUUID(), "conversation", conversation, "status", "resolved");
        page.next("event", event -> "status".equals(event.get("kind").textValue()));

        page.send("rate", "id", UUID.randomUUID(), "resolution", 2);

        assertThat(page.next("rated").has("score")).isFalse();
        page.send("send", "id", UUID.randomUUID(), "text", "One more thing");
        console.next(
                "event", event -> "One more thing".equals(event.path("text").asText()));
        assertThat(console.received("rated")).isEmpty();
    }

    @Test
    void what_is_no_rating_is_refused() {
        Visitor visitor = visitor();
        SocketClient page = customer(visitor, 0);
        page.send("rate", "id", UUID.randomUUID(), "resolution", 1, "score", 5);
        page.nextProblem("not-found");
        page.send("rate", "id", UUID.randomUUID(), "resolution", 1, "score", 9_000_000_000L);
        page.nextProblem("invalid");
        page.send("rate", "id", UUID.randomUUID(), "resolution", 1, "comment", "x".repeat(501));
        page.nextProblem("malformed-frame");
    }
}
