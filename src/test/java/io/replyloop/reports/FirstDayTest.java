package io.replyloop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.reports.ReportWorld.Asked;
import io.replyloop.retrieval.Candidate;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FirstDayTest {
    @Inject
    FirstDayStore store;

    @Inject
    FirstDayRanker ranker;

    @Inject
    FirstDayFollower follower;

    @Inject
    ApplicationFolder files;

    @Inject
    ReportsConfig config;

    @Inject
    ReportWorld world;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private UUID parcel;
    private UUID invoice;

    @AfterEach
    void nothingStaysPublished() {
        knowledge.archive(parcel, null);
        knowledge.archive(invoice, null);
        ranker.close();
    }

    /** Decided in the future, so that it is the newest whatever other tests have done. */
    private Asked decided() {
        SignedInAgent ada = team.newMember(Role.AGENT).agent();
        parcel = chat.published("A parcel to Zanzibar travels for twelve days.");
        invoice = chat.published("You can pay by invoice.");
        Asked asked = world.asked(
                Instant.now().plus(Duration.ofDays(3)), List.of(parcel), List.of(invoice), "Where is my parcel?");
        world.answered(asked, ada, Duration.ofMinutes(1), "A parcel to Zanzibar travels for twelve days.", parcel);
        // Much was learned about the reply that answered.
        world.change(
                "update impression_candidate set memory = 0.9, known = 0.9, share = 0.99, meaning = case position when"
                        + " 1 then 0.3 else 0.9 end where impression_id = :id",
                Map.of("id", asked.impression()));
        return asked;
    }

    @Test
    void the_first_day_knows_the_words_and_nothing_that_was_learned() {
        FirstDayStore.Question question = store.question(decided().impression()).orElseThrow();

        assertThat(question.question()).isEqualTo("Where is my parcel?");
        assertThat(question.candidates()).extracting(Candidate::reply).containsExactly(parcel, invoice);
        assertThat(question.candidates()).allSatisfy(candidate -> {
            assertThat(candidate.evidence().memory()).isEqualTo(0);
            assertThat(candidate.evidence().known()).isEqualTo(0);
        });
        assertThat(question.candidates().get(0).evidence().share())
                .as("its meaning was further from the question")
                .isLessThan(0.01);
        FirstDayRanker.Seen seen = ranker.look(question, invoice);
        assertThat(seen.place()).as("by meaning it stood first").isEqualTo(1);
        assertThat(ranker.look(question, parcel).place()).isNotEqualTo(1);
    }

    @Test
    void each_answer_is_compared_once() throws InterruptedException {
        UUID impression = decided().impression();
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        assertThat(store.waiting(soon, 10, List.of()))
                .extracting(FirstDayStore.Waiting::impression)
                .contains(impression);

        assertThat(follower.compare(soon, 0)).isTrue();

        assertThat(follower.compare(soon, 0)).isFalse();
        store.keep(impression, 3, 3);
        store.keep(UUID.randomUUID(), 1, 1);
    }

    @Test
    void a_question_that_cannot_be_compared_does_not_stand_in_the_way_of_others() throws InterruptedException {
        decided();
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        SignedInAgent ada = team.newMember(Role.AGENT).agent();
        Asked bad = world.asked(
                Instant.now().plus(Duration.ofDays(4)), List.of(parcel), List.of(invoice), "Which parcel is broken?");
        world.answered(bad, ada, Duration.ofMinutes(1), "A parcel to Zanzibar travels for twelve days.", parcel);
        FirstDayFollower careful = new FirstDayFollower(store, new Stumbling(files), config);

        assertThat(careful.compare(soon, 0)).isTrue();

        assertThat(store.waiting(soon, 10, List.of()))
                .extracting(FirstDayStore.Waiting::impression)
                .containsExactly(bad.impression());
        assertThat(careful.compare(soon, 0)).as("nothing else is left").isFalse();
        store.keep(bad.impression(), 1, 1);
    }

    private static final class Stumbling extends FirstDayRanker {
        Stumbling(ApplicationFolder files) {
            super(files);
        }

        @Override
        synchronized Seen look(FirstDayStore.Question question, UUID right) {
            if (question.question().contains("broken")) {
                throw new IllegalStateException("This text cannot be read");
            }
            return new Seen(1, 1);
        }
    }
}
