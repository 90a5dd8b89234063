package io.replyloop.dataset;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
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
        PublishedReplies.archiveAll(knowledge);
    }

    @Test
    void an_answer_becomes_examples_in_its_own_transaction() {
        answer("Please tell us your order number.", second);

        assertThat(labels())
                .isEqualTo(Map.of(
                        "Please tell us your order number.", 1.0,
                        "A parcel to Zanzibar travels for twelve days.", 0.0,
                        "You can pay by invoice.", 0.0));
        Example example = stored().get(0);
        assertThat(example.query).isEqualTo("- Where is my parcel? Write to [email]");
        assertThat(example.conversationId).isEqualTo(conversation);
        assertThat(example.replyId).isEqualTo(second);
    }

    @Test
    void words_of_any_length_are_learned() {
        String endless = "长".repeat(8_000);
        answer(endless, null);

        assertThat(labels().get(endless)).isEqualTo(1.0);
    }

    @Test
    void a_refused_message_teaches_nothing() {
        assertThatThrownBy(() -> feedback.send(agent, conversation, UUID.randomUUID(), "x", impression, second, 0L))
                .isInstanceOf(Problem.class);

        assertThat(labels()).isEqualTo(Map.of());
    }

    @Test
    void who_uses_a_rejected_suggestion_after_all_takes_the_rejection_back() {
        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);
        assertThat(labels()).isEqualTo(Map.of("Please tell us your order number.", 0.0));

        answer("Please tell us your order number.", second);

        assertThat(labels().get("Please tell us your order number.")).isEqualTo(1.0);
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", null);
        assertThat(stored().stream().filter(example -> example.excluded).count())
                .isEqualTo(1);
    }

    @Test
    void a_rejection_of_what_was_sent_teaches_nothing() {
        answer("Please tell us your order number.", second);
        int before = stored().size();

        feedback.reject(agent, UUID.randomUUID(), impression, second, "wrong", null);

        assertThat(stored().size()).isEqualTo(before);
    }

    @Test
    void a_rejection_of_the_tone_teaches_nothing_about_the_question() {
        feedback.reject(agent, UUID.randomUUID(), impression, second, "tone", null);
        feedback.reject(agent, UUID.randomUUID(), impression, first, "outdated", null);

        assertThat(labels()).isEqualTo(Map.of());
    }

    @Test
    void too_few_examples_are_said_so() {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> datasets.freeze(1_000_000))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.TOO_FEW_EXAMPLES);
        assertThat(problem.getMessage().contains("1000000"))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    @Test
    void the_summary_counts_what_a_run_can_use() {
        ExampleSummary before = examples.summary();
        answer("Please tell us your order number.", second);
        ExampleSummary after = examples.summary();

        assertThat(after.total()).isEqualTo(before.total() + 3);
        assertThat(after.positive()).isEqualTo(before.positive() + 1);
        assertThat(after.negative()).isEqualTo(before.negative() + 2);
        assertThat(after.sinceLastRun()).isEqualTo(before.sinceLastRun() + 3);

        datasets.freeze(1);
        assertThat(examples.summary().sinceLastRun()).isEqualTo(after.sinceLastRun());
        team.sql("update example set excluded = true where id = :value", stored().get(0).id);
        assertThat(examples.summary().total()).isEqualTo(after.total() - 1);
    }

    @Test
    void only_admins_see_how_much_there_is() {
        as(team.newMember(Role.ADMIN)).get("/api/examples/summary").then().statusCode(200);
        as(team.newMember(Role.AGENT)).get("/api/examples/summary").then().statusCode(403);
        nobody().get("/api/examples/summary").then().statusCode(401);
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
}
