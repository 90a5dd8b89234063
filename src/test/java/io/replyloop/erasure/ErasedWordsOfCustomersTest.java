package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.MessageContent;
import io.replyloop.conversation.Ratings;
import io.replyloop.draft.DraftContent;
import io.replyloop.draft.DraftOrigin;
import io.replyloop.draft.DraftSave;
import io.replyloop.draft.DraftService;
import io.replyloop.draft.DraftText;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Source;
import io.replyloop.identity.CustomerForms;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.CustomerVisit;
import io.replyloop.identity.CustomerVisits;
import io.replyloop.identity.Customers;
import io.replyloop.identity.FilledForm;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers say beside their messages. */
@QuarkusTest
class ErasedWordsOfCustomersTest {
    /** Ends with a letter that no analysis of words takes for an ending. */
    private final String word = "numbat" + UUID.randomUUID().toString().replaceAll("[0-9-]", "") + "x";

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Inject
    Ratings ratings;

    @Inject
    CustomerForms forms;

    @Inject
    CustomerVisits visits;

    @Inject
    DraftService drafts;

    @Inject
    Customers customers;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Traces traces;

    @Inject
    Team team;

    private Team.Member admin;
    private CustomerIdentity customer;
    private UUID conversation;

    @BeforeEach
    void aCustomerWrites() {
        admin = team.newMember(Role.ADMIN);
        customer = chat.customer();
        conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "Hello")
                .event()
                .conversation();
    }

    private void asks(UUID site) {
        as(admin)
                .body(Map.of(
                        "asked",
                        true,
                        "fields",
                        List.of(
                                Map.of("key", "n", "kind", "name"),
                                Map.of("key", "t", "kind", "text", "labelEn", "Anything else?"))))
                .put("/api/sites/" + site + "/form")
                .then()
                .statusCode(200);
    }

    @Test
    void a_name_given_in_a_form_is_in_nothing_that_is_learned_from_and_goes_with_the_customer() {
        conversation = chat.silentConversation("I am " + word + ", where is my parcel?");
        customer = customers
                .find(conversations.summary(conversation).customer().id())
                .orElseThrow();
        asks(customer.siteId());
        forms.keep(customer, new FilledForm(false, Map.of("n", word, "t", "Call me " + word)));
        UUID reply = chat.published("A parcel to Zanzibar travels for twelve days.");
        UUID impression = chat.impression(conversation, List.of(reply), List.of());
        feedback.send(
                admin.agent(),
                conversation,
                UUID.randomUUID(),
                "Dear " + word + ", it is on its way.",
                impression,
                null,
                null,
                new AnswerOrigin(Source.OWN, "Dear " + word, null, null));
        knowledge.archive(reply, null);

        // The words to search for are kept a moment later.
        await().untilAsserted(() -> assertThat(traces.inDatabase(word))
                .containsOnly(
                        "customer.name",
                        "customer_form.answers",
                        "conversation.last_text",
                        "conversation_event.text",
                        "searchable_message.words"));
        assertThat(traces.inDatabase("Dear [name], it is on its way."))
                .contains("decision.text_sent", "example.reply_text");

        erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(traces.inDatabase(customer.id().toString()))
                .containsOnly("erasure.customer_id", "erased_customer.customer_id", "audit_entry.object_id");
    }

    @Test
    void a_rating_is_given_out_with_the_conversation_and_goes_with_it() {
        long resolution = conversations
                .changeStatus(admin.agent(), conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null)
                .event()
                .publicSequence();
        ratings.rate(customer, null, UUID.randomUUID(), resolution, 5, "Thanks, says " + word);

        as(admin)
                .get("/api/customers/" + customer.id() + "/export")
                .then()
                .statusCode(200)
                .body("conversations[0].ratings[0].score", equalTo(5))
                .body("conversations[0].ratings[0].comment", equalTo("Thanks, says " + word));
        assertThat(traces.inDatabase(word)).containsOnly("conversation_rating.comment");
        manyMore();
        as(admin)
                .get("/api/customers/" + customer.id() + "/export")
                .then()
                .body("conversations[0].ratings", hasSize(121))
                .body("conversations[0].ratings[120].comment", equalTo("Thanks, says " + word));

        erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(traces.inDatabase(conversation.toString())).containsOnly("erased_conversation.id");
    }

    @Test
    void answers_that_were_offered_to_them_are_given_out_and_go_with_them() {
        conversations.agentMessage(
                admin.agent(),
                conversation,
                UUID.randomUUID(),
                new MessageContent("Which one?", List.of(), List.of("The " + word, "Neither")),
                null);
        assertThat(traces.inDatabase(word)).containsOnly("conversation_event.choices");
        as(admin).get("/api/customers/" + customer.id() + "/export").then().body(containsString("The " + word));

        erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(traces.inDatabase(word)).isEmpty();
    }

    @Test
    void what_an_agent_has_begun_to_write_to_them_goes_with_them_and_is_given_out_to_nobody() {
        DraftContent content = new DraftContent(
                "reply",
                "Dear " + word,
                new DraftOrigin(null, UUID.randomUUID(), "Owls", "Hello " + word, "search", "for " + word),
                "Hi " + word,
                1L);
        DraftText aside = new DraftText("note", "About " + word);
        drafts.save(
                admin.agent().id(),
                conversation,
                new DraftSave(UUID.randomUUID(), "tab", null, Duration.ZERO, content, aside));
        assertThat(traces.inDatabase(word)).containsOnly("agent_draft.content", "agent_draft.aside");
        as(admin).get("/api/customers/" + customer.id() + "/export").then().body(not(containsString(word)));

        ErasureReport report = erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(report.removed().path("drafts").asInt()).isEqualTo(1);
        assertThat(traces.inDatabase(word)).isEmpty();
    }

    @Test
    void what_the_team_noted_and_corrected_and_where_they_were_is_given_out_and_goes_with_them() {
        String about = "/api/customers/" + customer.id();
        as(admin)
                .body(Map.of("id", UUID.randomUUID(), "text", "Likes " + word))
                .post(about + "/notes")
                .then()
                .statusCode(200);
        as(admin)
                .body(Map.of("name", "Mx " + word, "email", word + "@example.org"))
                .put(about + "/profile")
                .then()
                .statusCode(200);
        visits.keep(
                customer.id(),
                CustomerVisit.of("https://shop.example/" + word, "en", word, word),
                Map.of("plan", word),
                Map.of("level", word));
        assertThat(traces.inDatabase(word))
                .containsOnly(
                        "customer_note.text",
                        "customer.name",
                        "customer.email",
                        "audit_entry.details",
                        "customer_visit.page",
                        "customer_visit.browser",
                        "customer_visit.system",
                        "customer_visit.given",
                        "customer_visit.vouched");
        as(admin)
                .get(about + "/export")
                .then()
                .body("notes[0].text", equalTo("Likes " + word))
                .body("visit.page", equalTo("https://shop.example/" + word))
                .body("attributes.value", contains(word, word))
                .body("customer.email", equalTo(word + "@example.org"));

        ErasureReport report = erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(report.removed().path("customer-notes").asInt()).isEqualTo(1);
        assertThat(traces.inDatabase(word)).isEmpty();
        visits.keep(
                customer.id(),
                CustomerVisit.of("https://shop.example/" + word, "en", word, word),
                Map.of("plan", word),
                Map.of("level", word));
        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(traces.inDatabase(customer.id().toString()))
                .containsOnly("erasure.customer_id", "erased_customer.customer_id", "audit_entry.object_id");
    }

    /** More than are shown to agents, and than are read at once. */
    private void manyMore() {
        team.sql(
                "insert into conversation_rating (conversation_id, resolution, public_sequence, resolved_by, resolved_at,"
                        + " score, comment, act, rated_at)"
                        + " select conversation_id, resolution + n, public_sequence + n, resolved_by, resolved_at, score, '',"
                        + " gen_random_uuid(), rated_at from conversation_rating, generate_series(1, 120) n"
                        + " where conversation_id = :value",
                conversation);
    }
}
