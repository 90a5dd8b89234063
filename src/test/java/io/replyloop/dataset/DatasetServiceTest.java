package io.replyloop.dataset;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatasetServiceTest {
    @Inject
    DatasetService datasets;

    @Inject
    ExampleService examples;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Session session;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private SignedInAgent agent;
    private UUID first;
    private UUID second;
    private UUID unshown;
    private UUID conversation;
    private UUID impression;

    @BeforeEach
    void aQuestionWithTwoSuggestions() {
        agent = team.newMember(Role.AGENT).agent();
        first = chat.published("A parcel to Zanzibar travels for twelve days.");
        second = chat.published("Please tell us your order number.");
        unshown = chat.published("You can pay by invoice.");
        ask("Where is my parcel? Write to jane@example.org");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().forEach(reply -> knowledge.archive(reply.id(), null));
    }

    @Test
    void anAnswerBecomesExamplesInItsOwnTransaction() {
        answer("Please tell us your order number.", second);

        assertEquals(
                Map.of(
                        "Please tell us your order number.", 1.0,
                        "A parcel to Zanzibar travels for twelve days.", 0.0,
                        "You can pay by invoice.", 0.0),
                labels());
        Example example = stored().get(0);
        assertEquals("- Where is my parcel? Write to [email]", example.query);
        assertEquals(conversation, example.conversationId);
        assertEquals(second, example.replyId);
    }

    @Test
    void wordsOfAnyLengthAreLearned() {
        String endless = "长".repeat(8_000);
        answer(endless, null);

        assertEquals(1.0, labels().get(endless));
    }

    @Test
    void aRefusedMessageTeachesNothing() {
        assertThrows(
                Problem.class,
                () -> feedback.send(agent, conversation, UUID.randomUUID(), "x", impression, second, 0L));

        assertEquals(Map.of(), labels());
    }

    @Test
    void whoUsesARejectedSuggestionAfterAllTakesTheRejectionBack() {
        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);
        assertEquals(Map.of("Please tell us your order number.", 0.0), labels());

        answer("Please tell us your order number.", second);

        assertEquals(1.0, labels().get("Please tell us your order number."));
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        assertEquals(1, stored().stream().filter(example -> example.excluded).count());
    }

    @Test
    void aRejectionOfWhatWasSentTeachesNothing() {
        answer("Please tell us your order number.", second);
        int before = stored().size();

        feedback.reject(agent, UUID.randomUUID(), impression, second, "tone", null);

        assertEquals(before, stored().size());
    }

    @Test
    void aFrozenDatasetKeepsConversationsTogetherAndNamesNobody() {
        Map<UUID, UUID> conversationOfImpression = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            ask("My card is 4111 1111 1111 1111");
            conversationOfImpression.put(impression, conversation);
            answer("Please tell us your order number.", second);
        }

        DatasetVersionView dataset = datasets.freeze(75);

        List<LabelledPair> train = read(dataset, Split.TRAIN);
        List<LabelledPair> dev = read(dataset, Split.DEV);
        assertEquals(dataset.train(), train.size());
        assertEquals(dataset.dev(), dev.size());
        assertFalse(dev.isEmpty());
        Set<UUID> both = conversations(train, conversationOfImpression);
        both.retainAll(conversations(dev, conversationOfImpression));
        assertEquals(Set.of(), both);
        List<LabelledPair> ours = new ArrayList<>(train);
        ours.addAll(dev);
        ours.removeIf(pair -> !conversationOfImpression.containsKey(UUID.fromString(pair.group())));
        assertEquals(75, ours.size());
        assertEquals(
                Set.of("- My card is [card]"),
                ours.stream().map(LabelledPair::query).collect(Collectors.toSet()));
        assertEquals(25, ours.stream().filter(pair -> pair.label() == 1).count());
    }

    @Test
    void aFrozenDatasetNeverChanges() {
        answer("Please tell us your order number.", second);
        DatasetVersionView dataset = datasets.freeze(1);
        List<LabelledPair> before = read(dataset, Split.TRAIN);

        ask("Later");
        answer("Please tell us your order number.", second);
        examples.exclude(stored().get(0).id, true);
        DatasetVersionView next = datasets.freeze(1);

        assertEquals(before, read(dataset, Split.TRAIN));
        assertEquals(dataset.number() + 1, next.number());
        assertEquals(dataset.train() + dataset.dev() + 2, next.train() + next.dev());
    }

    @Test
    void tooFewExamplesAreSaidSo() {
        Problem problem = assertThrows(Problem.class, () -> datasets.freeze(1_000_000));

        assertEquals(ProblemCode.TOO_FEW_EXAMPLES, problem.code());
        assertTrue(problem.getMessage().contains("1000000"), problem.getMessage());
    }

    @Test
    void theSummaryCountsWhatARunCanUse() {
        ExampleSummary before = examples.summary();
        answer("Please tell us your order number.", second);
        ExampleSummary after = examples.summary();

        assertEquals(before.total() + 3, after.total());
        assertEquals(before.positive() + 1, after.positive());
        assertEquals(before.negative() + 2, after.negative());
        assertEquals(before.sinceLastRun() + 3, after.sinceLastRun());

        datasets.freeze(1);
        assertEquals(after.sinceLastRun(), examples.summary().sinceLastRun());
        examples.exclude(stored().get(0).id, true);
        assertEquals(after.total() - 1, examples.summary().total());
    }

    @Test
    void adminsPageThroughExamplesNewestFirst() {
        answer("Please tell us your order number.", second);

        Page<ExampleView> newest = examples.list(null, 2);
        Page<ExampleView> next = examples.list(newest.next(), 1);

        List<Long> ids = new ArrayList<>(stored().stream()
                .map(example -> example.id)
                .sorted((a, b) -> Long.compare(b, a))
                .toList());
        assertEquals(
                ids.subList(0, 2), newest.items().stream().map(ExampleView::id).toList());
        assertEquals(ids.get(2), next.items().get(0).id());
        assertThrows(Problem.class, () -> examples.list("made-up", 2));
    }

    @Test
    void onlyAdminsSeeAndChangeExamples() {
        answer("Please tell us your order number.", second);
        String address = "/api/examples/" + stored().get(0).id;
        Team.Member admin = team.newMember(Role.ADMIN);
        Team.Member other = team.newMember(Role.AGENT);

        as(admin).get("/api/examples?limit=1").then().statusCode(200).body("items.size()", equalTo(1));
        as(admin).get("/api/examples/summary").then().statusCode(200);
        as(admin)
                .body(Map.of("excluded", true))
                .put(address)
                .then()
                .statusCode(200)
                .body("excluded", equalTo(true));
        as(admin).body(Map.of()).put(address).then().statusCode(400);
        as(admin).body(Map.of("excluded", true)).put("/api/examples/0").then().statusCode(404);
        as(other).get("/api/examples").then().statusCode(403);
        as(other).get("/api/examples/summary").then().statusCode(403);
        as(other).body(Map.of("excluded", false)).put(address).then().statusCode(403);
        nobody().get("/api/examples").then().statusCode(401);
        nobody().get("/api/examples/summary").then().statusCode(401);
        nobody().body(Map.of("excluded", false)).put(address).then().statusCode(401);
        assertTrue(stored().get(0).excluded);
    }

    private void ask(String text) {
        conversation = chat.silentConversation(text);
        impression = chat.impression(conversation, List.of(first, second), List.of(unshown));
    }

    private void answer(String text, UUID reply) {
        feedback.send(agent, conversation, UUID.randomUUID(), text, impression, reply, null);
    }

    private List<Example> stored() {
        return QuarkusTransaction.requiringNew().call(() -> Example.list("impressionId = ?1 order by id", impression));
    }

    private Map<String, Double> labels() {
        return stored().stream()
                .filter(example -> !example.excluded)
                .collect(Collectors.toMap(example -> example.replyText, example -> example.label));
    }

    private List<LabelledPair> read(DatasetVersionView dataset, Split split) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.doReturningWork(database -> ExampleReader.part(database, dataset.id(), split)))
                .stream()
                .map(ExampleReader.Frozen::pair)
                .toList();
    }

    private static Set<UUID> conversations(List<LabelledPair> pairs, Map<UUID, UUID> conversationOfImpression) {
        Set<UUID> conversations = new HashSet<>();
        pairs.forEach(pair -> conversations.add(conversationOfImpression.get(UUID.fromString(pair.group()))));
        conversations.remove(null);
        return conversations;
    }
}
