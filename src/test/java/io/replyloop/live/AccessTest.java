package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.EndingTokens;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessTest extends LiveTest {
    private static final String ALMOST_IDLE = "update agent_session set last_seen_at ="
            + " now() - interval '24 hours' + interval '4 seconds' where encode(token_hash, 'hex') = :value";

    @Inject
    Agents agents;

    @Inject
    EndingTokens ending;

    @Inject
    BlockedCustomers blocked;

    private int refusedStatus(String path, String... headers) {
        Throwable thrown = catchThrowable(() -> opened(SocketClient.connect(server.getPort(), path, headers)));
        assertThat(thrown.getCause()).isInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) thrown.getCause()).getResponse().statusCode();
    }

    @Test
    void an_agents_connection_requires_a_session() {
        assertThat(refusedStatus("/ws/agent")).isEqualTo(401);
        assertThat(refusedStatus("/ws/agent", "Cookie", "replyloop_session=made-up"))
                .isEqualTo(401);
        assertThat(refusedStatus(
                        "/ws/agent", "Authorization", "Bearer " + visitor().token()))
                .isEqualTo(401);
    }

    @Test
    void a_page_of_another_origin_cannot_use_an_agents_session() {
        String cookie = "replyloop_session=" + team.newMember(Role.AGENT).cookie();
        assertThat(refusedStatus("/ws/agent", "Cookie", cookie, "Origin", "https://elsewhere.example"))
                .isEqualTo(403);
    }

    @Test
    void a_customers_first_frame_must_be_hello() {
        SocketClient client = customer();
        UUID id = UUID.randomUUID();
        client.send("send", "id", id, "text", "Hello?");
        assertThat(client.nextProblem("hello-first").get("id").textValue()).isEqualTo(id.toString());
        client.send("ping");
        client.nextProblem("hello-first");
        Visitor visitor = visitor();
        client.send("hello", "token", visitor.token(), "after", 0);
        client.next("welcome");
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
    }

    @Test
    void an_invalid_token_closes_the_connection() {
        String token = visitor().token();
        String[] forged = {"", "x", "a.b.c", token + "x", token.substring(0, token.length() - 2)};
        for (String each : forged) {
            SocketClient client = customer();
            client.send("hello", "token", each, "after", 0);
            client.nextProblem("token-invalid");
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void an_expired_token_is_refused_and_stores_nothing() {
        Visitor visitor = visitor();
        String expired = ending.endingAt(Instant.now().minusSeconds(1), visitor.identity());
        SocketClient client = customer();
        client.send("hello", "token", expired, "after", 0);
        client.trySend("{\"type\":\"send\",\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"Hello?\"}");
        client.nextProblem("token-expired");
        assertThat(client.closeCode()).isEqualTo(4401);
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
    }

    @Test
    void a_token_that_expires_during_a_chat_closes_the_connection_and_a_new_token_resumes_it() {
        Visitor visitor = visitor();
        String token = ending.endingAt(Instant.now().plusSeconds(8), visitor.identity());
        SocketClient client = customer();
        client.send("hello", "token", token, "after", 0);
        client.next("welcome");
        client.send("send", "id", UUID.randomUUID(), "text", "Before");
        UUID conversation =
                UUID.fromString(client.next("ack").get("conversation").textValue());

        client.nextProblem("token-expired");
        assertThat(client.closeCode()).isEqualTo(4401);

        SocketClient again = customer(visitor, 1);
        UUID id = UUID.randomUUID();
        again.send("send", "id", id, "text", "After");
        JsonNode ack = again.next("ack");
        assertThat(ack.get("id").textValue()).isEqualTo(id.toString());
        assertThat(ack.get("sequence").longValue()).isEqualTo(2);
        assertThat(conversations.eventsAfter(conversation, 0, 10))
                .extracting(ConversationEventView::text)
                .containsExactly("Before", "After");
    }

    @Test
    void a_connection_without_hello_is_closed_after_a_timeout() {
        assertThat(customer().closeCode()).isEqualTo(4408);
    }

    @Test
    void a_connection_belongs_to_one_customer() {
        SocketClient client = customer(visitor(), 0);
        client.send("hello", "token", visitor().token(), "after", 0);
        client.nextProblem("not-allowed");
    }

    @Test
    void a_second_hello_is_verified_like_the_first() {
        Visitor visitor = visitor();
        SocketClient client = customer(visitor, 0);
        client.send("hello", "token", visitor.token() + "x", "after", 0);
        client.nextProblem("token-invalid");
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void a_customer_cannot_write_a_note_or_read_another_conversation() {
        Visitor one = visitor();
        SocketClient client = customer(one, 0);
        client.send("send", "id", UUID.randomUUID(), "text", "Mine");
        String conversation = client.next("ack").get("conversation").textValue();
        Visitor other = visitor();
        SocketClient stranger = customer(other, 0);

        client.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "a note");
        client.nextProblem("unknown-type");
        stranger.send("note", "id", UUID.randomUUID(), "conversation", conversation, "text", "a note");
        JsonNode problem = stranger.nextProblem("unknown-type");
        assertThat(problem.get("message").textValue()).contains("form, hello, ping, rate, read, send, typing");
        stranger.send("open", "conversation", conversation, "after", 0);
        stranger.nextProblem("unknown-type");
        assertThat(conversations.ofCustomer(other.identity().id())).isEmpty();
        stranger.send("send", "id", UUID.randomUUID(), "text", "To my own", "conversation", conversation);
        assertThat(stranger.next("ack").get("conversation").textValue()).isNotEqualTo(conversation);
        assertThat(conversations.summary(UUID.fromString(conversation)).lastSequence())
                .isEqualTo(1);
    }

    @Test
    void only_admins_can_take_by_force() {
        SocketClient customer = customer(visitor(), 0);
        customer.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = customer.next("ack").get("conversation").textValue();
        SocketClient holder = agent();
        holder.send("take", "id", UUID.randomUUID(), "conversation", conversation);
        holder.next("ack");

        SocketClient colleague = agent();
        colleague.send("take", "id", UUID.randomUUID(), "conversation", conversation, "force", true);
        colleague.nextProblem("not-allowed");
        SocketClient admin = agent(team.newMember(Role.ADMIN));
        admin.send("take", "id", UUID.randomUUID(), "conversation", conversation, "force", true);
        assertThat(admin.next("ack").get("sequence").longValue()).isEqualTo(3);
    }

    @Test
    void consoles_are_notified_at_once_when_a_customer_is_blocked_or_unblocked() {
        Visitor visitor = visitor();
        String conversation = conversations
                .customerMessage(visitor.identity(), UUID.randomUUID(), "Watches?")
                .event()
                .conversation()
                .toString();
        Team.Member ada = team.newMember(Role.AGENT);
        SocketClient agent = agent(ada);
        blocked.block(visitor.identity().id(), ada.agent(), "spam");
        agent.next("conversation", frame -> isOf(conversation, frame, true));
        blocked.unblock(visitor.identity().id());
        agent.next("conversation", frame -> isOf(conversation, frame, false));
    }

    private static boolean isOf(String conversation, JsonNode frame, boolean blocked) {
        JsonNode summary = frame.get("conversation");
        return summary.get("id").textValue().equals(conversation)
                && summary.path("customer").has("blocked") == blocked;
    }

    @Test
    void deactivating_an_account_closes_its_connections() {
        Team.Member member = team.newMember(Role.AGENT);
        SocketClient agent = agent(member);
        agents.update(member.agent().id(), "Somebody", Role.AGENT, false, null);
        assertThat(agent.closeCode()).isEqualTo(4401);
    }

    @Test
    void an_expired_session_loses_its_connections() {
        Team.Member member = team.newMember(Role.AGENT);
        SocketClient agent = agent(member);
        SocketClient colleague = agent();
        team.sql(
                "update agent_session set expires_at = now() where encode(token_hash, 'hex') = :value",
                Team.sessionOf(member));
        assertThat(agent.closeCode()).isEqualTo(4401);
        assertThat(colleague.isOpen()).isTrue();
    }

    @Test
    void an_idle_session_loses_its_connections_unless_the_agent_uses_one() {
        Team.Member idle = team.newMember(Role.AGENT);
        Team.Member working = team.newMember(Role.AGENT);
        SocketClient idling = agent(idle);
        SocketClient busy = agent(working);
        team.sql(ALMOST_IDLE, Team.sessionOf(idle));
        team.sql(ALMOST_IDLE, Team.sessionOf(working));
        idling.send("ping");
        busy.send("typing", "conversation", UUID.randomUUID(), "active", true);
        assertThat(idling.closeCode()).isEqualTo(4401);
        await().during(3, TimeUnit.SECONDS).atMost(5, TimeUnit.SECONDS).until(busy::isOpen);
    }

    @Test
    void an_unknown_conversation_cannot_be_opened() {
        SocketClient agent = agent();
        UUID nowhere = UUID.randomUUID();
        agent.send("open", "conversation", nowhere, "after", 0);
        assertThat(agent.nextProblem("not-found").get("conversation").textValue())
                .isEqualTo(nowhere.toString());
    }
}
