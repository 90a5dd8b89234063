package io.replyloop.suggestion;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aQuestionThatComesBeforeTheKnowledgeBaseHasBeenReadIsAnsweredAfterwards() {
        QuarkusMock.installMockForType(new RetrievalThatIsNotReady(ClientProxy.unwrap(retrieval), 1), Retrieval.class);

        UUID conversation = writes("How long does a parcel to Zanzibar take?");

        SuggestionsView view = patiently()
                .until(() -> announced.of(conversation), list -> !list.isEmpty())
                .get(0);
        assertEquals(delivery, view.items().get(0).reply());
    }

    @Test
    void aCustomersMessageBringsSuggestionsThatAreStoredAndAnnounced() {
        UUID conversation = writes("How long does a parcel to Zanzibar take?");

        SuggestionsView view = patiently()
                .until(() -> announced.of(conversation), list -> !list.isEmpty())
                .get(0);

        assertEquals(1, view.trigger());
        assertTrue(view.items().size() <= 3);
        SuggestionsView.Item first = view.items().get(0);
        assertEquals(delivery, first.reply());
        assertEquals("A parcel to Zanzibar travels for twelve days.", first.text());
        assertEquals("tests", first.category());

        ImpressionView stored = impressions.find(view.impression()).orElseThrow();
        FinalScore score = ranker.score(true);
        double probability = stored.shown().get(0).probability();
        assertEquals(score.said().of(probability), first.probability(), 1e-9);
        assertEquals(Confidence.of(probability, true, score.confidence()), first.confidence());
        assertEquals(conversation, stored.conversation());
        assertEquals("How long does a parcel to Zanzibar take?", stored.question());
        assertEquals(view.items().size(), stored.shown().size());
        assertEquals(2, stored.candidates().size());
        assertEquals(1, stored.candidate(delivery).orElseThrow().position());
        assertEquals(
                first.probability(), stored.candidate(delivery).orElseThrow().probability());
        assertEquals(Optional.of(view), suggestions.latest(conversation));
    }

    @Test
    void aBurstIsOneQuestionAndTheNewestMessageHasTheLastWord() {
        UUID conversation = writes("Hello");
        writes("I am waiting for a parcel");
        writes("to Zanzibar");

        ImpressionView stored = patiently()
                .until(() -> impressions.of(conversation, 3), Optional::isPresent)
                .orElseThrow();

        assertEquals("Hello\nI am waiting for a parcel\nto Zanzibar", stored.question());
        assertEquals(3, suggestions.latest(conversation).orElseThrow().trigger());
        List<Long> triggers = announced.of(conversation).stream()
                .map(SuggestionsView::trigger)
                .toList();
        assertEquals(triggers.stream().sorted().toList(), triggers, "never an older question after a newer one");
    }

    @Test
    void thereIsNothingToSuggestOnceTheTeamHasAnswered() {
        UUID conversation = writes("Parcel to Zanzibar?");
        patiently().until(() -> suggestions.latest(conversation).isPresent());

        conversations.agentMessage(
                team.newMember(Role.AGENT).agent(), conversation, UUID.randomUUID(), "Twelve days.", null);

        assertEquals(Optional.empty(), suggestions.latest(conversation));
    }

    @Test
    void openingAConversationComputesWhatIsMissing() {
        UUID conversation = chat.silentConversation("Zanzibar?");

        assertEquals(Optional.empty(), suggestions.latest(conversation));

        patiently().until(() -> suggestions.latest(conversation).isPresent());
        assertEquals(1, announced.of(conversation).size());
    }

    @Test
    void aSuggestionArchivedMeanwhileIsNotShownToWhoOpensLater() {
        UUID conversation = writes("Parcel to Zanzibar?");
        patiently().until(() -> suggestions.latest(conversation).isPresent());

        knowledge.archive(delivery, null);

        assertFalse(suggestions.latest(conversation).orElseThrow().items().stream()
                .anyMatch(item -> item.reply().equals(delivery)));
    }

    @Test
    void anImpressionIsNotStoredOnceTheCustomerHasWrittenMore() {
        UUID conversation = chat.silentConversation("one", "two");
        QueryText outdated = new QueryText("one", "one", 1);

        assertFalse(record(conversation, outdated));
        assertTrue(impressions.of(conversation, 1).isEmpty());
        assertTrue(announced.of(conversation).isEmpty());
    }

    @Test
    void theNodeThatIsQuickerStoresTheImpression() {
        UUID conversation = chat.silentConversation("one");
        UUID first = chat.impression(conversation, List.of(delivery), List.of());

        assertFalse(record(conversation, new QueryText("one", "one", 1)));

        assertEquals(first, impressions.of(conversation, 1).orElseThrow().id());
        assertEquals(1, announced.of(conversation).size());
    }

    @Test
    void agentsWithoutASocketAskByRequest() {
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
    void theWordThatAgentsSawStaysWhateverTheModelOfTodayCallsSo() {
        UUID conversation = chat.silentConversation("Zanzibar?");
        UUID impression = chat.impression(conversation, List.of(delivery), List.of());
        assertEquals(
                Confidence.MEDIUM,
                impressions.find(impression).orElseThrow().shown().get(0).confidence());

        QuarkusTransaction.requiringNew()
                .run(() -> Impression.getEntityManager()
                        .createNativeQuery(
                                "update impression_candidate set confidence = 'low' where impression_id = :id")
                        .setParameter("id", impression)
                        .executeUpdate());

        assertEquals(
                Confidence.LOW,
                suggestions.latest(conversation).orElseThrow().items().get(0).confidence());
    }

    @Test
    void aReplyOfAnyLengthFits() {
        UUID endless = chat.published("长".repeat(8_000));
        UUID conversation = chat.silentConversation("长".repeat(8_000));

        chat.impression(conversation, List.of(endless), List.of());

        assertEquals(
                4_000, impressions.of(conversation, 1).orElseThrow().question().length());
        assertThrows(IllegalStateException.class, () -> chat.impression(conversation, List.of(endless), List.of()));
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
