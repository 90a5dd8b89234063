package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DraftsTest extends LiveTest {
    @Inject
    TestChat chat;

    private Team.Member ada;
    private UUID conversation;

    @BeforeEach
    void aConversation() {
        ada = team.newMember(Role.AGENT);
        conversation = chat.silentConversation("Where is my parcel?");
    }

    private SocketClient opens(Team.Member agent) {
        return agent(agent).send("open", "conversation", conversation, "after", 0);
    }

    private void writes(SocketClient console, UUID version, UUID base, String text) {
        console.send(
                "draft",
                "id",
                version,
                "conversation",
                conversation,
                "client",
                "laptop",
                "base",
                base,
                "age",
                0,
                "mode",
                "reply",
                "text",
                text,
                "begunAt",
                1,
                "origin",
                Map.of("reply", UUID.randomUUID().toString(), "title", "Parcel", "source", "canned"));
    }

    @Test
    void a_draft_is_on_all_devices_of_its_agent_and_on_nobody_elses_until_it_is_sent() {
        SocketClient laptop = opens(ada);
        assertThat(laptop.next("opened").has("draft")).isFalse();
        SocketClient phone = agent(ada);
        SocketClient colleague = opens(team.newMember(Role.ADMIN));
        colleague.next("opened");

        UUID version = UUID.randomUUID();
        writes(laptop, version, null, "It is");
        writes(laptop, version, null, "It is");

        JsonNode answer = laptop.next("draft");
        assertThat(answer.at("/draft/id").textValue()).isEqualTo(version.toString());
        assertThat(laptop.next("draft").get("revision")).isEqualTo(answer.get("revision"));
        assertThat(phone.next("draft").at("/draft/text").textValue()).isEqualTo("It is");
        JsonNode later = opens(ada).next("opened").get("draft");
        assertThat(later.get("text").textValue()).isEqualTo("It is");
        assertThat(later.at("/origin/title").textValue()).isEqualTo("Parcel");
        assertThat(later.get("begunAt").longValue()).isEqualTo(1);

        UUID message = UUID.randomUUID();
        phone.send("send", "id", message, "conversation", conversation, "text", "It is here", "draft", version);

        phone.next("ack");
        assertThat(laptop.next("draft").has("draft")).isFalse();
        assertThat(opens(ada).next("opened").has("draft")).isFalse();
        colleague.next("event", event -> "It is here".equals(event.path("text").textValue()));
        assertThat(colleague.received("draft")).isEmpty();
        assertThat(opens(team.newMember(Role.AGENT)).next("opened").has("draft"))
                .isFalse();
    }

    @Test
    void a_message_that_is_refused_leaves_its_draft_and_a_note_takes_it_along() {
        SocketClient laptop = opens(ada);
        UUID version = UUID.randomUUID();
        writes(laptop, version, null, "It is");
        laptop.next("draft");
        conversations.note(team.newMember(Role.AGENT).agent(), conversation, UUID.randomUUID(), "Mine");

        laptop.send(
                "send",
                "id",
                UUID.randomUUID(),
                "conversation",
                conversation,
                "text",
                "It is",
                "seen",
                1,
                "draft",
                version);
        laptop.nextProblem("thread-moved-on");
        assertThat(opens(ada).next("opened").at("/draft/text").textValue()).isEqualTo("It is");

        laptop.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "It is", "draft", version);
        assertThat(laptop.next("draft").has("draft")).isFalse();
    }

    @Test
    void what_is_no_draft_is_refused() {
        SocketClient laptop = agent(ada);
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "mode",
                        "shout",
                        "text",
                        "x".repeat(16_001),
                        "client",
                        "x".repeat(65),
                        "age",
                        -1,
                        "origin",
                        "a reply",
                        "aside",
                        Map.of("mode", "reply"),
                        "typed",
                        "x".repeat(2_001))
                .entrySet()) {
            UUID id = UUID.randomUUID();
            laptop.send(
                    "draft",
                    "id",
                    id,
                    "conversation",
                    conversation,
                    "client",
                    wrong.getKey().equals("client") ? wrong.getValue() : "laptop",
                    "age",
                    wrong.getKey().equals("age") ? wrong.getValue() : 0,
                    "mode",
                    wrong.getKey().equals("mode") ? wrong.getValue() : "reply",
                    "text",
                    wrong.getKey().equals("text") ? wrong.getValue() : "Hi",
                    "origin",
                    wrong.getKey().equals("origin") ? wrong.getValue() : null,
                    "aside",
                    wrong.getKey().equals("aside") ? wrong.getValue() : null,
                    "typed",
                    wrong.getKey().equals("typed") ? wrong.getValue() : null);
            assertThat(laptop.nextProblem("malformed-frame").get("id").textValue())
                    .as(wrong.getKey())
                    .isEqualTo(id.toString());
        }
        conversation = UUID.randomUUID();
        writes(laptop, UUID.randomUUID(), null, "Hello");
        laptop.nextProblem("not-found");
    }
}
