package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.OwnScore;
import io.replyloop.ranking.Ranker;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OwnScoreFollowerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    FeedbackService feedback;

    @Inject
    DatasetService datasets;

    @Inject
    ExampleService examples;

    @Inject
    KnowledgeService knowledge;

    @Inject
    EntityManager entities;

    @Inject
    Ranker ranker;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private final List<UUID> conversations = new ArrayList<>();
    private SignedInAgent agent;
    private UUID first;
    private UUID second;
    private UUID model;

    @BeforeEach
    void aModelAndTwoReplies() {
        agent = team.newMember(Role.AGENT).agent();
        first = chat.published("A parcel to Zanzibar travels for twelve days.");
        second = chat.published("Please tell us your order number.");
        model = await().atMost(PATIENCE)
                .until(ranker::serving, serving -> serving.isPresent())
                .orElseThrow()
                .model();
    }

    @AfterEach
    void nothingIsLeftToLearnFrom() {
        List.of(first, second).forEach(reply -> knowledge.archive(reply, null));
        QuarkusTransaction.requiringNew()
                .run(() -> conversations.forEach(
                        id -> entities.createNativeQuery("delete from conversation where id = :id")
                                .setParameter("id", id)
                                .executeUpdate()));
        ranker.use(null);
    }

    /** Both replies suggested, in this order, by the model that serves. */
    private UUID ranked() {
        UUID conversation = chat.silentConversation("Where is my parcel?");
        conversations.add(conversation);
        UUID impression = chat.impression(conversation, List.of(first, second), List.of());
        update("update impression set model_id = :other where id = :id", impression, model);
        return impression;
    }

    private void update(String sql, UUID id, Object other) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(sql)
                        .setParameter("id", id)
                        .setParameter("other", other)
                        .executeUpdate());
    }

    private UUID send(UUID impression, UUID reply, String text) {
        UUID id = UUID.randomUUID();
        UUID conversation = conversations.get(conversations.size() - 1);
        feedback.send(agent, conversation, id, text, impression, reply, null);
        return id;
    }

    private List<List<OwnScore.Candidate>> decided() {
        return examples.decided(model);
    }

    @Test
    void a_decision_is_read_with_what_spoke_for_each_candidate() {
        int before = decided().size();
        send(ranked(), second, "Please tell us your order number.");

        List<List<OwnScore.Candidate>> after = decided();
        assertThat(after).hasSize(before + 1);
        List<OwnScore.Candidate> newest = after.get(before);
        assertThat(newest).extracting(OwnScore.Candidate::fits).containsExactly(false, true);
        assertThat(newest.get(0).evidence()).isEqualTo(TestChat.evidence(0.9));
        assertThat(newest.get(0).logit()).as("not read").isNull();
    }

    @Test
    void to_a_question_that_was_answered_in_own_words_nothing_fits() {
        int before = decided().size();
        send(ranked(), null, "It is on its way, and we have asked the carrier to call you this afternoon.");

        assertThat(decided().get(before)).extracting(OwnScore.Candidate::fits).containsOnly(false);
    }

    @Test
    void what_was_neither_right_nor_wrong_and_what_others_ranked_does_not_count() {
        int before = decided().size();
        send(
                ranked(),
                first,
                "We are sorry. It was lost on the way, and a new one leaves the warehouse today, free of charge.");
        UUID impression = ranked();
        update("update impression set model_id = null where id = :id and :other = 0", impression, 0);
        send(impression, first, "A parcel to Zanzibar travels for twelve days.");

        assertThat(decided()).hasSize(before);
    }

    @Test
    void what_an_admin_has_excluded_is_taken_back() {
        int before = decided().size();
        UUID decision = send(ranked(), first, "A parcel to Zanzibar travels for twelve days.");
        assertThat(decided()).hasSize(before + 1);

        update("update example set excluded = :other where decision_id = :id", decision, true);
        assertThat(decided()).hasSize(before);
    }

    @Test
    void what_a_run_measures_with_tells_it_nothing() {
        List<UUID> impressions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            impressions.add(ranked());
            send(impressions.get(i), first, "A parcel to Zanzibar travels for twelve days.");
        }
        UUID dataset = datasets.freeze(1).id();

        Set<UUID> heldOut = read(database -> ExampleReader.heldOut(database, dataset));
        heldOut.retainAll(impressions);
        List<List<OwnScore.Candidate>> rest = read(database -> DecidedImpressions.by(model, dataset, database));
        assertThat(rest).hasSize(decided().size() - heldOut.size());
    }

    private <T> T read(ReturningWork<T> work) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.unwrap(Session.class).doReturningWork(work));
    }

    @Test
    void the_ranker_says_less_of_suggestions_that_nobody_uses_until_another_model_serves() {
        FinalScore.Said before = ranker.score(true).said();
        for (int i = 0; i < 2 * OwnScore.FEWEST; i++) {
            send(ranked(), null, "We have looked into case " + i + " and will write to you by tomorrow.");
        }

        await().atMost(PATIENCE).until(() -> ranker.score(true).said().of(0.8) < before.of(0.8));

        ranker.use(new Ranker.Serving(UUID.randomUUID(), ranker.score(true)));
        assertThat(ranker.score(true))
                .as("another model's")
                .isEqualTo(ranker.serving().orElseThrow().score());
    }
}
