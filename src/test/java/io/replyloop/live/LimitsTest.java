package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitsTest extends LiveTest {
    @Test
    void what_is_no_frame_is_answered_and_changes_nothing() {
        Visitor visitor = visitor();
        SocketClient client = customer(visitor, 0);
        client.sendText("{\"type\":\"send\",");
        client.nextProblem("malformed-frame");
        client.sendText("[1,2,3]");
        client.nextProblem("malformed-frame");
        client.send("shout", "text", "Hello?");
        client.nextProblem("unknown-type");
        client.sendBinary(new byte[] {1, 2, 3});
        client.nextProblem("malformed-frame");
        UUID id = UUID.randomUUID();
        client.send("send", "id", id, "text", " \n ");
        assertThat(client.nextProblem("text-empty").get("id").textValue()).isEqualTo(id.toString());
        client.send("send", "id", id, "text", "字".repeat(8_001));
        client.nextProblem("text-too-long");

        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
        client.send("send", "id", id, "text", "字".repeat(8_000));
        assertThat(client.next("ack").get("sequence").longValue()).isEqualTo(1);
    }

    @Test
    void a_frame_above_the_limit_is_answered_kindly_and_the_connection_stays() {
        Visitor visitor = visitor();
        SocketClient client = customer(visitor, 0);
        client.send("send", "id", UUID.randomUUID(), "text", "x".repeat(40_000));
        client.nextProblem("frame-too-large");
        client.send("ping");
        client.next("pong");
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
    }

    @Test
    void a_frame_far_above_the_limit_ends_this_connection_and_no_other() {
        SocketClient neighbour = customer(visitor(), 0);
        Visitor visitor = visitor();
        SocketClient client = customer(visitor, 0);
        client.send("send", "id", UUID.randomUUID(), "text", "x".repeat(500_000));
        assertThat(client.closeCode()).isEqualTo(4413);
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
        neighbour.send("ping");
        neighbour.next("pong");
    }

    @Test
    void too_many_frames_are_refused_with_the_time_to_wait_and_can_be_sent_again() {
        SocketClient client = customer(visitor(), 0);
        UUID refused = null;
        for (int i = 0; i < 100; i++) {
            client.send("send", "id", UUID.randomUUID(), "text", "Message " + i);
        }
        JsonNode problem = client.nextProblem("rate-limited");
        assertThat(problem.get("retryAfterMillis").longValue()).isBetween(1L, 1_000L);
        refused = UUID.fromString(problem.get("id").textValue());

        long sequence = 0;
        while (sequence == 0) {
            client.send("send", "id", refused, "text", "Once more");
            UUID id = refused;
            JsonNode answer = client.next(
                    "ack", "problem", frame -> frame.path("id").asText().equals(id.toString()));
            sequence = answer.path("sequence").longValue();
        }
        assertThat(sequence).isGreaterThan(1);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void whoever_only_makes_trouble_is_put_out() {
        SocketClient client = customer(visitor(), 0);
        for (int i = 0; i < 300 && client.isOpen(); i++) {
            client.trySend("no frame at all");
        }
        assertThat(client.closeCode()).isEqualTo(4429);
    }
}
