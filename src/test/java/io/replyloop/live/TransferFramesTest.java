package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What consoles say and hear of handing over, of being away and of the team. */
@QuarkusTest
class TransferFramesTest extends LiveTest {
    private UUID conversation() {
        return conversations
                .customerMessage(visitor().identity(), UUID.randomUUID(), "Where is my parcel?")
                .event()
                .conversation();
    }

    @Test
    void a_colleague_hears_at_once_what_they_are_given_and_the_customer_nothing_of_the_note() {
        Visitor kim = visitor();
        SocketClient customer = customer(kim, 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Where is my parcel?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient ada = agent();
        Team.Member grace = team.newMember(Role.AGENT);
        SocketClient hers = agent(grace);
        UUID act = UUID.randomUUID();

        for (int times = 0; times < 2; times++) {
            ada.send(
                    "transfer",
                    "id",
                    act,
                    "conversation",
                    conversation,
                    "to",
                    "agent",
                    "target",
                    grace.agent().id(),
                    "note",
                    "Lost twice already.");
            assertThat(ada.next("ack").get("sequence").asInt()).isEqualTo(3);
        }

        JsonNode line =
                hers.next("conversation", frame -> frame.get("conversation").has("assignee"));
        assertThat(line.at("/conversation/assignee/id").textValue())
                .isEqualTo(grace.agent().id().toString());
        customer.next("event", frame -> frame.get("kind").textValue().equals("assignee"));
        assertThat(customer.received().toString()).doesNotContain("Lost twice");
        ada.send("transfer", "id", UUID.randomUUID(), "conversation", conversation, "to", "queue");
        ada.nextProblem("conflict");
        hers.send("transfer", "id", UUID.randomUUID(), "conversation", conversation, "to", "agent");
        hers.nextProblem("malformed-frame");
    }

    @Test
    void all_consoles_of_an_agent_know_that_they_are_away_and_so_does_the_next() {
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient one = agent(ada);
        SocketClient other = agent(ada);
        assertThat(one.next("availability").get("away").booleanValue()).isFalse();
        assertThat(other.next("availability").get("away").booleanValue()).isFalse();

        one.send("availability", "away", true);

        assertThat(one.next("availability").get("away").booleanValue()).isTrue();
        assertThat(other.next("availability").get("away").booleanValue()).isTrue();
        assertThat(agent(ada).next("availability").get("away").booleanValue()).isTrue();
    }

    @Test
    void an_admin_sees_the_team_as_long_as_they_look_and_nobody_else_does() {
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient console = agent(ada);
        console.next("availability");
        SocketClient boss = agent(team.newMember(Role.ADMIN));
        boss.send("supervise", "active", true);
        boss.next("supervision", frame -> stateOf(frame, ada).equals("available"));

        console.send("availability", "away", true);
        boss.next("supervision", frame -> stateOf(frame, ada).equals("away"));
        UUID conversation = conversation();
        boss.next(
                "supervision",
                frame -> frame.at("/queues/0/unassigned").asInt() > 0
                        && frame.get("longest").size() > 0);
        assertThat(conversation).isNotNull();

        console.send("supervise", "active", true);
        console.nextProblem("not-allowed");
    }

    private static String stateOf(JsonNode frame, Team.Member member) {
        for (JsonNode agent : frame.get("agents")) {
            if (agent.get("id").textValue().equals(member.agent().id().toString())) {
                return agent.get("state").textValue();
            }
        }
        return "";
    }
}
