package io.replyloop.model;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.training.TrainingLab;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelRetentionTest {
    private static final String RULE = "/api/model-retention";

    @Inject
    TrainingLab lab;

    @Inject
    ModelRetentionService retention;

    @Inject
    ModelRegistry models;

    @Inject
    Team team;

    private Team.Member admin;
    private ModelVersionView pinned;
    private ModelVersionView unused;
    private ModelVersionView longAgo;
    private ModelVersionView recently;
    private ModelVersionView before;
    private ModelVersionView champion;
    private ModelVersionView newest;

    @BeforeEach
    void modelsOfAllKinds() {
        lab.setUp();
        admin = team.newMember(Role.ADMIN);
        pinned = lab.challenger();
        unused = lab.challenger();
        longAgo = lab.champion();
        recently = lab.champion();
        before = lab.champion();
        champion = lab.champion();
        newest = lab.challenger();
        lab.change(
                "update model_promotion set promoted_at = now() - interval '400 days' where model_id = ?1",
                longAgo.id());
        as(admin)
                .body(Map.of("pinned", true))
                .put("/api/models/" + pinned.id() + "/pin")
                .then()
                .statusCode(200)
                .body("pinned", equalTo(true));
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void files_of_models_that_nobody_needs_go_and_what_is_known_of_them_stays() {
        List<Integer> preview = as(admin)
                .get(RULE + "/preview?keepNewest=1&promotedDays=365")
                .then()
                .statusCode(200)
                .extract()
                .path("");
        assertThat(preview).contains((int) unused.number(), (int) longAgo.number());
        as(admin).body(rule(true, 1, 365)).put(RULE).then().statusCode(200).body("keepNewest", equalTo(1));

        retention.removeDue();

        for (ModelVersionView gone : List.of(unused, longAgo)) {
            assertThat(gone.directory()).doesNotExist();
            assertThat(models.summary(gone.id()).filesRemovedAt()).isNotNull();
            as(admin).get("/api/models/" + gone.id() + "/card").then().statusCode(200);
            as(admin).get("/api/models/" + gone.id() + "/download").then().statusCode(409);
            as(admin).post("/api/models/" + gone.id() + "/promote").then().statusCode(409);
        }
        for (ModelVersionView kept : List.of(pinned, recently, before, champion, newest)) {
            assertThat(models.verified(kept.id()).directory()).isDirectory();
        }
        assertThat(models.championId()).contains(champion.id());
    }

    @Test
    void without_the_days_of_promotions_the_champion_and_the_one_before_still_stay() {
        as(admin).body(rule(true, 1, 0)).put(RULE).then().statusCode(200);

        retention.removeDue();

        assertThat(recently.directory()).doesNotExist();
        assertThat(before.directory()).isDirectory();
        assertThat(champion.directory()).isDirectory();
    }

    @Test
    void a_rule_that_is_off_removes_nothing_and_a_deletion_that_was_interrupted_is_taken_up_again() {
        as(admin).body(rule(false, 1, 0)).put(RULE).then().statusCode(200);
        retention.removeDue();
        assertThat(unused.directory()).isDirectory();

        lab.change("update model_version set files_removed_at = now() where id = ?1", unused.id());
        retention.removeDue();
        assertThat(unused.directory()).doesNotExist();
    }

    @Test
    void only_whole_rules_are_accepted_and_only_from_admins() {
        Team.Member agent = team.newMember(Role.AGENT);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("enabled", true, "keepNewest", 5),
                Map.of("enabled", true, "keepNewest", 0, "promotedDays", 1),
                Map.of("enabled", true, "keepNewest", 1_001, "promotedDays", 1),
                Map.of("enabled", true, "keepNewest", 5, "promotedDays", -1),
                Map.of("enabled", true, "keepNewest", 5, "promotedDays", 3_651),
                Map.of("enabled", true, "keepNewest", 5.5, "promotedDays", 1),
                Map.of("enabled", true, "keepNewest", 5, "promotedDays", 0.5),
                Map.of("enabled", true, "keepNewest", "5", "promotedDays", 1),
                Map.of("enabled", true, "keepNewest", 5_000_000_000L, "promotedDays", 1),
                Map.of("enabled", true, "keepNewest", "many", "promotedDays", 1))) {
            as(admin).body(wrong).put(RULE).then().statusCode(400);
        }
        as(admin).get(RULE + "/preview").then().statusCode(200);
        as(admin).get(RULE + "/preview?keepNewest=0").then().statusCode(400);
        as(admin).get(RULE).then().statusCode(200).body("enabled", equalTo(false));
        as(admin)
                .body(Map.of())
                .put("/api/models/" + unused.id() + "/pin")
                .then()
                .statusCode(400);
        String pin = "/api/models/" + unused.id() + "/pin";
        for (String address : List.of(RULE, RULE + "/preview?keepNewest=1&promotedDays=1", "/api/model-promotions")) {
            as(agent).get(address).then().statusCode(403);
            nobody().get(address).then().statusCode(401);
        }
        as(agent).body(rule(true, 1, 1)).put(RULE).then().statusCode(403);
        nobody().body(rule(true, 1, 1)).put(RULE).then().statusCode(401);
        as(agent).body(Map.of("pinned", true)).put(pin).then().statusCode(403);
        nobody().body(Map.of("pinned", true)).put(pin).then().statusCode(401);
    }

    @Test
    void the_history_says_who_served_from_when_on_and_by_whose_decision() {
        models.promote(before.id(), admin.agent().id());
        models.promoteOver(before.id(), champion.id(), admin.agent().id());

        as(admin)
                .get("/api/model-promotions")
                .then()
                .statusCode(200)
                .body("[0].number", equalTo((int) champion.number()))
                .body("[0].automatic", equalTo(true))
                .body("[0].back", equalTo(false))
                .body("[1].number", equalTo((int) before.number()))
                .body("[1].automatic", equalTo(false))
                .body("[1].back", equalTo(true))
                .body("[1].by", equalTo(admin.agent().id().toString()))
                .body("[1].at", notNullValue());
    }

    private static Map<String, Object> rule(boolean enabled, int keepNewest, int promotedDays) {
        return Map.of("enabled", enabled, "keepNewest", keepNewest, "promotedDays", promotedDays);
    }
}
