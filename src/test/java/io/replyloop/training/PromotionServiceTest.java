package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.signin.Team;
import io.replyloop.training.worker.WorkerStore;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PromotionServiceTest {
    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    @Inject
    PromotionService promotions;

    @Inject
    ModelRegistry models;

    @Inject
    Team team;

    private WorkerStore store;
    private ModelVersionView champion;
    private Team.Member admin;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        store = lab.store();
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void tearDown() {
        store.close();
        lab.tearDown();
    }

    @Test
    void unless_asked_for_an_admin_decides() {
        TrainingRunView run = ended("better", champion.id());

        promotions.look();

        assertThat(training.run(run.id()).promotion()).isEqualTo("by-hand");
        assertThat(models.championId()).contains(champion.id());
    }

    @Test
    void a_better_model_serves_by_itself_in_the_name_of_who_asked_for_it() {
        automatic(true);
        TrainingRunView run = ended("better", champion.id());

        promotions.look();
        promotions.look();

        UUID result = training.run(run.id()).resultModel();
        assertThat(training.run(run.id()).promotion()).isEqualTo("promoted");
        assertThat(models.championId()).contains(result);
        assertThat(models.versions())
                .filteredOn(model -> model.id().equals(result))
                .allSatisfy(model ->
                        assertThat(model.promotedBy()).isEqualTo(admin.agent().id()));
        assertThat(lab.count("select count(*) from model_promotion where model_id = '" + result + "'"))
                .isEqualTo(1);
    }

    @Test
    void what_is_not_better_does_not_serve_by_itself() {
        automatic(true);
        for (String verdict : List.of("worse", "mixed", "no-difference", "too-little-data")) {
            TrainingRunView run = ended(verdict, champion.id());

            promotions.look();

            assertThat(training.run(run.id()).promotion()).as(verdict).isEqualTo("by-hand");
            assertThat(models.championId()).as(verdict).contains(champion.id());
        }
    }

    @Test
    void a_model_that_was_compared_with_one_that_serves_no_more_waits_for_an_admin() {
        automatic(true);
        TrainingRunView run = ended("better", champion.id());
        ModelVersionView another = lab.champion();

        promotions.look();

        assertThat(training.run(run.id()).promotion()).isEqualTo("overtaken");
        assertThat(models.championId()).contains(another.id());
    }

    @Test
    void what_an_admin_has_rejected_does_not_serve_by_itself() {
        automatic(true);
        TrainingRunView run = ended("better", champion.id());
        training.reject(run.id(), admin.agent().id(), "Worse in Chinese");

        promotions.look();

        assertThat(training.run(run.id()).promotion()).isEqualTo("by-hand");
        assertThat(models.championId()).contains(champion.id());
    }

    @Test
    void a_promotion_after_which_the_server_died_is_not_done_twice() {
        automatic(true);
        TrainingRunView run = ended("better", champion.id());
        UUID result = training.run(run.id()).resultModel();
        models.promoteOver(champion.id(), result, admin.agent().id());

        promotions.look();

        assertThat(training.run(run.id()).promotion()).isEqualTo("promoted");
        assertThat(lab.count("select count(*) from model_promotion where model_id = '" + result + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_damaged_model_does_not_serve_and_is_not_tried_for_ever() {
        automatic(true);
        TrainingRunView run = ended("better", champion.id());
        ModelDirectory.delete(models.get(training.run(run.id()).resultModel()).directory());

        promotions.look();

        assertThat(training.run(run.id()).promotion()).isEqualTo("by-hand");
        assertThat(models.championId()).contains(champion.id());
    }

    @Test
    void a_question_whose_customer_was_erased_while_the_run_went_on_is_stored_without_its_texts() {
        TrainingRunView run = ended("better", champion.id(), flipped(UUID.randomUUID()));

        assertThat(promotions.flipped(run.id())).singleElement().satisfies(one -> {
            assertThat(one.question()).isNull();
            assertThat(one.right()).isNull();
            assertThat(one.champion()).isEmpty();
        });
    }

    @Test
    void admins_alone_read_flipped_cases_and_decide_who_decides() {
        lab.conversations(1);
        TrainingRunView run = ended("better", champion.id(), flipped(lab.impression()));
        String cases = "/api/training/runs/" + run.id() + "/flipped-cases";
        String policy = "/api/training/promotion-policy";
        Team.Member agent = team.newMember(Role.AGENT);

        as(admin)
                .get(cases)
                .then()
                .statusCode(200)
                .body("[0].better", equalTo(false))
                .body("[0].right.title", equalTo("Right"))
                .body("[0].champion[0].right", equalTo(true))
                .body("[0].challenger.size()", equalTo(0));
        as(admin)
                .get("/api/training/runs/" + UUID.randomUUID() + "/flipped-cases")
                .then()
                .statusCode(404);
        as(admin).get(policy).then().statusCode(200).body("automatic", equalTo(false));
        as(admin)
                .body(Map.of("automatic", true))
                .put(policy)
                .then()
                .statusCode(200)
                .body("automatic", equalTo(true));
        as(admin).body(Map.of()).put(policy).then().statusCode(400);
        as(agent).get(cases).then().statusCode(403);
        as(agent).get(policy).then().statusCode(403);
        as(agent).body(Map.of("automatic", false)).put(policy).then().statusCode(403);
        nobody().get(cases).then().statusCode(401);
        nobody().body(Map.of("automatic", false)).put(policy).then().statusCode(401);
        assertThat(promotions.policy().automatic()).isTrue();
    }

    private void automatic(boolean automatic) {
        promotions.change(new PromotionPolicyView(automatic), admin.agent().id());
    }

    private static FlippedCase flipped(UUID impression) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject("right")
                .put("reply", UUID.randomUUID().toString())
                .put("title", "Right")
                .put("text", "It is on its way.");
        content.putArray("champion")
                .addObject()
                .put("title", "Right")
                .put("text", "It is on its way.")
                .put("probability", 0.7)
                .put("right", true);
        content.putArray("challenger");
        return new FlippedCase(UUID.randomUUID(), impression, false, "- Where?", content);
    }

    /** A run that has ended with a model and that verdict over the champion. */
    private TrainingRunView ended(String verdict, UUID over, FlippedCase... flipped) {
        lab.conversations(10);
        TrainingRunView run = training.start(TrainingService.MANUAL, null, null, true);
        RunQueue.Claim claim = store.claim("lab-" + run.id(), run.id()).orElseThrow();
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        metrics.put("verdict", verdict).put("championId", over.toString());
        store.succeed(claim, UUID.randomUUID(), lab.installed(), metrics, metrics, List.of(flipped));
        return run;
    }
}
