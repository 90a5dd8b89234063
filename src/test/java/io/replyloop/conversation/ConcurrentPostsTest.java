package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConcurrentPostsTest {
    private static final int THREADS = 12;

    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Test
    void many_at_once_make_numbers_without_gaps_and_nothing_twice() throws Exception {
        CustomerIdentity customer = people.customer("Wei");
        SignedInAgent agent = people.agent("Ada");
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "First")
                .event()
                .conversation();
        List<Callable<Posted>> acts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = "Message " + i;
            UUID id = UUID.randomUUID();
            Callable<Posted> act = switch (i % 4) {
                case 0 -> () -> conversations.customerMessage(customer, id, text);
                case 1 -> () -> conversations.agentMessage(agent, conversation, id, text, null);
                case 2 -> () -> conversations.note(agent, conversation, id, text);
                default ->
                    () -> conversations.changeStatus(
                            agent,
                            conversation,
                            id,
                            text.hashCode() % 2 == 0 ? ConversationStatus.OPEN : ConversationStatus.RESOLVED,
                            null);
            };
            // Every act is tried three times, as a client does that hears nothing.
            acts.addAll(Collections.nCopies(3, act));
        }
        Collections.shuffle(acts);

        List<Posted> answers = all(acts);

        List<ConversationEventView> events = conversations.eventsAfter(conversation, 0, 1_000);
        assertThat(events.stream().map(ConversationEventView::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        List<ConversationEventView> publicEvents = conversations.publicEventsAfter(conversation, 0, 1_000);
        assertThat(publicEvents.stream().map(ConversationEventView::publicSequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, publicEvents.size()).boxed().toList());
        assertThat(events.stream().map(ConversationEventView::text).filter(text -> text != null))
                .hasSize(46)
                .doesNotHaveDuplicates();
        assertThat(answers.stream().map(Posted::event).filter(event -> event != null))
                .allSatisfy(event -> assertThat(events).contains(event));
        assertThat(conversations.summary(conversation).lastSequence()).isEqualTo(events.size());
    }

    @Test
    void two_first_messages_at_the_same_moment_make_one_conversation() throws Exception {
        for (int round = 0; round < 10; round++) {
            CustomerIdentity customer = people.customer("Wei");
            List<Callable<Posted>> acts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String text = "Hello " + i;
                acts.add(() -> conversations.customerMessage(customer, UUID.randomUUID(), text));
            }
            List<Posted> answers = all(acts);
            assertThat(answers.stream()
                            .map(answer -> answer.event().conversation())
                            .distinct())
                    .hasSize(1);
            assertThat(answers.stream().map(answer -> answer.event().sequence()))
                    .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void the_same_id_in_two_conversations_at_once_is_stored_in_one_and_a_conflict_in_the_other() throws Exception {
        for (int round = 0; round < 10; round++) {
            CustomerIdentity one = people.customer("Wei");
            CustomerIdentity other = people.customer("Li");
            conversations.customerMessage(one, UUID.randomUUID(), "First");
            conversations.customerMessage(other, UUID.randomUUID(), "First");
            UUID id = UUID.randomUUID();
            List<String> outcomes = all(List.of(outcome(one, id), outcome(other, id)));
            assertThat(outcomes).containsExactlyInAnyOrder("stored", "conflict");
        }
    }

    private Callable<String> outcome(CustomerIdentity customer, UUID id) {
        return () -> {
            try {
                conversations.customerMessage(customer, id, "Twice");
                return "stored";
            } catch (Problem problem) {
                assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                return "conflict";
            }
        };
    }

    private static <T> List<T> all(List<Callable<T>> acts) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(acts)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
