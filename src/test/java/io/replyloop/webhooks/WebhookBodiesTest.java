package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.Author;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.RatingView;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Outcome;
import io.replyloop.feedback.RejectReason;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.model.ModelPromoted;
import io.replyloop.platform.Json;
import io.replyloop.training.RunFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs out there rely on these shapes. A file for each type, by {@code -Dwebhooks.update} written anew. */
class WebhookBodiesTest {
    private static final Path FILES = Path.of("src/test/resources/webhooks");
    private static final Instant AT = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final UUID CONVERSATION = UUID.fromString("0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11");
    private static final UUID CUSTOMER = UUID.fromString("0190f3a1-4a2d-7f10-8b77-91d2c4e5f602");
    private static final UUID SITE = UUID.fromString("0190f3a1-1111-7f10-8b77-91d2c4e5f602");
    private static final UUID ADA = UUID.fromString("0190f2ff-0c11-7d2e-8f00-6b1a2c3d4e5f");
    private static final UUID ACT = UUID.fromString("5f0c2f5e-8a1b-4c3d-9e2f-7a6b5c4d3e2f");
    private static final UUID IMPRESSION = UUID.fromString("0190f3a1-6c00-7b2a-a1b2-c3d4e5f60718");
    private static final UUID REPLY = UUID.fromString("0190e000-1111-7222-8333-444455556666");
    private static final UUID RUN = UUID.fromString("0190d000-1111-7222-8333-444455556666");
    private static final UUID MODEL = UUID.fromString("0190c000-1111-7222-8333-444455556666");
    private static final UUID OLDER = UUID.fromString("0190b000-1111-7222-8333-444455556666");
    private static final Author WEI = new Author(AuthorKind.CUSTOMER, CUSTOMER, "Wei");
    private static final Author BY_ADA = new Author(AuthorKind.AGENT, ADA, "Ada");
    private static final String QUESTION = "Wei here, write to wei@example.org please.";
    private static final AttachmentView FILE =
            new AttachmentView(REPLY, "invoice.pdf", "application/pdf", 48_213, null, null);

    private static ConversationEventView event(
            long sequence, EventKind kind, Author author, String text, ConversationStatus status, Person assignee) {
        return new ConversationEventView(
                CONVERSATION,
                sequence,
                sequence,
                AT,
                kind,
                author,
                ACT,
                text,
                status,
                assignee == null ? null : assignee.id(),
                assignee == null ? null : assignee.name(),
                kind == EventKind.ASSIGNEE ? new Person(SITE, "Billing") : null,
                kind == EventKind.MESSAGE ? List.of(FILE) : null,
                null,
                null,
                null);
    }

    private static Map<String, ObjectNode> bodies() {
        CustomerIdentity wei = new CustomerIdentity(CUSTOMER, SITE, "Wei", "wei@example.org", "17");
        ConversationEventView message = event(2, EventKind.MESSAGE, WEI, QUESTION, null, null);
        ConversationEventView note = event(4, EventKind.NOTE, BY_ADA, "Second parcel this week.", null, null);
        ConversationEventView given = event(3, EventKind.ASSIGNEE, BY_ADA, "", null, new Person(ADA, "Ada"));
        ConversationEventView back = event(6, EventKind.ASSIGNEE, BY_ADA, "", null, null);
        ConversationEventView resolved = event(5, EventKind.STATUS, BY_ADA, "", ConversationStatus.RESOLVED, null);
        ConversationEventView reopened = event(7, EventKind.STATUS, WEI, "", ConversationStatus.OPEN, null);
        RatingView rating = new RatingView(CONVERSATION, 5, 4, 4, "Thank you, Wei", AT, AT);
        DecisionMade sent =
                new DecisionMade(ACT, IMPRESSION, CONVERSATION, Outcome.EDITED, REPLY, true, "It is on its way", 7);
        DecisionMade rejected = DecisionMade.rejection(ACT, IMPRESSION, CONVERSATION, REPLY, RejectReason.values()[0]);
        RunFinished run =
                new RunFinished(RUN, 12, "succeeded", "schedule", MODEL, "better", null, AT.minusSeconds(900), AT);
        RunFinished failed = new RunFinished(RUN, 13, "failed", "manual", null, null, "worker-died", AT, AT);
        Map<String, ObjectNode> bodies = new TreeMap<>();
        for (Texts texts : Texts.values()) {
            String how = "." + texts.wireName();
            bodies.put("conversation.created" + how, WebhookBodies.created(CONVERSATION, wei, texts));
            bodies.put("message.created" + how, WebhookBodies.written(message, texts, "Wei"));
            bodies.put("conversation.rated" + how, WebhookBodies.rated(rating, texts, "Wei"));
        }
        bodies.put("note.created", WebhookBodies.written(note, Texts.FULL, "Wei"));
        bodies.put("conversation.assigned", WebhookBodies.assigned(given, Texts.NONE));
        bodies.put("conversation.assigned.nobody", WebhookBodies.assigned(back, Texts.NONE));
        bodies.put("conversation.resolved", WebhookBodies.status(resolved, Texts.NONE));
        bodies.put("conversation.reopened", WebhookBodies.status(reopened, Texts.NONE));
        bodies.put("conversation.erased", WebhookBodies.erased(CONVERSATION, CUSTOMER));
        bodies.put("decision.made", WebhookBodies.decided(sent));
        bodies.put("decision.made.rejected", WebhookBodies.decided(rejected));
        bodies.put("run.finished", WebhookBodies.finished(run));
        bodies.put("run.finished.failed", WebhookBodies.finished(failed));
        bodies.put("model.promoted", WebhookBodies.promoted(new ModelPromoted(MODEL, 9, OLDER, 8L, ADA, false, AT)));
        bodies.put("ping", WebhookBodies.ping(RUN, "CRM"));
        return bodies;
    }

    static Stream<String> names() {
        return bodies().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_body_has_the_shape_that_programs_know(String name) throws IOException {
        Path file = FILES.resolve(name + ".json");
        EventType type = Arrays.stream(EventType.values())
                .filter(one -> name.equals(one.wireName()) || name.startsWith(one.wireName() + "."))
                .findFirst()
                .orElseThrow();
        String body = WebhookBodies.envelope(type, AT, type == EventType.PING ? 0 : 3, bodies().get(name));
        if (Boolean.getBoolean("webhooks.update")) {
            Files.writeString(file, Json.PRETTY.writeValueAsString(Json.MAPPER.readTree(body)) + "\n");
        }
        assertThat(Json.MAPPER.readTree(body)).isEqualTo(Json.MAPPER.readTree(Files.readString(file)));
    }

    @Test
    void there_is_a_file_for_each_and_for_nothing_else() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(names().map(name -> name + ".json").collect(Collectors.toSet()));
        }
        Set<String> types = new TreeSet<>();
        for (String name : bodies().keySet()) {
            types.add(Json.MAPPER
                    .readTree(FILES.resolve(name + ".json").toFile())
                    .path("type")
                    .asText());
        }
        assertThat(types)
                .isEqualTo(Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void without_texts_nothing_that_a_customer_wrote_or_is_called_goes_out() {
        bodies().forEach((name, body) -> {
            if (!name.endsWith(".full")) {
                assertThat(body.toString()).as(name).doesNotContain("Wei", "wei@example.org", "invoice");
            }
        });
    }
}
