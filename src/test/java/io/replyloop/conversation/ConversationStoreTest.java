package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    Handovers handovers;

    @Inject
    People people;

    @Test
    void the_first_message_makes_the_conversation() {
        CustomerIdentity customer = people.customer("Wei");
        assertThat(conversations.ofCustomer(customer.id()).isEmpty()).isTrue();

        Posted posted = conversations.customerMessage(customer, UUID.randomUUID(), "Hello?");

        ConversationSummary summary = conversations.ofCustomer(customer.id()).orElseThrow();
        assertThat(summary.id()).isEqualTo(posted.event().conversation());
        assertThat(summary.status()).isEqualTo(ConversationStatus.OPEN);
        assertThat(summary.customer().name()).isEqualTo("Wei");
        assertThat(summary.lastSequence()).isEqualTo(1);
        assertThat(summary.lastText()).isEqualTo("Hello?");
        assertThat(summary.lastAuthor()).isEqualTo(AuthorKind.CUSTOMER);
        assertThat(summary.waitingSince()).isEqualTo(posted.event().at());
        assertThat(summary.assignee()).isNull();
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

        assertThat(conversations.eventsAfter(conversation, 0, 10)).isEqualTo(List.of(message, note, taken, answer));
        assertThat(conversations.eventsAfter(conversation, 2, 10)).isEqualTo(List.of(taken, answer));
        assertThat(conversations.publicEventsAfter(conversation, 0, 10)).isEqualTo(List.of(message, taken, answer));
        assertThat(conversations.lastMessages(conversation, 10)).isEqualTo(List.of(message, answer));
        assertThat(conversations.lastMessages(conversation, 1)).isEqualTo(List.of(answer));
        assertThat(conversations.summary(conversation).waitingSince()).isNull();
    }

    @Test
    void answers_that_are_offered_belong_to_the_message_and_to_its_id() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        UUID id = UUID.randomUUID();
        MessageContent asked = new MessageContent("Has it arrived?", List.of(), List.of("Yes", "No"));
        Posted posted = conversations.agentMessage(agent, conversation, id, asked, null);

        assertThat(posted.event().choices()).containsExactly("Yes", "No");
        assertThat(conversations.lastMessages(conversation, 1)).isEqualTo(List.of(posted.event()));
        assertThat(conversations
                        .agentMessage(agent, conversation, id, asked, null)
                        .repeated())
                .isTrue();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.agentMessage(agent, conversation, id, "Has it arrived?", null))
                .matches(problem -> problem.code() == ProblemCode.CONFLICT);
    }

    @Test
    void whoever_answers_what_nobody_has_has_it_and_a_note_is_no_answer() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent ada = people.agent("Ada");
        SignedInAgent ben = people.agent("Ben");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        conversations.note(ben, conversation, UUID.randomUUID(), "somebody should look");
        assertThat(conversations.summary(conversation).assignee()).isNull();

        UUID send = UUID.randomUUID();
        Posted answer = conversations.agentMessage(ada, conversation, send, "Answer", 2L);

        assertThat(conversations.summary(conversation).assignee().id()).isEqualTo(ada.id());
        assertThat(conversations.queue(1_000)).doesNotContain(conversation);
        ConversationEventView taken =
                conversations.eventsAfter(conversation, 2, 10).get(0);
        assertThat(taken.kind()).isEqualTo(EventKind.ASSIGNEE);
        assertThat(taken.author()).isEqualTo(Author.of(ada));
        assertThat(taken.sequence()).isEqualTo(answer.event().sequence() - 1);

        conversations.release(ada, conversation, UUID.randomUUID());
        assertThat(conversations.agentMessage(ada, conversation, send, "Answer", 2L))
                .isEqualTo(new Posted(answer.event(), true));
        assertThat(conversations.summary(conversation).assignee())
                .as("a repetition takes nothing")
                .isNull();
        conversations.agentMessage(ben, conversation, UUID.randomUUID(), "I have it", null);
        conversations.agentMessage(ada, conversation, UUID.randomUUID(), "and I add", null);
        assertThat(conversations.summary(conversation).assignee().id()).isEqualTo(ben.id());

        conversations.release(ben, conversation, UUID.randomUUID());
        conversations.changeStatus(ben, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        conversations.agentMessage(ada, conversation, UUID.randomUUID(), "One more thing", null);
        assertThat(conversations.summary(conversation).assignee())
                .as("a resolved one waits for nobody")
                .isNull();
    }

    @Test
    void the_id_of_a_click_is_the_customers_and_the_conversations_whose_message_offers_it() {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "One")
                .event()
                .conversation();
        UUID click = UUID.fromString(conversation.toString().substring(0, 24) + "000000000002");
        List<Supplier<Posted>> others = List.of(
                () -> conversations.agentMessage(agent, conversation, click, "Two", null),
                () -> conversations.note(agent, conversation, click, "Two"),
                () -> conversations.take(agent, conversation, click),
                () -> handovers.give(agent, conversation, click, Handover.toEverybody(), MessageContent.of("Two")));
        for (Supplier<Posted> other : others) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(other::get)
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
        }

        conversations.changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        UUID next = conversations
                .customerMessage(customer, UUID.randomUUID(), MessageContent.of("Something else"), true)
                .event()
                .conversation();
        assertThat(next).isNotEqualTo(conversation);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.customerMessage(customer, click, "Yes"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
        UUID here = UUID.fromString(next.toString().substring(0, 24) + "000000000001");
        assertThat(conversations.customerMessage(customer, here, "Yes").event().clientId())
                .isEqualTo(here);
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

        assertThat(note.publicSequence()).isNull();
        assertThat(note.sequence()).isEqualTo(2);
        assertThat(answer.sequence()).as("after the note and that Ada has it").isEqualTo(4);
        assertThat(answer.publicSequence()).isEqualTo(3);
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
        assertThat(conversations.summary(conversation).waitingSince()).isNull();

        Posted again = conversations.customerMessage(customer, UUID.randomUUID(), "Two");

        assertThat(again.event().conversation()).isEqualTo(conversation);
        assertThat(again.event().sequence()).isEqualTo(4);
        assertThat(conversations.eventsAfter(conversation, 0, 10).stream()
                        .map(ConversationEventView::kind)
                        .toList())
                .isEqualTo(List.of(EventKind.MESSAGE, EventKind.STATUS, EventKind.STATUS, EventKind.MESSAGE));
        assertThat(conversations.summary(conversation).status()).isEqualTo(ConversationStatus.OPEN);
        assertThat(conversations.summary(conversation).waitingSince()).isNotNull();
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

        assertThat(again.event()).isNull();
        assertThat(again.repeated()).isTrue();
        assertThat(open.event()).isNull();
        assertThat(conversations.summary(conversation).lastSequence()).isEqualTo(2);
        assertThat(conversations.release(agent, conversation, UUID.randomUUID()).event())
                .isNotNull();
        assertThat(conversations.release(agent, conversation, UUID.randomUUID()).event())
                .isNull();
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
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.agentMessage(agent, conversation, send, "Answer to one again", 4L))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.THREAD_MOVED_ON);
        assertThat(conversations.summary(conversation).lastSequence()).isEqualTo(5);
        assertThat(conversations
                        .agentMessage(agent, conversation, send, "Answer to two", 5L)
                        .repeated())
                .isFalse();
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
                () -> conversations.release(ben, conversation, UUID.randomUUID()),
                () -> {
                    conversations.release(ada, conversation, UUID.randomUUID());
                    return conversations.take(ben, conversation, UUID.randomUUID());
                },
                () -> conversations.changeStatus(
                        ben, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null),
                () -> conversations.changeStatus(ben, conversation, UUID.randomUUID(), ConversationStatus.OPEN, null));

        for (Supplier<Posted> deed : deeds) {
            long seen = conversations.summary(conversation).lastSequence();
            long then = deed.get().event().sequence();
            assertThat(assertThatExceptionOfType(Problem.class)
                            .isThrownBy(() -> conversations.agentMessage(
                                    ada, conversation, UUID.randomUUID(), "Ada answers", seen))
                            .actual()
                            .code())
                    .isEqualTo(ProblemCode.THREAD_MOVED_ON);
            assertThat(conversations.summary(conversation).lastSequence()).isEqualTo(then);
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

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> conversations.changeStatus(
                        agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, 1L))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.THREAD_MOVED_ON);
        assertThat(conversations.summary(conversation).status()).isEqualTo(ConversationStatus.OPEN);
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

        assertThat(conversations.agentMessage(agent, conversation, send, "Answer", 1L))
                .isEqualTo(new Posted(first.event(), true));
    }

    @Test
    void an_unknown_conversation_is_not_found() {
        SignedInAgent agent = people.agent("Ada");
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () -> conversations.agentMessage(agent, UUID.randomUUID(), UUID.randomUUID(), "Hello", null))
                .actual();
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND);
        assertThatThrownBy(() -> conversations.summary(UUID.randomUUID())).isInstanceOf(Problem.class);
    }
}
