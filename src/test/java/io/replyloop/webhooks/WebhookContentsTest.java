package io.replyloop.webhooks;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Ratings;
import io.replyloop.erasure.ErasureReport;
import io.replyloop.erasure.ErasureService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.RejectReason;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.TrainingLab;
import io.replyloop.webhooks.TestReceiver.Received;
import io.replyloop.webhooks.WebhookTesting.Hook;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of what, and of what not. */
@QuarkusTest
class WebhookContentsTest {
    private static final EventType[] ALL = Arrays.stream(EventType.values())
            .filter(type -> type != EventType.PING)
            .toArray(EventType[]::new);

    @Inject
    WebhookTesting webhooks;

    @Inject
    ConversationService conversations;

    @Inject
    InboxActs inbox;

    @Inject
    Ratings ratings;

    @Inject
    FeedbackService feedback;

    @Inject
    ErasureService erasures;

    @Inject
    TestChat chat;

    @Inject
    TrainingLab lab;

    @Inject
    Team team;

    private TestReceiver receiver;
    private SignedInAgent ada;
    private CustomerIdentity wei;

    @BeforeEach
    void setUp() throws IOException {
        receiver = new TestReceiver();
        ada = team.newMember("Ada", Role.AGENT).agent();
        CustomerIdentity anybody = chat.customer();
        wei = new CustomerIdentity(anybody.id(), anybody.siteId(), "Wei", "wei@example.org", "wei-" + anybody.id());
    }

    @AfterEach
    void tearDown() {
        webhooks.tearDown();
        receiver.close();
    }

