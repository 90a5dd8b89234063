package io.replyloop.suggestion;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.arc.ClientProxy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.retrieval.Retrieval;
import io.replyloop.retrieval.RetrievalThatIsNotReady;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SuggestionServiceTest {
    @Inject
    SuggestionService suggestions;

    @Inject
    Retrieval retrieval;

    @Inject
    ImpressionService impressions;

    @Inject
    Ranker ranker;

    @Inject
    ConversationService conversations;

    @Inject
    KnowledgeService knowledge;

    @Inject
    AnnouncedSuggestions announced;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private CustomerIdentity customer;
    private UUID delivery;

    @BeforeEach
    void aCustomerAndSomeReplies() {
        customer = chat.customer();
        delivery = chat.published("A parcel to Zanzibar travels for twelve days.");
        chat.published("Please tell us your order number.");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    @Test
    void a_question_that_comes_before_the_knowledge_base_has_been_read_is_answered_afterwards() {
        QuarkusMock.installMockForType(new RetrievalThatIsNotReady(ClientProxy.unwrap(retrieval), 1), Retrieval.class);

        UUID conversation = writes("How long does a parcel to Zanzibar take?");

        SuggestionsView view = patiently()
                .until(() -> announced.of(conversation), list -> !list.isEmpty())
                .get(0);
        assertThat(view.items().get(0).reply()).isEqualTo(delivery);
    }

    @Test
    void a_customers_message_brings_suggestions_that_are_stored_and_announced() {
        chat.offers(delivery, List.of("That is fine", "Too long"));
        UUID conversation = writes("How long does a parcel to Zanzibar take?");

        SuggestionsView view = patiently()
                .until(() -> announced.of(conversation), list -> !list.isEmpty())
                .get(0);

        assertThat(view.trigger()).isEqualTo(1);
        assertThat(view.items().size() <= 3).isTrue();
        SuggestionsView.Item first = view.items().get(0);
        assertThat(first.reply()).isEqualTo(delivery);
        assertThat(first.text()).isEqualTo("A parcel to Zanzibar travels for twelve days.");
        assertThat(first.category()).isEqualTo("tests");

        ImpressionView stored = impressions.find(view.impression()).orElseThrow();
        FinalScore score = ranker.score(true);
        double probability = stored.shown().get(0).probability();
        assertThat(first.probability()).isCloseTo(score.said().of(probability), within(1e-9));
        assertThat(first.confidence()).isEqualTo(Confidence.of(probability, true, score.confidence()));
        assertThat(stored.conversation()).isEqualTo(conversation);
        assertThat(stored.question()).isEqualTo("How long does a parcel to Zanzibar take?");
        assertThat(stored.shown().size()).isEqualTo(view.items().size());
        assertThat(stored.candidates().size()).isEqualTo(2);
        assertThat(stored.candidate(delivery).orElseThrow().position()).isEqualTo(1);
        assertThat(stored.candidate(delivery).orElseThrow().probability()).isEqualTo(probability);
        assertThat(suggestions.latest(conversation)).isEqualTo(Optional.of(view));
        assertThat(first.choices()).isEqualTo(List.of("That is fine", "Too long"));
    }

    @Test
    void a_burst_is_one_question_and_the_newest_message_has_the_last_word() {
        UUID conversation = writes("Hello");
        writes("I am waiting for a parcel");
        writes("to Zanzibar");

        ImpressionView stored = patiently()
                .until(() -> impressions.of(conversation, 3), Optional::isPresent)
                .orElseThrow();

        assertThat(stored.question()).isEqualTo("Hello\nI am waiting for a parcel\nto Zanzibar");
        assertThat(suggestions.latest(conversation).orElseThrow().trigger()).isEqualTo(3);
        List<Long> triggers = announced.of(conversation).stream()
                .map(SuggestionsView::trigger)
                .toList();
        assertThat(triggers)
                .as("never an older question after a newer one")
                .isEqualTo(triggers.stream().sorted().toList());
    }

    @Test
    void there_is_nothing_to_suggest_once_the_team_has_answered() {
        UUID conversation = writes("Parcel to Zanzibar?");
        patiently().until(() -> suggestions.latest(conversation).isPresent());

        conversations.agentMessage(
                team.newMember(Role.AGENT).agent(), conversation, UUID.randomUUID(), "Twelve days.", null);

        assertThat(suggestions.latest(conversation)).isEqualTo(Optional.empty());
    }

    @Test
    void opening_a_conversation_computes_what_is_missing() {
        UUID conversation = chat.silentConversation("Zanzibar?");

        assertThat(suggestions.latest(conversation)).isEqualTo(Optional.empty());

        patiently().until(() -> suggestions.latest(conversation).isPresent());
        assertThat(announced.of(conversation).size()).isEqualTo(1);
    }

    @Test
    void a_suggestion_archived_meanwhile_is_not_shown_to_who_opens_later() {
        UUID conversation = writes("Parcel to Zanzibar?");
        patiently().until(() -> suggestions.latest(conversation).isPresent());

        knowledge.archive(delivery, null);

        assertThat(suggestions.latest(conversation).orElseThrow().items().stream()
                        .anyMatch(item -> item.reply().equals(delivery)))
                .isFalse();
    }

    @Test
    void an_impression_is_not_stored_once_the_customer_has_written_more() {
        UUID conversation = chat.silentConversation("one", "two");
        QueryText outdated = new QueryText("one", "one", 1);

        assertThat(record(conversation, outdated)).isFalse();
        assertThat(impressions.of(conversation, 1).isEmpty()).isTrue();
        assertThat(announced.of(conversation).isEmpty()).isTrue();
    }

    @Test
    void the_node_that_is_quicker_stores_the_impression() {
        UUID conversation = chat.silentConversation("one");
        UUID first = chat.impression(conversation, List.of(delivery), List.of());

        assertThat(record(conversation, new QueryText("one", "one", 1))).isFalse();

        assertThat(impressions.of(conversation, 1).orElseThrow().id()).isEqualTo(first);
        assertThat(announced.of(conversation).size()).isEqualTo(1);
    }

    @Test
    void agents_without_a_socket_ask_by_request() {
        UUID conversation = chat.silentConversation("Zanzibar?");
        UUID impression = chat.impression(conversation, List.of(delivery), List.of());
        Team.Member agent = team.newMember(Role.AGENT);
        String address = "/api/conversations/" + conversation + "/suggestions";

        as(agent)
                .get(address)
                .then()
                .statusCode(200)
                .body("impression", equalTo(impression.toString()))
                .body("trigger", equalTo(1))
                .body("model", equalTo(0))
                .body("items[0].reply", equalTo(delivery.toString()))
                .body("items[0].confidence", equalTo("medium"))
                .body("tookMillis", greaterThan(0f));
        nobody().get(address).then().statusCode(401);
        as(agent)
                .get("/api/conversations/" + UUID.randomUUID() + "/suggestions")
                .then()
                .statusCode(404);
        conversations.agentMessage(agent.agent(), conversation, UUID.randomUUID(), "Twelve days.", null);
        as(agent).get(address).then().statusCode(204);
    }

    @Test
    void the_word_that_agents_saw_stays_whatever_the_model_of_today_calls_so() {
        UUID conversation = chat.silentConversation("Zanzibar?");
        UUID impression = chat.impression(conversation, List.of(delivery), List.of());
        assertThat(impressions.find(impression).orElseThrow().shown().get(0).confidence())
                .isEqualTo(Confidence.MEDIUM);

        QuarkusTransaction.requiringNew()
                .run(() -> Impression.getEntityManager()
                        .createNativeQuery(
                                "update impression_candidate set confidence = 'low' where impression_id = :id")
                        .setParameter("id", impression)
                        .executeUpdate());

        assertThat(suggestions.latest(conversation).orElseThrow().items().get(0).confidence())
                .isEqualTo(Confidence.LOW);
    }

    @Test
    void a_reply_of_any_length_fits() {
        UUID endless = chat.published("长".repeat(8_000));
        UUID conversation = chat.silentConversation("长".repeat(8_000));

        chat.impression(conversation, List.of(endless), List.of());

        assertThat(impressions.of(conversation, 1).orElseThrow().question().length())
                .isEqualTo(4_000);
        assertThatThrownBy(() -> chat.impression(conversation, List.of(endless), List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private UUID writes(String text) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), text)
                .event()
                .conversation();
    }

    private boolean record(UUID conversation, QueryText text) {
        var view = new SuggestionsView(conversation, UUID.randomUUID(), text.trigger(), List.of(), 0, 1);
        var ranking = new Ranking(
                null,
                0,
                List.of(),
                0,
                FinalScore.FIRST_STAGE_ONLY.confidence(),
                FinalScore.Said.AS_IT_IS,
                RankedBy.NO_MODEL);
        return impressions.record(view, text, ranking, 1, new Shortlist(List.of(), List.of()));
    }
}
