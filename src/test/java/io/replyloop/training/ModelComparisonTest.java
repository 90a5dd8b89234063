package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelVersionView;
import io.replyloop.signin.Team;
import io.replyloop.training.worker.WorkerStore;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelComparisonTest {
    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    @Inject
    Team team;

    private Team.Member admin;
    private ModelVersionView champion;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        admin = team.newMember(Role.ADMIN);
        lab.conversations(10);
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void one_that_was_measured_against_the_other_is_comparable_and_its_run_is_named() {
        UUID made = trained();

        compared(made, champion.id())
                .body("one.model.origin", equalTo("training"))
                .body("one.run.base", equalTo((int) champion.number()))
                .body("one.run.snapshot", notNullValue())
                .body("one.run.metrics.verdict", equalTo("better"))
                .body("other.run", nullValue())
                .body("sameQuestions", equalTo(true))
                .body("measuredTogether", notNullValue());
    }

    @Test
    void figures_of_different_test_parts_are_said_to_be_no_comparison() {
        UUID one = trained();
        lab.conversations(5);
        UUID other = trained();

        compared(one, other).body("sameQuestions", equalTo(false)).body("measuredTogether", nullValue());
        compared(one, lab.challenger().id()).body("sameQuestions", equalTo(false));
    }

    @Test
    void admins_alone_compare() {
        String address = "/api/model-comparison?one=" + champion.id() + "&other=" + champion.id();
        as(team.newMember(Role.AGENT)).get(address).then().statusCode(403);
        nobody().get(address).then().statusCode(401);
        as(admin).get("/api/model-comparison?one=" + champion.id()).then().statusCode(400);
        as(admin)
                .get("/api/model-comparison?one=" + champion.id() + "&other=" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    private ValidatableResponse compared(UUID one, UUID other) {
        return as(admin)
                .get("/api/model-comparison?one=" + one + "&other=" + other)
                .then()
                .statusCode(200);
    }

    private UUID trained() {
        TrainingRunView run = training.start(TrainingService.MANUAL, null, null, true);
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        metrics.put("verdict", "better").put("championId", champion.id().toString());
        try (WorkerStore store = lab.store()) {
            RunQueue.Claim claim = store.claim("lab-" + run.id(), run.id()).orElseThrow();
            store.succeed(claim, UUID.randomUUID(), lab.installed(), metrics, metrics, List.of());
        }
        return training.run(run.id()).resultModel();
    }
}
