package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.AcceptanceReader.Answer;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AcceptanceWatchTest {
    @Inject
    AcceptanceWatch watch;

    @Inject
    ModelRegistry models;

    @Inject
    TrainingLab lab;

    @Inject
    Team team;

    private ModelVersionView before;
    private ModelVersionView after;

    @BeforeEach
    void twoModelsOneAfterTheOther() {
        lab.setUp();
        before = lab.champion();
        after = lab.champion();
        lab.change("update model_promotion set promoted_at = now() - interval '1 day' where model_id = ?1", after.id());
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void as_long_as_little_was_answered_nothing_is_said() {
        answered(before, 2, 60, 0.5);
        answered(after, 0, 49, 0);

        AcceptanceView now = watch.now().orElseThrow();

        assertThat(now.state()).isEqualTo("too-few");
        assertThat(now.answers()).isEqualTo(49);
        assertThat(now.before()).isNull();
    }

    @Test
    void a_drop_is_told_with_the_model_to_go_back_to() {
        answered(before, 2, 80, 0.7);
        answered(after, 0, 80, 0.2);

        AcceptanceView now = watch.now().orElseThrow();

        assertThat(now.state()).isEqualTo("dropped");
        assertThat(now.previousId()).isEqualTo(before.id());
        assertThat(now.model()).isEqualTo(after.number());
        assertThat(now.before()).isGreaterThan(now.after());
        assertThat(now.high()).isNegative();
    }

    @Test
    void what_the_model_before_ranked_later_and_other_answers_do_not_count() {
        answered(before, 2, 60, 0.5);
        answered(after, 0, 60, 0.5);
        answered(before, 0, 60, 0);
        lab.change(
                "update decision set outcome = 'rejected' where impression_id in (select id from impression"
                        + " where model_id = ?1 order by id limit 5)",
                after.id());

        AcceptanceView now = watch.now().orElseThrow();

        assertThat(now.state()).isEqualTo("fine");
        assertThat(now.answers()).isEqualTo(55);
        assertThat(now.before()).isBetween(0.3, 0.7);
    }

    @Test
    void agents_who_type_themselves_no_longer_take_suggestions() {
        answered(before, 2, 80, 0.7);
        answered(after, 0, 80, 0.7);
        lab.change(
                "update decision set outcome = 'own-text', reply_id = null, position = null where impression_id in"
                        + " (select id from impression where model_id = ?1 order by id limit 60)",
                after.id());

        assertThat(watch.now().orElseThrow().state()).isEqualTo("dropped");
    }

    @Test
    void a_suggestion_that_agents_write_over_was_not_taken() {
        answered(before, 2, 80, 0.7);
        answered(after, 0, 80, 0.7);
        lab.change(
                "update decision set outcome = 'edited', accepted = false where impression_id in"
                        + " (select id from impression where model_id = ?1 order by id limit 60)",
                after.id());

        assertThat(watch.now().orElseThrow().state()).isEqualTo("dropped");
    }

    @Test
    void of_two_hundred_models_that_are_no_worse_at_most_five_percent_raise_an_alarm() {
        Random random = new Random(5);
        int alarms = 0;
        for (int trial = 0; trial < 200; trial++) {
            alarms += AcceptanceChange.of(answers(random, 30), answers(random, 30))
                            .isDrop()
                    ? 1
                    : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(10);
    }

    @Test
    void admins_alone_see_it() {
        as(team.newMember(Role.ADMIN))
                .get("/api/training/acceptance")
                .then()
                .statusCode(200)
                .body("state", equalTo("too-few"));
        as(team.newMember(Role.AGENT)).get("/api/training/acceptance").then().statusCode(403);
        nobody().get("/api/training/acceptance").then().statusCode(401);
    }

    /** Conversations of two to three answers, each of which is the first suggestion half of the time. */
    private static List<Answer> answers(Random random, int conversations) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            UUID conversation = new UUID(random.nextLong(), random.nextLong());
            for (int j = 0; j < 2 + random.nextInt(2); j++) {
                answers.add(new Answer(conversation, random.nextBoolean()));
            }
        }
        return answers;
    }

    private void answered(ModelVersionView model, int daysAgo, int count, double first) {
        lab.answered(model.id(), daysAgo, count, (int) (first * count));
    }
}
