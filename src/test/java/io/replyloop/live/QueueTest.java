package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QueueTest extends LiveTest {
    @Inject
    BlockedCustomers blocked;

    @Inject
    Presence presence;

    @BeforeEach
    void nobodyElseWaits() {
        team.sql("update conversation set waiting_since = null where id <> :value", UUID.randomUUID());
    }

    private String waits(SocketClient page) {
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        return page.next("ack").get("conversation").textValue();
    }

    private static JsonNode at(SocketClient page, int position) {
        return page.next("queue", frame -> frame.path("position").asInt() == position);
    }

    @Test
    void who_waits_longest_stands_first_and_the_others_move_up() {
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient console = agent(ada);
        SocketClient first = customer(visitor(), 0);
        String conversation = waits(first);
        Visitor visitor = visitor();
        SocketClient second = customer(visitor, 0);
        waits(second);
        at(first, 1);
        at(second, 2);

        console.send("take", "id", UUID.randomUUID(), "conversation", conversation);

        assertThat(first.next("queue").has("position")).isFalse();
        at(second, 1);
        assertThat(first.received("queue"))
                .as("each page hears only what is new to it")
                .hasSize(2);
        assertThat(second.received("queue")).hasSize(2);
        SocketClient otherPage = customer(visitor, 0);
        at(otherPage, 1);
    }

    @Test
    void whoever_is_blocked_has_no_place_and_the_others_move_up() {
        Team.Member ada = team.newMember(Role.AGENT);
        agent(ada);
        Visitor rude = visitor();
        waits(customer(rude, 0));
        SocketClient second = customer(visitor(), 0);
        waits(second);
        at(second, 2);

        blocked.block(rude.identity().id(), ada.agent(), "spam");

        at(second, 1);
    }

    @Test
    void nobody_is_told_a_place_while_no_agent_is_there() {
        // Those of other tests have left.
        await().atMost(Duration.ofSeconds(90)).until(() -> !presence.agentsOnline());
        SocketClient page = customer(visitor(), 0);
        waits(page);
        SocketClient console = agent();
        at(page, 1);

        console.close();

        assertThat(page.next("queue").has("position")).isFalse();
    }
}
