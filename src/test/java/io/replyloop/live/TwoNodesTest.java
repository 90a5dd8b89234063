package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.Role;
import io.replyloop.signin.SessionDevice;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application's own node, and a second node on the same database. */
@QuarkusTest
class TwoNodesTest extends LiveTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    BlockedCustomers blocked;

    @Inject
    Presence presence;

    @Inject
    EntityManager entities;

    @Inject
    SecondNode secondNode;

    @BeforeEach
    void startSecondNode() {
        secondNode.start();
        await().atMost(TIMEOUT).until(() -> presence.hasOtherNodes() && secondNode.hasOtherNodes());
    }

    @AfterEach
    void stopSecondNode() throws InterruptedException {
        secondNode.stop();
        await().atMost(TIMEOUT).until(() -> !presence.hasOtherNodes());
    }

    private static final class CollectingSocket implements Socket {
        private static final ObjectMapper MAPPER = new ObjectMapper();
        private final List<JsonNode> frames = new CopyOnWriteArrayList<>();

        @Override
        public void write(String text, Runnable written) {
            try {
                frames.add(MAPPER.readTree(text));
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
            written.run();
        }

        @Override
        public void close(CloseCode code) {
            frames.add(MAPPER.createObjectNode().put("type", "closed").put("code", code.number()));
        }

        void awaitFrame(String type, Predicate<JsonNode> condition) {
            await().atMost(TIMEOUT)
                    .until(() -> frames.stream()
                            .anyMatch(frame -> frame.get("type").textValue().equals(type) && condition.test(frame)));
        }

        JsonNode answerTo(String id) {
            return await().atMost(TIMEOUT)
                    .until(
                            () -> frames.stream()
                                    .filter(frame -> List.of("ack", "problem")
                                                    .contains(frame.get("type").textValue())
                                            && id.equals(frame.path("id").textValue()))
                                    .findFirst()
                                    .orElse(null),
                            Objects::nonNull);
        }

        List<Long> sequences() {
            return frames.stream()
                    .filter(frame -> frame.get("type").textValue().equals("event"))
                    .map(frame -> frame.get("sequence").longValue())
                    .toList();
        }
    }

    private CollectingSocket customerElsewhere(Visitor visitor) {
        CollectingSocket socket = new CollectingSocket();
        CustomerConnection connection =
                secondNode.connections().openCustomer(socket, "elsewhere", SessionDevice.UNKNOWN);
        connection.receive("{\"type\":\"hello\",\"token\":\"" + visitor.token() + "\",\"after\":0}");
        socket.awaitFrame("welcome", frame -> true);
        return socket;
    }

    private static Predicate<JsonNode> sequence(long sequence) {
        return frame -> frame.get("sequence").longValue() == sequence;
    }

    @Test
    void a_customer_on_one_node_talks_to_an_agent_on_the_other() {
        Visitor visitor = visitor();
        CollectingSocket elsewhere = customerElsewhere(visitor);
        SocketClient here = customer(visitor, 0);
        here.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = here.next("ack").get("conversation").textValue();
        elsewhere.awaitFrame("event", sequence(1));

        SocketClient agent = agent();
        elsewhere.awaitFrame("presence", frame -> frame.get("agentsOnline").booleanValue());
        here.close();
        agent.send("open", "conversation", conversation, "after", 0);
        agent.next("presence", frame -> frame.get("customerOnline").booleanValue());
        agent.send("typing", "conversation", conversation, "active", true);
        elsewhere.awaitFrame("typing", frame -> frame.get("active").booleanValue());
        agent.send("send", "id", UUID.randomUUID(), "conversation", conversation, "text", "Hi!");
        elsewhere.awaitFrame("event", sequence(3));
        agent.send("read", "conversation", conversation, "sequence", 1);
        elsewhere.awaitFrame(
                "read",
                frame -> frame.get("by").textValue().equals("agent")
                        && frame.get("sequence").longValue() == 1);
        assertThat(elsewhere.sequences()).containsExactly(1L, 2L, 3L);
    }

    private static long count(JsonNode counts, String which) {
        return counts.get(which).longValue();
    }

    @Test
    void counts_are_sent_after_the_welcome_and_after_each_change_on_every_node_even_under_constant_traffic() {
        Team.Member member = team.newMember(Role.AGENT);
        CollectingSocket there = new CollectingSocket();
        secondNode.connections().openAgent(there, member.agent(), Team.sessionOf(member));
        there.awaitFrame("counts", counts -> count(counts, "mine") == 0);
        SocketClient here = agent(member);
        JsonNode before = here.next("counts");
        UUID conversation = conversationOf(visitor());
        here.next("counts", counts -> count(counts, "waiting") == count(before, "waiting") + 1);
        UUID busy = conversationOf(visitor());
        ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        traffic.scheduleWithFixedDelay(
                () -> conversations.note(member.agent(), busy, UUID.randomUUID(), "and again"),
                0,
                20,
                TimeUnit.MILLISECONDS);
        try {
            conversations.take(member.agent(), conversation, UUID.randomUUID());
            here.next("counts", counts -> count(counts, "mine") == 1);
            there.awaitFrame("counts", counts -> count(counts, "mine") == 1);
            conversations.changeStatus(
                    member.agent(), conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
            here.next("counts", counts -> count(counts, "resolved") == count(before, "resolved") + 1);
            there.awaitFrame("counts", counts -> count(counts, "resolved") == count(before, "resolved") + 1);
        } finally {
            traffic.shutdownNow();
        }
    }

    @Test
    void a_draft_is_on_the_agents_devices_on_every_node() {
        Team.Member member = team.newMember(Role.AGENT);
        CollectingSocket there = new CollectingSocket();
        secondNode.connections().openAgent(there, member.agent(), Team.sessionOf(member));
        UUID conversation = conversationOf(visitor());
        SocketClient here = agent(member);
        UUID version = UUID.randomUUID();

        here.send(
                "draft",
                "id",
                version,
                "conversation",
                conversation,
                "client",
                "tab",
                "age",
                0,
                "mode",
                "note",
                "text",
                "Hm");
        there.awaitFrame("draft", frame -> "Hm".equals(frame.at("/draft/text").textValue()));
        here.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "Hm", "draft", version);
        there.awaitFrame("draft", frame -> !frame.has("draft"));
    }

    @Test
    void changes_made_while_a_node_was_not_listening_reach_its_inboxes() {
        CollectingSocket there = new CollectingSocket();
        Team.Member member = team.newMember(Role.AGENT);
        secondNode.connections().openAgent(there, member.agent(), Team.sessionOf(member));
        there.awaitFrame("counts", counts -> true);

        interruptListening();
        UUID conversation = conversationOf(visitor());
        conversations.take(member.agent(), conversation, UUID.randomUUID());

        there.awaitFrame(
                "conversation",
                frame -> frame.get("conversation").get("id").textValue().equals(conversation.toString()));
        there.awaitFrame("counts", counts -> count(counts, "mine") == 1);
    }

    private UUID conversationOf(Visitor visitor) {
        return conversations
                .customerMessage(visitor.identity(), UUID.randomUUID(), "Hello?")
                .event()
                .conversation();
    }

    private void interruptListening() {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                + " where application_name = 'replyloop-live'")
                        .getSingleResult());
    }

    @Test
    void signing_out_closes_the_connections_of_this_session_on_every_node_and_no_others() {
        Team.Member member = team.newMember(Role.AGENT);
        Team.Member elsewhere = team.again(member);
        SocketClient here = agent(member);
        SocketClient otherSession = agent(elsewhere);
        CollectingSocket there = new CollectingSocket();
        secondNode.connections().openAgent(there, member.agent(), Team.sessionOf(member));

        Team.as(member).delete("/api/session").then().statusCode(204);

        assertThat(here.closeCode()).isEqualTo(4401);
        there.awaitFrame("closed", frame -> frame.get("code").intValue() == 4401);
        otherSession.send("ping");
        otherSession.next("pong");
    }

    @Test
    void a_customer_who_is_blocked_or_whose_site_ends_tokens_loses_the_connections_on_every_node() {
        Visitor visitor = visitor();
        Visitor other = visitor();
        CollectingSocket elsewhere = customerElsewhere(visitor);
        CollectingSocket otherElsewhere = customerElsewhere(other);
        SocketClient here = customer(visitor, 0);
        here.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        here.next("ack");

        blocked.block(visitor.identity().id(), team.newMember(Role.AGENT).agent(), "spam");
        here.nextProblem("blocked");
        assertThat(here.closeCode()).isEqualTo(4403);
        elsewhere.awaitFrame("problem", frame -> frame.get("code").textValue().equals("blocked"));
        elsewhere.awaitFrame("closed", frame -> frame.get("code").intValue() == 4403);
        assertThat(otherElsewhere.frames).noneMatch(frame -> frame.has("code"));

        sites.endCustomerTokens(other.identity().siteId());
        otherElsewhere.awaitFrame("closed", frame -> frame.get("code").intValue() == 4401);
    }

    @Test
    void a_block_that_was_never_announced_is_found_in_the_database() {
        Visitor visitor = visitor();
        CollectingSocket elsewhere = customerElsewhere(visitor);
        conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "One");
        team.sql(
                "insert into blocked_customer (customer_id, blocked_by)"
                        + " select :value, id from agent_account limit 1",
                visitor.identity().id());
        elsewhere.awaitFrame("closed", frame -> frame.get("code").intValue() == 4403);
    }

    @Test
    void messages_that_a_customer_sends_to_one_node_count_on_the_other() {
        Visitor visitor = visitor();
        SocketClient here = customer(visitor, 0);
        CollectingSocket elsewhere = new CollectingSocket();
        CustomerConnection connection =
                secondNode.connections().openCustomer(elsewhere, "elsewhere", SessionDevice.UNKNOWN);
        connection.receive("{\"type\":\"hello\",\"token\":\"" + visitor.token() + "\",\"after\":0}");
        elsewhere.awaitFrame("welcome", frame -> true);
        for (int i = 0; i < 40; i++) {
            here.send("send", "id", UUID.randomUUID(), "text", "Message " + i);
        }
        here.nextProblem("rate-limited");
        // The messages count on the second node once it has been told; until then, one more is stored.
        await().atMost(TIMEOUT).until(() -> {
            String id = UUID.randomUUID().toString();
            connection.receive("{\"type\":\"send\",\"id\":\"" + id + "\",\"text\":\"And here\"}");
            JsonNode answer = elsewhere.answerTo(id);
            return answer.get("type").textValue().equals("problem")
                    && answer.get("code").textValue().equals("rate-limited")
                    && answer.get("retryAfterMillis").longValue() > 0;
        });
    }

    @Test
    void messages_stored_while_no_node_was_listening_are_found_in_the_database() {
        Visitor visitor = visitor();
        conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "One");
        CollectingSocket elsewhere = customerElsewhere(visitor);
        elsewhere.awaitFrame("event", sequence(1));

        interruptListening();
        for (int i = 0; i < 5; i++) {
            conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "More");
        }

        elsewhere.awaitFrame("event", sequence(6));
        assertThat(elsewhere.sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
}
