package io.replyloop.shadow;

import static io.replyloop.signin.Team.as;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.conversation.ConversationService;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.retrieval.Candidate;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.SuggestionService;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.TrainingLab;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two models, one of which serves, and what a test asks of a shadow. */
abstract class WithTwoModels {
    static final String QUESTION = "How long does a parcel to Zanzibar take?";

    @Inject
    TrainingLab lab;

    @Inject
    ShadowRunner runner;

    @Inject
    ShadowService shadows;

    @Inject
    ShadowConfig config;

    @Inject
    SuggestionService suggestions;

    @Inject
    Ranker ranker;

    @Inject
    ModelRegistry models;

    @Inject
    ConversationService conversations;

    @Inject
    KnowledgeService knowledge;

    @Inject
    FeedbackService feedback;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @Inject
    Session database;

    ModelVersionView champion;
    ModelVersionView challenger;
    Team.Member admin;
    Team.Member agent;
    UUID delivery;

    @BeforeEach
    void twoModelsAndTwoReplies() {
        lab.setUp();
        champion = lab.champion();
        challenger = lab.challenger();
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        delivery = chat.published("A parcel to Zanzibar travels for twelve days.");
        chat.published("Please tell us your order number.");
        patiently().until(() -> ranker.serving().filter(one -> one.model().equals(champion.id())), Optional::isPresent);
    }

    @AfterEach
    void tearDown() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
        lab.tearDown();
        runner.look();
    }

    String start(Map<String, Object> wish) {
        return as(admin)
                .body(wish)
                .post("/api/shadows")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    ShadowView get(String id) {
        return QuarkusTransaction.requiringNew().call(() -> shadows.view(UUID.fromString(id)));
    }

    /** The impression of a question that the customer has just asked. */
    UUID asked(CustomerIdentity customer) {
        UUID conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), QUESTION)
                .event()
                .conversation();
        return patiently()
                .until(() -> suggestions.latest(conversation).map(view -> view.impression()), Optional::isPresent)
                .orElseThrow();
    }

    void answers(UUID impression, UUID reply, String text) {
        feedback.send(agent.agent(), conversationOf(impression), UUID.randomUUID(), text, impression, reply, null);
    }

    UUID conversationOf(UUID impression) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select conversation_id from impression where id = ?1", UUID.class)
                        .setParameter(1, impression)
                        .getSingleResult());
    }

    Optional<Object[]> row(UUID impression) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select replies, probabilities from shadow_impression where impression_id = ?1",
                                Object[].class)
                        .setParameter(1, impression)
                        .uniqueResultOptional());
    }

    /** The probability of the reply that was shown first. */
    double shownFirst(UUID impression) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select probability from impression_candidate where impression_id = ?1 and shown"
                                        + " order by position limit 1",
                                Double.class)
                        .setParameter(1, impression)
                        .getSingleResult());
    }

    static double[] doubles(Object array) {
        return Arrays.stream((Double[]) array).mapToDouble(Double::doubleValue).toArray();
    }

    List<Candidate> candidates() {
        return new ArrayList<>(suggestions.wouldShow("- " + QUESTION, QUESTION));
    }

    static Ranking by(Ranking ranking, RankedBy by) {
        return new Ranking(
                ranking.modelId(),
                ranking.modelNumber(),
                ranking.scored(),
                ranking.threshold(),
                ranking.confidence(),
                ranking.said(),
                by);
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
