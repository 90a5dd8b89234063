package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SuggestedReplyTest extends LiveTest {
    @Test
    void suggestions_reach_agents_who_have_the_conversation_open_or_open_it_later() {
        SocketClient customer = customer(visitor(), 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient subscribed = agent();
        subscribed.send("open", "conversation", conversation, "after", 0);
        subscribed.next("opened");

        customer.send("send", "id", UUID.randomUUID(), "text", "Where is my parcel?");

        JsonNode live =
                subscribed.next("suggestions", frame -> frame.get("trigger").longValue() == 2);
        assertThat(live.get("conversation").textValue()).isEqualTo(conversation);
        SocketClient later = agent();
        later.send("open", "conversation", conversation, "after", 0);
        assertThat(later.next("suggestions")).isEqualTo(live);

        UUID answer = UUID.randomUUID();
        for (int attempt = 0; attempt < 2; attempt++) {
            subscribed.send(
                    "send",
                    "id",
                    answer,
                    "conversation",
                    conversation,
                    "text",
                    "On its way.",
                    "impression",
                    live.get("impression").textValue(),
                    "seen",
                    2);
            assertThat(subscribed.next("ack").get("sequence").longValue()).isEqualTo(3);
        }
        SocketClient afterwards = agent();
        afterwards.send("open", "conversation", conversation, "after", 3);
        afterwards.next("opened");
        afterwards.send("ping");
        afterwards.next("pong");
        assertThat(afterwards.received("suggestions")).isEmpty();
    }

    @Test
    void only_suggested_replies_can_be_rejected() {
        UUID id = UUID.randomUUID();
        SocketClient agent = agent();
        agent.send("reject", "id", id, "impression", UUID.randomUUID(), "reply", UUID.randomUUID(), "reason", "wrong");
        assertThat(agent.nextProblem("not-found").get("id").textValue()).isEqualTo(id.toString());
    }
}