    private UUID says(String text) {
        return conversations
                .customerMessage(wei, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private void came(int events) {
        Awaitility.await().until(() -> receiver.first().size() >= events);
    }

    private List<Received> of(UUID conversation) {
        return receiver.first().stream()
                .filter(one -> one.conversation().equals(conversation.toString()))
                .toList();
    }

    @Test
    void a_conversation_is_told_from_its_beginning_to_its_rating_signed_and_numbered() {
        Hook hook = webhooks.make(receiver.url(), "full", ALL);
        UUID conversation = says("Where is my parcel?");
        conversations.agentMessage(ada, conversation, UUID.randomUUID(), "Tomorrow, Wei.", null);
        long resolved = conversations
                .changeStatus(ada, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null)
                .event()
                .publicSequence();
        ratings.rate(wei, null, UUID.randomUUID(), resolved, 5, "Kind");
        says("One more thing");
        came(8);

        List<Received> told = of(conversation);
        assertThat(told.stream().map(Received::type))
                .containsExactly(
                        "conversation.created",
                        "message.created",
                        "conversation.assigned",
                        "message.created",
                        "conversation.resolved",
                        "conversation.rated",
                        "conversation.reopened",
                        "message.created");
        assertThat(told.stream().map(Received::sequence)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        JsonNode created = told.get(0).body().path("data");
        assertThat(created.path("site").asText()).isEqualTo(wei.siteId().toString());
        assertThat(created.at("/customer/name").asText()).isEqualTo("Wei");
        assertThat(created.at("/customer/email").asText()).isEqualTo("wei@example.org");
        assertThat(told.get(1).body().at("/data/text").asText()).isEqualTo("Where is my parcel?");

        WebhookSecret secret =
                new WebhookSecret(Base64.getDecoder().decode(hook.secret().substring("whsec_".length())));
        assertThat(receiver.all())
                .allSatisfy(one ->
                        assertThat(one.signature()).isEqualTo(secret.signature(one.id(), one.timestamp(), one.text())));
    }

    @Test
    void what_agents_do_with_suggestions_is_told_after_the_message_that_it_is_in() {
        webhooks.make(receiver.url(), "none", EventType.MESSAGE_CREATED, EventType.DECISION_MADE);
        UUID conversation = chat.silentConversation("How do I return it?");
        UUID reply = chat.published("Within 30 days " + UUID.randomUUID());
        UUID shown = chat.impression(conversation, List.of(reply), List.of());
        feedback.reject(ada, UUID.randomUUID(), shown, reply, RejectReason.values()[0].wireName(), null);
        feedback.send(ada, conversation, UUID.randomUUID(), "In a month, Wei.", shown, null, null);
        came(3);
        List<Received> told = of(conversation);
        assertThat(told.stream().map(Received::type))
                .containsExactly("decision.made", "message.created", "decision.made");
        assertThat(told.get(0).body().at("/data/outcome").asText()).isEqualTo("rejected");
        assertThat(told.get(2).body().at("/data/outcome").asText()).isEqualTo("own-text");
    }

    @Test
    void only_what_was_chosen_is_told_and_nobody_is_asked_about_the_rest() {
        webhooks.make(receiver.url(), "full", EventType.CONVERSATION_RESOLVED);
        UUID conversation = says("Hello");
        conversations.note(ada, conversation, UUID.randomUUID(), "Known to be impatient");
        conversations.changeStatus(ada, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        came(1);
        assertThat(of(conversation).stream().map(Received::type)).containsExactly("conversation.resolved");
        assertThat(of(conversation).get(0).sequence()).isEqualTo(1);
    }

    @Test
    void notes_are_told_to_whom_they_were_promised_and_with_messages_to_nobody() throws IOException {
        try (TestReceiver notes = new TestReceiver()) {
            webhooks.make(receiver.url(), "full", EventType.MESSAGE_CREATED);
            webhooks.make(notes.url(), "full", EventType.NOTE_CREATED);
            UUID conversation = says("Hello");
            conversations.note(ada, conversation, UUID.randomUUID(), "Known to be impatient");
            conversations.agentMessage(ada, conversation, UUID.randomUUID(), "Hello Wei", null);
            came(2);
            Awaitility.await().until(() -> notes.first().size() == 1);
            assertThat(notes.all().get(0).text()).contains("Known to be impatient");
            assertThat(receiver.all().stream().map(Received::text)).noneMatch(text -> text.contains("impatient"));
        }
    }

    @Test
    void texts_go_out_masked_or_not_at_all_where_that_was_chosen() throws IOException {
        String text = "I am Wei, wei@example.org, and my parcel 4711 is late";
        try (TestReceiver masked = new TestReceiver()) {
            webhooks.make(receiver.url(), "none", EventType.MESSAGE_CREATED, EventType.CONVERSATION_CREATED);
            webhooks.make(masked.url(), "masked", EventType.MESSAGE_CREATED, EventType.CONVERSATION_CREATED);
            says(text);
            came(2);
            Awaitility.await().until(() -> masked.first().size() == 2);
            assertThat(receiver.all().toString()).doesNotContain("parcel", "Wei", "wei@");
            assertThat(masked.all().toString()).contains("parcel").doesNotContain("Wei", "wei@");
        }
    }

    @Test
    void nothing_of_spam_is_told() {
        webhooks.make(receiver.url(), "full", ALL);
        UUID conversation = says("Buy now");
        came(2);
        inbox.act(ada, conversation, UUID.randomUUID(), InboxAct.spam(true));
        says("Buy more");
        inbox.act(ada, conversation, UUID.randomUUID(), InboxAct.spam(false));
        says("I am no robot");
        came(3);
        assertThat(of(conversation).stream()
                        .map(one -> one.body().at("/data/text").asText()))
                .containsExactly("", "Buy now", "I am no robot");
    }

    @Test
    void an_erased_conversation_leaves_the_log_and_what_waits_and_receivers_are_told_to_forget_it() {
        receiver.answers((request, received) ->
                request.sendResponseHeaders(received.type().equals("message.created") ? 500 : 200, -1));
        Hook hook = webhooks.make(
                receiver.url(),
                "full",
                EventType.CONVERSATION_CREATED,
                EventType.MESSAGE_CREATED,
                EventType.CONVERSATION_ERASED);
        UUID conversation = says("My secret is " + wei.id());
        came(2);
        assertThat(rows(hook, wei.id().toString())).isEqualTo(2);

        ErasureReport report = erasures.erase(wei.id(), webhooks.admin().agent().id(), null);

        assertThat(report.removed().path("webhook-deliveries").asInt()).isEqualTo(2);
        came(3);
        Received last = receiver.first().get(2);
        assertThat(last.type()).isEqualTo("conversation.erased");
        assertThat(last.conversation()).isEqualTo(conversation.toString());
        assertThat(last.sequence()).isEqualTo(3);
        assertThat(rows(hook, "My secret")).isZero();
    }

    private long rows(Hook hook, String word) {
        return team.count(
                "select count(*) from webhook_delivery where webhook_id = '" + hook.id()
                        + "' and body like '%' || :value || '%'",
                word);
    }

    @Test
    void runs_and_models_are_told_of_too_the_run_before_its_model() {
        lab.setUp();
        try {
            webhooks.make(receiver.url(), "none", EventType.RUN_FINISHED, EventType.MODEL_PROMOTED);
            UUID champion = lab.champion().id();
            lab.conversations(10);
            UUID run = lab.ended();
            came(2);
            Received model = receiver.first().get(0);
            assertThat(model.type()).isEqualTo("model.promoted");
            assertThat(model.body().at("/data/model").asText()).isEqualTo(champion.toString());
            Received finished = receiver.first().get(1);
            assertThat(finished.type()).isEqualTo("run.finished");
            assertThat(finished.body().at("/data/run").asText()).isEqualTo(run.toString());
            assertThat(finished.body().at("/data/status").asText()).isEqualTo("succeeded");
            assertThat(finished.sequence()).isEqualTo(model.sequence() + 1);
        } finally {
            lab.tearDown();
        }
    }

    @Test
    void what_happens_while_a_webhook_is_off_is_not_kept_for_it() {
        Hook hook = webhooks.make(receiver.url(), "full", EventType.MESSAGE_CREATED);
        switched(hook, false);
        says("Nobody hears this");
        switched(hook, true);
        UUID conversation = says("But this");
        came(1);
        assertThat(of(conversation).stream()
                        .map(one -> one.body().at("/data/text").asText()))
                .containsExactly("But this");
    }

    private void switched(Hook hook, boolean on) {
        as(webhooks.admin())
                .body(Map.of(
                        "name",
                        "CRM",
                        "url",
                        receiver.url(),
                        "types",
                        List.of("message.created"),
                        "texts",
                        "full",
                        "enabled",
                        on))
                .put(hook.address())
                .then()
                .statusCode(200);
    }

    @Test
    void a_message_of_many_words_goes_out_whole() {
        webhooks.make(receiver.url(), "full", EventType.MESSAGE_CREATED);
        String text = "你好 ".repeat(1_000).strip();
        conversations.customerMessage(wei, UUID.randomUUID(), MessageContent.of(text));
        came(1);
        assertThat(receiver.all().get(0).body().at("/data/text").asText()).isEqualTo(text);
    }
}
