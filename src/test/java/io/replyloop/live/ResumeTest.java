package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResumeTest extends LiveTest {
    private static List<Long> sequences(SocketClient client) {
        return client.received("event").stream()
                .map(frame -> frame.get("sequence").longValue())
                .toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static void awaitEvent(SocketClient client, long sequence) {
        client.next("event", frame -> frame.get("sequence").longValue() == sequence);
    }

    @Test
    void a_client_that_reconnects_receives_exactly_what_it_missed() {
        Visitor visitor = visitor();
        SignedInAgent agent = team.newMember(Role.AGENT).agent();
        UUID conversation = write(visitor, 1);
        for (int i = 2; i <= 250; i++) {
            conversations.agentMessage(agent, conversation, UUID.randomUUID(), "Message " + i, null);
        }

        SocketClient client = customer();
        client.send("hello", "token", visitor.token(), "after", 7);
        JsonNode welcome = client.next("welcome");
        // With the answer that made it the agent's.
        assertThat(welcome.get("last").longValue()).isEqualTo(251);
        awaitEvent(client, 251);

        assertThat(sequences(client)).isEqualTo(numbers(8, 251));
        assertThat(client.received().get(0).get("type").textValue()).isEqualTo("welcome");
    }

    @Test
    void nothing_is_missed_or_repeated_while_others_write() throws Exception {
        Visitor visitor = visitor();
        SignedInAgent agent = team.newMember(Role.AGENT).agent();
        UUID conversation = write(visitor, 1);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 2; i <= 120; i++) {
                conversations.agentMessage(agent, conversation, UUID.randomUUID(), "Message " + i, null);
            }
        });
        for (int visit = 0; visit < 8; visit++) {
            SocketClient client = customer(visitor, visit);
            SocketClient console = agent();
            console.send("open", "conversation", conversation, "after", visit);
            awaitEvent(client, 10L * (visit + 1));
            awaitEvent(console, 10L * (visit + 1));
            for (SocketClient each : List.of(client, console)) {
                List<Long> seen = sequences(each);
                assertThat(seen).isEqualTo(numbers(visit + 1, visit + seen.size()));
            }
        }
        writing.get();
    }

    @Test
    void a_second_hello_on_the_same_connection_resumes_from_its_position() {
        Visitor visitor = visitor();
        write(visitor, 5);
        SocketClient client = customer(visitor, 5);
        client.send("hello", "token", visitor.token(), "after", 3);
        client.next("welcome");
        awaitEvent(client, 5);
        assertThat(sequences(client)).isEqualTo(numbers(4, 5));
        write(visitor, 1);
        awaitEvent(client, 6);
        assertThat(sequences(client)).isEqualTo(numbers(4, 6));
    }

    @Test
    void a_client_that_is_ahead_of_the_server_still_receives_what_is_new() {
        Visitor visitor = visitor();
        write(visitor, 2);
        SocketClient client = customer();
        client.send("hello", "token", visitor.token(), "after", 1_000);
        assertThat(client.next("welcome").get("last").longValue()).isEqualTo(2);
        write(visitor, 1);
        awaitEvent(client, 3);
    }

    private UUID write(Visitor visitor, int messages) {
        UUID conversation = null;
        for (int i = 0; i < messages; i++) {
            conversation = conversations
                    .customerMessage(visitor.identity(), UUID.randomUUID(), "Hello?")
                    .event()
                    .conversation();
        }
        return conversation;
    }
}
