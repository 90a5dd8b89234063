package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.erasure.ErasureService;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasedCustomerTest extends LiveTest {
    @Inject
    ErasureService erasures;

    @Test
    void the_customers_connections_end_and_the_consoles_forget_the_conversation() {
        Visitor visitor = visitor();
        SocketClient page = customer(visitor, 0);
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = page.next("ack").get("conversation").textValue();
        Team.Member admin = team.newMember(Role.ADMIN);
        SocketClient console = agent(admin);

        erasures.erase(visitor.identity().id(), admin.agent().id(), null);

        page.nextProblem("token-invalid");
        assertThat(page.closeCode()).isEqualTo(4401);
        assertThat(console.next("erased").get("conversation").textValue()).isEqualTo(conversation);
        console.next("counts");
    }

    @Test
    void a_token_from_before_is_worth_nothing_and_one_without_a_past_begins_anew() {
        Visitor visitor = visitor();
        SocketClient page = customer(visitor, 0);
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        page.next("ack");
        erasures.erase(
                visitor.identity().id(), team.newMember(Role.ADMIN).agent().id(), null);

        SocketClient again = customer();
        again.send("hello", "token", visitor.token(), "after", 0);
        again.nextProblem("token-invalid");
        assertThat(again.closeCode()).isEqualTo(4401);
        String site = sites.list().stream()
                .filter(one -> one.id().equals(visitor.identity().siteId()))
                .findFirst()
                .orElseThrow()
                .key();
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> tokens.issue(site, visitor.token(), null));
        assertThat(tokens.issue(site, null, null).customer())
                .isNotEqualTo(visitor.identity().id());
    }

    @Test
    void a_message_that_was_on_its_way_brings_nobody_back() {
        Visitor visitor = visitor();
        conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "Hello?");
        erasures.erase(
                visitor.identity().id(), team.newMember(Role.ADMIN).agent().id(), null);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.customerMessage(visitor.identity(), UUID.randomUUID(), "Late"));
        assertThat(conversations.ofCustomer(visitor.identity().id())).isEmpty();
    }
}
