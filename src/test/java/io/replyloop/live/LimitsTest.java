package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ReadMarks;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitsTest extends LiveTest {
    @Inject
    EntityManager entities;

    @Inject
    ReadMarks marks;

    @Test
    void invalid_frames_are_refused_and_change_nothing() {
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
    void a_frame_above_the_limit_is_refused_and_the_connection_stays_open() {
        Visitor visitor = visitor();
        SocketClient client = customer(visitor, 0);
        client.send("send", "id", UUID.randomUUID(), "text", "x".repeat(40_000));
        client.nextProblem("frame-too-large");
        client.send("ping");
        client.next("pong");
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
    }

    @Test
    void a_frame_far_above_the_limit_closes_only_this_connection() {
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
    void excess_frames_are_refused_with_a_retry_time_and_can_be_sent_again() {
        SocketClient client = customer(visitor(), 0);
        UUID refused = null;
        for (int i = 0; i < 100; i++) {
            client.send("send", "id", UUID.randomUUID(), "text", "Message " + i);
        }
        JsonNode problem = client.nextProblem("rate-limited");
        assertThat(problem.get("retryAfterMillis").longValue()).isBetween(1L, 1_000L);
        refused = UUID.fromString(problem.get("id").textValue());

        UUID id = refused;
        await().pollDelay(Duration.ofMillis(problem.get("retryAfterMillis").longValue()))
                .untilAsserted(() -> {
                    client.send("send", "id", id, "text", "Once more");
                    JsonNode answer = client.next(
                            "ack", "problem", frame -> frame.path("id").asText().equals(id.toString()));
                    assertThat(answer.path("sequence").longValue()).isGreaterThan(1);
                });
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void the_messages_from_all_pages_of_a_customer_count_together() {
        Visitor visitor = visitor();
        List<SocketClient> pages =
                IntStream.range(0, 10).mapToObj(i -> customer(visitor, 0)).toList();
        Map<UUID, SocketClient> sent = new HashMap<>();
        for (int round = 0; round < 30; round++) {
            for (SocketClient page : pages) {
                UUID id = UUID.randomUUID();
                sent.put(id, page.send("send", "id", id, "text", "Buy now"));
            }
        }
        Map<UUID, JsonNode> answers = new HashMap<>();
        sent.forEach((id, page) -> answers.put(
                id,
                page.next("ack", "problem", frame -> frame.path("id").asText().equals(id.toString()))));
        List<JsonNode> refusals = answers.values().stream()
                .filter(answer -> answer.get("type").textValue().equals("problem"))
                .toList();
        // Thirty at once and one per second, however slowly this test runs.
        assertThat(refusals).hasSizeGreaterThan(150).allSatisfy(refusal -> {
            assertThat(refusal.get("code").textValue()).isEqualTo("rate-limited");
            assertThat(refusal.get("retryAfterMillis").longValue()).isBetween(1L, 1_000L);
        });
        assertThat(pages).allMatch(SocketClient::isOpen);
    }

    @Test
    void repeated_messages_and_read_marks_are_limited() {
        Visitor visitor = visitor();
        UUID id = UUID.randomUUID();
        List<SocketClient> pages =
                IntStream.range(0, 10).mapToObj(i -> customer(visitor, 0)).toList();
        // Fewer than one connection may send at once, but together more than the 300 of a customer.
        for (int round = 0; round < 25; round++) {
            pages.forEach(page -> page.send("send", "id", id, "text", "Once"));
            pages.forEach(page -> page.send("read", "sequence", 1));
        }
        await().until(() -> pages.stream()
                .flatMap(page -> page.received("problem").stream())
                .anyMatch(problem -> problem.get("code").textValue().equals("rate-limited")));
        assertThat(pages).allMatch(SocketClient::isOpen);
    }

    @Test
    void an_unchanged_read_mark_waits_for_no_lock() {
        Visitor visitor = visitor();
        conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "First");
        marks.customerRead(visitor.identity(), null, 1);
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("select id from conversation where customer_id = :customer for no key update")
                    .setParameter("customer", visitor.identity().id())
                    .getResultList();
            assertThat(CompletableFuture.runAsync(() -> {
                        marks.customerRead(visitor.identity(), null, 1);
                        marks.customerRead(visitor.identity(), null, 1_000_000);
                    }))
                    .succeedsWithin(Duration.ofSeconds(20));
        });
    }

    @Test
    void a_customers_excess_connection_is_refused_and_the_others_stay_open() {
        Visitor visitor = visitor();
        SocketClient first = customer(visitor, 0);
        for (int i = 1; i < 10; i++) {
            customer(visitor, 0);
        }
        SocketClient refused = customer();
        refused.send("hello", "token", visitor.token(), "after", 0);
        refused.nextProblem("rate-limited");
        assertThat(refused.closeCode()).isEqualTo(4429);

        first.send("hello", "token", visitor.token(), "after", 0);
        first.next("welcome");
        customer(visitor(), 0);
        first.close();
        await().untilAsserted(() -> {
            SocketClient again = customer();
            again.send("hello", "token", visitor.token(), "after", 0);
            assertThat(again.next("welcome", "problem", frame -> true)
                            .get("type")
                            .textValue())
                    .isEqualTo("welcome");
        });
    }

    @Test
    void the_connections_of_a_customer_share_one_database_connection() {
        Visitor visitor = visitor();
        List<SocketClient> clients =
                IntStream.range(0, 10).mapToObj(i -> customer(visitor, 0)).toList();
        conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "First");
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("select id from conversation where customer_id = :customer for no key update")
                    .setParameter("customer", visitor.identity().id())
                    .getResultList();
            clients.forEach(client -> client.send("send", "id", UUID.randomUUID(), "text", "Hello?"));
            await().during(1, TimeUnit.SECONDS).atMost(5, TimeUnit.SECONDS).until(() -> waitingForLocks() == 1);
        });
        clients.forEach(client -> client.next("ack"));
    }

    private long waitingForLocks() {
        return QuarkusTransaction.requiringNew()
                .call(() -> (Number) entities.createNativeQuery("select count(*) from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'")
                        .getSingleResult())
                .longValue();
    }

    @Test
    void a_client_that_sends_only_invalid_frames_is_disconnected() {
        SocketClient client = customer(visitor(), 0);
        for (int i = 0; i < 300 && client.isOpen(); i++) {
            client.trySend("no frame at all");
        }
        assertThat(client.closeCode()).isEqualTo(4429);
    }
}
