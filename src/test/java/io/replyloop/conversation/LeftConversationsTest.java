package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Agents;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeftConversationsTest {
    @Inject
    People people;

    @Inject
    ConversationService conversations;

    @Inject
    Agents agents;

    @Inject
    LeftConversations left;

    private CustomerIdentity heldBy(SignedInAgent agent) {
        CustomerIdentity customer = people.customer("Kim");
        conversations.customerMessage(customer, UUID.randomUUID(), "Is it waterproof?");
        conversations.take(agent, conversationOf(customer).id(), UUID.randomUUID());
        return customer;
    }

    private ConversationSummary conversationOf(CustomerIdentity customer) {
        return conversations.ofCustomer(customer.id()).orElseThrow();
    }

    private UUID holderOf(CustomerIdentity customer) {
        ConversationSummary.Person assignee = conversationOf(customer).assignee();
        return assignee == null ? null : assignee.id();
    }

    @Test
    void what_somebody_holds_goes_back_into_the_queue_when_they_leave_unless_it_is_resolved() {
        SignedInAgent anna = people.agent("Anna");
        SignedInAgent ben = people.agent("Ben");
        CustomerIdentity open = heldBy(anna);
        CustomerIdentity resolved = resolvedBy(anna);
        CustomerIdentity ofBen = heldBy(ben);

        agents.update(anna.id(), "Anna", anna.role(), false, null);

        assertThat(holderOf(open)).isNull();
        assertThat(holderOf(resolved)).isEqualTo(anna.id());
        assertThat(holderOf(ofBen)).isEqualTo(ben.id());
    }

    @Test
    void nothing_waits_to_be_seen_by_whoever_has_left() {
        SignedInAgent anna = people.agent("Anna");
        SignedInAgent ben = people.agent("Ben");
        CustomerIdentity customer = heldBy(ben);
        List<ConversationSummary.Person> both = List.of(
                new ConversationSummary.Person(anna.id(), "Anna"), new ConversationSummary.Person(ben.id(), "Ben"));
        conversations.note(
                people.agent("Cleo"),
                conversationOf(customer).id(),
                UUID.randomUUID(),
                MessageContent.of("@Anna @Ben look"),
                both);

        agents.update(anna.id(), "Anna", anna.role(), false, null);

        assertThat(conversationOf(customer).triage().mentionUnread()).containsExactly(ben.id());
        assertThat(conversationOf(customer).triage().mentioned()).contains(anna.id(), ben.id());
    }

    @Test
    void whoever_leaves_takes_nothing_any_more_and_what_they_hold_all_the_same_is_found() {
        SignedInAgent anna = people.agent("Anna");
        CustomerIdentity customer = heldBy(anna);
        agents.update(anna.id(), "Anna", anna.role(), false, null);

        UUID conversation = conversationOf(customer).id();
        assertThatThrownBy(() -> conversations.take(anna, conversation, UUID.randomUUID()))
                .hasMessageContaining("Your account is being changed");
        assertThat(holderOf(customer)).isNull();

        // As the release before left some behind.
        QuarkusTransaction.requiringNew().run(() -> Conversation.locked(conversation).assigneeId = anna.id());
        left.look();
        assertThat(holderOf(customer)).isNull();
    }

    @Test
    void what_opens_again_after_somebody_has_left_waits_in_the_queue() {
        SignedInAgent anna = people.agent("Anna");
        SignedInAgent ben = people.agent("Ben");
        CustomerIdentity back = resolvedBy(anna);
        CustomerIdentity reopened = resolvedBy(anna);
        CustomerIdentity ofBen = resolvedBy(ben);
        CustomerIdentity meanwhile = resolvedBy(anna);

        QuarkusTransaction.requiringNew().run(() -> {
            agents.update(anna.id(), "Anna", anna.role(), false, null);
            // Does not wait for it, nor is left to somebody who is on the point of leaving.
            CompletableFuture.runAsync(() -> write(meanwhile))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });
        write(back);
        write(ofBen);
        conversations.changeStatus(
                ben, conversationOf(reopened).id(), UUID.randomUUID(), ConversationStatus.OPEN, null);

        assertThat(holderOf(meanwhile)).isNull();
        assertThat(holderOf(back)).isNull();
        assertThat(holderOf(reopened)).isNull();
        assertThat(holderOf(ofBen)).isEqualTo(ben.id());
    }

    private void write(CustomerIdentity customer) {
        conversations.customerMessage(customer, UUID.randomUUID(), "It is not");
    }

    private CustomerIdentity resolvedBy(SignedInAgent agent) {
        CustomerIdentity customer = heldBy(agent);
        conversations.changeStatus(
                agent, conversationOf(customer).id(), UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        return customer;
    }

    @Test
    void nothing_moves_when_only_the_name_changes() {
        SignedInAgent anna = people.agent("Anna");
        CustomerIdentity open = heldBy(anna);
        agents.update(anna.id(), "Annabel", anna.role(), true, null);
        assertThat(holderOf(open)).isEqualTo(anna.id());
    }
}
