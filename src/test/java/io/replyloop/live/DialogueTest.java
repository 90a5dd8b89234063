package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DialogueTest extends LiveTest {
    @Test
    void a_customer_and_an_agent_see_the_messages_of_both() {
        SocketClient customer = customer(visitor(), 0);
        SocketClient agent = agent();

        UUID question = UUID.randomUUID();
        customer.send("send", "id", question, "text", "Where is my parcel?");
        JsonNode ack = customer.next("ack");
        assertThat(ack.get("id").textValue()).isEqualTo(question.toString());
        assertThat(ack.get("sequence").longValue()).isEqualTo(1);
        String conversation = ack.get("conversation").textValue();

        JsonNode change = agent.next(
                "conversation",
                frame -> frame.at("/conversation/id").textValue().equals(conversation));
        assertThat(change.at("/conversation/lastText").textValue()).isEqualTo("Where is my parcel?");
        agent.send("open", "conversation", conversation, "after", 0);
        JsonNode opened = agent.next("opened");
        assertThat(opened.at("/conversation/id").textValue()).isEqualTo(conversation);
        assertThat(opened.get("customerOnline").booleanValue()).isTrue();
        JsonNode seen = agent.next("event");
        assertThat(seen.get("text").textValue()).isEqualTo("Where is my parcel?");
        assertThat(seen.at("/author/kind").textValue()).isEqualTo("customer");

        UUID answer = UUID.randomUUID();
        agent.send("send", "id", answer, "conversation", conversation, "text", "On its way.", "seen", 1);
        assertThat(agent.next("ack").get("sequence").longValue()).isEqualTo(3);
        assertThat(event(customer, 2).get("assignee").textValue()).isEqualTo("Somebody");
        JsonNode read = event(customer, 3);
        assertThat(read.get("text").textValue()).isEqualTo("On its way.");
        assertThat(read.at("/author/name").textValue()).isEqualTo("Somebody");
        assertThat(read.has("id")).isFalse();
        JsonNode own = agent.next("event", frame -> frame.get("sequence").longValue() == 3);
        assertThat(own.get("id").textValue()).isEqualTo(answer.toString());
    }

    @Test
    void a_conversation_that_starts_during_a_census_never_lowers_the_resolved_count() {
        Visitor visitor = visitor();
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient agent = QuarkusTransaction.requiringNew().call(() -> {
            // Created at the start of this transaction, and not yet visible when the agent's counts are taken.
            conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "Just born");
            SocketClient first = agent(ada);
            first.next("counts");
            return first;
        });
        JsonNode before = agent.received("counts").get(0);

        agent.next(
                "counts",
                counts -> counts.get("open").longValue() == before.get("open").longValue() + 1);

        assertThat(agent.received("counts"))
                .extracting(counts -> counts.get("resolved").longValue())
                .containsOnly(before.get("resolved").longValue());
    }

    @Test
    void a_repeated_send_is_stored_once_and_acknowledged_again() {
        Visitor visitor = visitor();
        SocketClient customer = customer(visitor, 0);
        UUID id = UUID.randomUUID();
        customer.send("send", "id", id, "text", "Hello?");
        JsonNode first = customer.next("ack");
        customer.send("send", "id", id, "text", "Hello?");
        assertThat(customer.next("ack")).isEqualTo(first);

        SocketClient again = customer(visitor, 0);
        again.send("send", "id", id, "text", "Hello?");
        assertThat(again.next("ack")).isEqualTo(first);
        again.send("send", "id", id, "text", "Something else");
        JsonNode problem = again.nextProblem("conflict");
        assertThat(problem.get("id").textValue()).isEqualTo(id.toString());
        assertThat(conversations
                        .ofCustomer(visitor.identity().id())
                        .orElseThrow()
                        .lastSequence())
                .isEqualTo(1);
    }

    @Test
    void every_window_of_the_customer_receives_the_first_message() {
        Visitor visitor = visitor();
        SocketClient one = customer(visitor, 0);
        SocketClient other = customer(visitor, 0);

        one.send("send", "id", UUID.randomUUID(), "text", "Hello?");

        assertThat(other.next("event").get("text").textValue()).isEqualTo("Hello?");
        one.send("send", "id", UUID.randomUUID(), "text", "Anybody?");
        event(other, 2);
    }

    @Test
    void answers_that_an_agent_offers_reach_the_customer_as_they_were_given_and_only_if_they_fit() {
        Visitor visitor = visitor();
        SocketClient customer = customer(visitor, 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?", "choices", List.of("from a customer"));
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient agent = agent();
        UUID id = UUID.randomUUID();
        Object[] asked = {
            "id", id, "conversation", conversation, "text", "Has it come?", "choices", List.of("Yes ", "No")
        };
        agent.send("send", asked);
        JsonNode ack = agent.next("ack");
        agent.send("send", asked);
        assertThat(agent.next("ack")).isEqualTo(ack);

        JsonNode offered = event(customer, 3);
        assertThat(offered.get("choices").toString()).isEqualTo("[\"Yes\",\"No\"]");
        assertThat(event(customer(visitor, 0), 3)).isEqualTo(offered);
        assertThat(customer.received("event").get(0).has("choices")).isFalse();
        agent.send("send", "id", UUID.randomUUID(), "conversation", conversation, "text", "?", "choices", "Yes");
        agent.nextProblem("malformed-frame");
        List<String> twice = List.of("Yes", "Yes ");
        agent.send("send", "id", UUID.randomUUID(), "conversation", conversation, "text", "?", "choices", twice);
        agent.nextProblem("invalid");
    }

    @Test
    void notes_reach_agents_and_are_invisible_to_the_customer() {
        Visitor visitor = visitor();
        SocketClient customer = customer(visitor, 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient agent = agent();
        SocketClient colleague = agent();
        colleague.send("open", "conversation", conversation, "after", 0);

        agent.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "a difficult one");
        assertThat(agent.next("ack").get("sequence").longValue()).isEqualTo(2);
        agent.send("send", "id", UUID.randomUUID(), "conversation", conversation, "text", "Hi!");
        assertThat(agent.next("ack").get("sequence").longValue()).isEqualTo(4);

        assertThat(colleague
                        .next("event", frame -> frame.get("kind").textValue().equals("note"))
                        .get("text")
                        .textValue())
                .isEqualTo("a difficult one");
        // The numbering has no gap at the note, neither live nor after a reconnect.
        assertThat(event(customer, 3).get("text").textValue()).isEqualTo("Hi!");
        SocketClient resumed = customer(visitor, 0);
        event(resumed, 3);
        assertThat(customer.received().toString() + resumed.received())
                .doesNotContain("difficult")
                .doesNotContain("note");
    }

    @Test
    void both_sides_see_resolving_taking_and_reopening() {
        SocketClient customer = customer(visitor(), 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        Team.Member member = team.newMember(Role.AGENT);
        SocketClient agent = agent(member);

        agent.send("take", "id", UUID.randomUUID(), "conversation", conversation);
        assertThat(agent.next("ack").get("sequence").longValue()).isEqualTo(2);
        assertThat(event(customer, 2).get("assignee").textValue()).isEqualTo("Somebody");
        agent.send("take", "id", UUID.randomUUID(), "conversation", conversation);
        assertThat(agent.next("ack").has("sequence")).isFalse();
        agent.send("status", "id", UUID.randomUUID(), "conversation", conversation, "status", "resolved");
        assertThat(event(customer, 3).get("status").textValue()).isEqualTo("resolved");

        SocketClient colleague = agent();
        colleague.send("take", "id", UUID.randomUUID(), "conversation", conversation);
        colleague.nextProblem("conflict");
        customer.send("send", "id", UUID.randomUUID(), "text", "One more thing");
        assertThat(event(customer, 4).get("status").textValue()).isEqualTo("open");
        assertThat(event(customer, 5).get("text").textValue()).isEqualTo("One more thing");
    }

    @Test
    void typing_and_read_marks_reach_the_other_side() {
        SocketClient customer = customer(visitor(), 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient agent = agent();
        agent.send("open", "conversation", conversation, "after", 0);
        agent.next("opened");

        customer.send("typing", "active", true);
        JsonNode typing = agent.next("typing");
        assertThat(typing.get("by").textValue()).isEqualTo("customer");
        assertThat(typing.get("active").booleanValue()).isTrue();
        agent.send("typing", "conversation", conversation, "active", true);
        assertThat(customer.next("typing").get("name").textValue()).isEqualTo("Somebody");

        agent.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "shifts the numbering");
        agent.next("ack");
        agent.send("read", "conversation", conversation, "sequence", 2);
        assertThat(customer.next("read", frame -> frame.get("by").textValue().equals("agent"))
                        .get("sequence")
                        .longValue())
                .isEqualTo(1);
        agent.send("send", "id", UUID.randomUUID(), "conversation", conversation, "text", "Hi!");
        event(customer, 3);
        customer.send("read", "sequence", 99);
        assertThat(agent.next(
                                "read",
                                frame -> frame.get("by").textValue().equals("customer")
                                        && frame.get("sequence").longValue() > 0)
                        .get("sequence")
                        .longValue())
                .isEqualTo(4);
    }

    @Test
    void agents_see_other_viewers_and_when_the_customer_leaves() {
        SocketClient customer = customer(visitor(), 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient agent = agent();
        agent.send("open", "conversation", conversation, "after", 0);
        assertThat(agent.next("opened").get("customerOnline").booleanValue()).isTrue();

        SocketClient colleague = agent();
        colleague.send("open", "conversation", conversation, "after", 0);
        agent.next("presence", frame -> frame.get("viewers").size() == 2);
        colleague.send("close", "conversation", conversation);
        agent.next("presence", frame -> frame.get("viewers").size() == 1);
        customer.close();
        agent.next("presence", frame -> !frame.get("customerOnline").booleanValue());
    }

    private static JsonNode event(SocketClient client, long sequence) {
        return client.next("event", frame -> frame.get("sequence").longValue() == sequence);
    }
}
