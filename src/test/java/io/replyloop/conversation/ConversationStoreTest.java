package io.replyloop.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConversationStoreTest {
    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Test
    void the_first_message_makes_the_conversation() {
        CustomerIdentity customer = people.customer("Wei");
        assertTrue(conversations.ofCustomer(customer.id()).isEmpty());

        Posted posted = conversations.customerMessage(customer, UUID.randomUUID(), "Hello?");

        ConversationSummary summary = conversations.ofCustomer(customer.id()).orElseThrow();
        assertEquals(posted.event().conversation(), summary.id());
        assertEquals(ConversationStatus.OPEN, summary.status());
        assertEquals("Wei", summary.customer().name());
        assertEquals(1, summary.lastSequence());
        assertEquals("Hello?", summary.lastText());
        assertEquals(AuthorKind.CUSTOMER, summary.lastAuthor());
        assertEquals(posted.event().at(), summary.waitingSince());
        assertNull(summary.assignee());
    }

    @Test
    void what_is_stored_reads_back_as_it_was_acknowledged() {
        CustomerIdentity customer = people.customer(null);
        SignedInAgent agent = people.agent("Ada");
        ConversationEventView message = conversations
                .customerMessage(customer, UUID.randomUUID(), "你好 👋")
                .event();
        UUID conversation = message.conversation();
        ConversationEventView note = conversations
                .note(agent, conversation, UUID.randomUUID(), "be kind")
                .event();
        ConversationEventView taken =
                conversations.take(agent, conversation, UUID.randomUUID()).event();
        ConversationEventView answer = conversations
                .agentMessage(agent, conversation, UUID.randomUUID(), "Hi!", null)
                .event();

        assertEquals(List.of(message, note, taken, answer), conversations.eventsAfter(conversation, 0, 10));
        assertEquals(List.of(taken, answer), conversations.eventsAfter(conversation, 2, 10));
        assertEquals(List.of(message, taken, answer), conversations.publicEventsAfter(conversation, 0, 10));
        assertEquals(List.of(message, answer), conversations.lastMessages(conversation, 10));
        assertEquals(List.of(answer), conversations.lastMessages(conversation, 1));
        assertNull(conversations.summary(conversation).waitingSince());
    }

    @Test
    void customers_count_without_notes() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        ConversationEventView note = conversations
                .note(agent, conversation, UUID.randomUUID(), "internal")
                .event();
        ConversationEventView answer = conversations
                .agentMessage(agent, conversation, UUID.randomUUID(), "Two", null)
                .event();

        assertNull(note.publicSequence());
        assertEquals(2, note.sequence());
        assertEquals(3, answer.sequence());
        assertEquals(2, answer.publicSequence());
    }

    @Test
    void a_resolved_conversation_opens_again_with_the_next_message() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        assertNull(conversations.summary(conversation).waitingSince());

        Posted again = conversations.customerMessage(customer, UUID.randomUUID(), "Two");

        assertEquals(conversation, again.event().conversation());
        assertEquals(4, again.event().sequence());
        assertEquals(
                List.of(EventKind.MESSAGE, EventKind.STATUS, EventKind.STATUS, EventKind.MESSAGE),
                conversations.eventsAfter(conversation, 0, 10).stream()
                        .map(ConversationEventView::kind)
                        .toList());
        assertEquals(
                ConversationStatus.OPEN, conversations.summary(conversation).status());
        assertNotNull(conversations.summary(conversation).waitingSince());
    }

    @Test
    void what_is_already_so_makes_no_event() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        conversations.take(agent, conversation, UUID.randomUUID());

        Posted again = conversations.take(agent, conversation, UUID.randomUUID());
        Posted open = conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.OPEN, null);

        assertNull(again.event());
        assertTrue(again.repeated());
        assertNull(open.event());
        assertEquals(2, conversations.summary(conversation).lastSequence());
        assertNotNull(
                conversations.release(agent, conversation, UUID.randomUUID()).event());
        assertNull(conversations.release(agent, conversation, UUID.randomUUID()).event());
    }

    @Test
    void an_agent_who_has_not_seen_the_newest_message_is_told_so_and_nothing_is_stored() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        conversations.note(agent, conversation, UUID.randomUUID(), "a note is nothing that the customer wrote");
        conversations.agentMessage(agent, conversation, UUID.randomUUID(), "Answer to one", 1L);
        conversations.customerMessage(customer, UUID.randomUUID(), "Two");

        UUID send = UUID.randomUUID();
        Problem problem = assertThrows(
                Problem.class, () -> conversations.agentMessage(agent, conversation, send, "Answer to one again", 3L));

        assertEquals(ProblemCode.THREAD_MOVED_ON, problem.code());
        assertEquals(4, conversations.summary(conversation).lastSequence());
        assertFalse(conversations
                .agentMessage(agent, conversation, send, "Answer to two", 4L)
                .repeated());
    }

    @Test
    void whatever_a_colleague_did_since_holds_an_answer_back_and_what_the_agent_did_does_not() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent ada = people.agent("Ada");
        SignedInAgent ben = people.agent("Ben");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        conversations.take(ada, conversation, UUID.randomUUID());
        conversations.release(ada, conversation, UUID.randomUUID());
        List<Supplier<Posted>> deeds = List.of(
                () -> conversations.agentMessage(ben, conversation, UUID.randomUUID(), "Ben answers", null),
                () -> conversations.note(ben, conversation, UUID.randomUUID(), "leave this to me"),
                () -> conversations.take(ben, conversation, UUID.randomUUID()),
                () -> conversations.release(ben, conversation, UUID.randomUUID()),
                () -> conversations.changeStatus(
                        ben, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null),
                () -> conversations.changeStatus(ben, conversation, UUID.randomUUID(), ConversationStatus.OPEN, null));

        for (Supplier<Posted> deed : deeds) {
            long seen = conversations.summary(conversation).lastSequence();
            long then = deed.get().event().sequence();
            assertEquals(
                    ProblemCode.THREAD_MOVED_ON,
                    assertThrows(
                                    Problem.class,
                                    () -> conversations.agentMessage(
                                            ada, conversation, UUID.randomUUID(), "Ada answers", seen))
                            .code());
            assertEquals(then, conversations.summary(conversation).lastSequence());
            conversations.agentMessage(ada, conversation, UUID.randomUUID(), "Ada answers", then);
            conversations.agentMessage(ada, conversation, UUID.randomUUID(), "and adds", then);
        }
    }

    @Test
    void nobody_resolves_a_conversation_over_a_message_that_they_have_not_seen() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "Thanks!")
                .event()
                .conversation();
        conversations.customerMessage(customer, UUID.randomUUID(), "One more thing");

        Problem problem = assertThrows(
                Problem.class,
                () -> conversations.changeStatus(
                        agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, 1L));

        assertEquals(ProblemCode.THREAD_MOVED_ON, problem.code());
        assertEquals(
                ConversationStatus.OPEN, conversations.summary(conversation).status());
        conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, 2L);
    }

    @Test
    void a_repeat_of_a_stored_send_is_acknowledged_even_though_the_thread_has_moved_on() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        UUID send = UUID.randomUUID();
        Posted first = conversations.agentMessage(agent, conversation, send, "Answer", 1L);
        conversations.customerMessage(customer, UUID.randomUUID(), "Two");

        assertEquals(
                new Posted(first.event(), true), conversations.agentMessage(agent, conversation, send, "Answer", 1L));
    }

    @Test
    void an_unknown_conversation_is_not_found() {
        SignedInAgent agent = people.agent("Ada");
        Problem problem = assertThrows(
                Problem.class,
                () -> conversations.agentMessage(agent, UUID.randomUUID(), UUID.randomUUID(), "Hello", null));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertThrows(Problem.class, () -> conversations.summary(UUID.randomUUID()));
    }
}
