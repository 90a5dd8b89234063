package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SuggestedReplyTest extends LiveTest {
    @Inject
    TestChat chat;

    @Inject
    KnowledgeService knowledge;

    @Inject
    EntityManager database;

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
            // After the event that gives it to the agent.
            assertThat(subscribed.next("ack").get("sequence").longValue()).isEqualTo(4);
        }
        SocketClient afterwards = agent();
        afterwards.send("open", "conversation", conversation, "after", 4);
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

    @Test
    void what_the_frame_tells_of_an_answer_is_in_the_row() {
        UUID right = chat.published("A parcel to Zanzibar travels for twelve days.");
        String conversation =
                chat.silentConversation("How long does a parcel take?").toString();
        UUID impression = chat.impression(UUID.fromString(conversation), List.of(right), List.of());
        UUID answer = UUID.randomUUID();
        SocketClient agent = agent();
        agent.send("open", "conversation", conversation, "after", 0);
        agent.next("opened");
        for (int attempt = 0; attempt < 2; attempt++) {
            agent.send(
                    "send",
                    "id",
                    answer,
                    "conversation",
                    conversation,
                    "text",
                    "A parcel to Zanzibar travels for 12 days.",
                    "impression",
                    impression,
                    "reply",
                    right,
                    "source",
                    "suggestion",
                    "typed",
                    "Ask ada@example.org",
                    "search",
                    "parcel",
                    "onScreenMillis",
                    40 + attempt);
            agent.next("ack");
        }

        assertThat(database.createNativeQuery(
                                "select source, typed, search, screen_millis, on_screen, reply_version, position,"
                                        + " edit_distance, text_sent from decision where id = :id",
                                Object[].class)
                        .setParameter("id", answer)
                        .getSingleResult())
                .isEqualTo(new Object[] {
                    "suggestion",
                    "Ask [email]",
                    "parcel",
                    40L,
                    true,
                    knowledge.get(right).version(),
                    1,
                    6,
                    "A parcel to Zanzibar travels for 12 days."
                });
        knowledge.archive(right, null);
    }

    @Test
    void a_frame_that_tells_nonsense_of_an_answer_is_refused() {
        SocketClient agent = agent();
        for (String[] field :
                new String[][] {{"source", "magic"}, {"typed", "x".repeat(2_001)}, {"search", "x".repeat(201)}}) {
            UUID id = UUID.randomUUID();
            agent.send("send", "id", id, "conversation", UUID.randomUUID(), "text", "Hi", field[0], field[1]);
            assertThat(agent.nextProblem("malformed-frame").get("id").textValue())
                    .isEqualTo(id.toString());
        }
    }
}
