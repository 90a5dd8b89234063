package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.attachment.AttachmentRules;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSnapshot;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Ratings;
import io.replyloop.conversation.ReadMarks;
import io.replyloop.frames.FrameCodec;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.Role;
import io.replyloop.signin.SessionDevice;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a page is shown of a conversation that begins elsewhere while it says hello. */
@QuarkusTest
class BegunMeanwhileTest extends LiveTest {
    @Inject
    LiveConfig limits;

    @Inject
    FrameCodec codec;

    @Inject
    CustomerAdmission admission;

    @Inject
    ConnectionRegistry registry;

    @Inject
    Presence presence;

    @Inject
    KeyedSerialExecutor executor;

    @Inject
    ReadMarks marks;

    @Inject
    Ratings ratings;

    @Inject
    CustomerVisits visits;

    @Inject
    MessageVolume volume;

    @Inject
    Broadcaster broadcaster;

    @Inject
    AttachmentRules attachments;

    private static final class Written implements Socket {
        private final List<String> frames = new CopyOnWriteArrayList<>();

        @Override
        public void write(String text, Runnable taken) {
            frames.add(text);
            taken.run();
        }

        @Override
        public void close(CloseCode code) {
            frames.add("closed " + code);
        }
    }

    /** Something happens between the first look at the customer's conversation and what follows from it. */
    private static final class Interrupted extends CustomerCommandHandler {
        private Runnable meanwhile;

        Interrupted(
                ConversationService conversations,
                ReadMarks marks,
                Ratings ratings,
                CustomerVisits visits,
                MessageVolume volume,
                Broadcaster broadcaster,
                AttachmentRules attachments,
                Runnable meanwhile) {
            super(conversations, marks, ratings, visits, volume, broadcaster, attachments);
            this.meanwhile = meanwhile;
        }

        @Override
        Optional<ConversationSnapshot> snapshotOf(CustomerIdentity customer) {
            Optional<ConversationSnapshot> found = super.snapshotOf(customer);
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            return found;
        }
    }

    private UUID write(CustomerIdentity customer, String text) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), MessageContent.of(text), true)
                .event()
                .conversation();
    }

    @Test
    void a_page_that_says_hello_turns_to_the_conversation_that_is_begun_at_that_moment() {
        Visitor visitor = visitor();
        UUID first = write(visitor.identity(), "About the parcel");
        conversations.changeStatus(
                team.newMember(Role.AGENT).agent(), first, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        Interrupted commands = new Interrupted(
                conversations,
                marks,
                ratings,
                visits,
                volume,
                broadcaster,
                attachments,
                () -> write(visitor.identity(), "About the invoice"));
        Written page = new Written();
        CustomerConnection connection = new CustomerConnection(
                page,
                "192.0.2.1",
                SessionDevice.UNKNOWN,
                new CustomerConnection.Services(
                        limits,
                        codec,
                        admission,
                        commands,
                        registry,
                        presence,
                        executor,
                        new LiveMetrics(registry, null, new SimpleMeterRegistry())));

        connection.receive("{\"type\":\"hello\",\"after\":0,\"token\":\"" + visitor.token() + "\"}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page.frames).anyMatch(frame -> frame.contains("About the invoice")));
        registry.unregister(connection);
    }
}
