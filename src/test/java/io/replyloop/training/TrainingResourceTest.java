package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelVersionView;
import io.replyloop.signin.Team;
import io.replyloop.training.worker.WorkerStore;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainingResourceTest {
    private static final String SCHEDULE =
            "{\"enabled\": true, \"cron\": \"%s\", \"timeZone\": \"Asia/Shanghai\", \"minimumDecisions\": 30}";

    @Inject
    Team team;

    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    private Team.Member admin;
    private ModelVersionView champion;

    @BeforeEach
    void setUp() {
        lab.setUp();
        admin = team.newMember(Role.ADMIN);
        champion = lab.champion();
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void an_admin_starts_a_run_follows_its_curve_and_cancels_it() {
        lab.conversations(10);

        String id = as(admin)
                .body("{\"options\": {\"epochs\": 2}}")
                .post("/api/training/runs")
                .then()
                .statusCode(201)
                .body("status", equalTo("queued"))
                .body("trigger", equalTo("manual"))
                .body("requestedBy", equalTo(admin.agent().id().toString()))
                .body("baseModel", equalTo(champion.id().toString()))
                .extract()
                .path("id");
        try (WorkerStore store = lab.store()) {
            RunQueue.Claim claim = store.claim("worker", null).orElseThrow();
            assertThat(claim.options().get("epochs").asInt()).isEqualTo(2);
            store.progress(claim, 10, 40, 12.5);
            store.point(claim, new TrainingRunView.Point(10, 0.5, 1e-4, 99, null));
        }

        as(admin)
                .get("/api/training/runs/{id}", id)
                .then()
                .statusCode(200)
                .body("status", equalTo("running"))
                .body("secondsLeft", equalTo(12.5f))
                .body("points", hasSize(1))
                .body("points[0].step", equalTo(10))
                .body("points[0].loss", equalTo(0.5f))
                .body("startedAt", notNullValue());
        as(admin)
                .get("/api/training/runs")
                .then()
                .body("", hasSize(1))
                .body("[0].points", nullValue())
                .body("[0].steps", equalTo(40));
        as(admin)
                .post("/api/training/runs/{id}/cancel", id)
                .then()
                .statusCode(200)
                .body("cancelRequested", equalTo(true));
    }

    @Test
    void a_start_without_a_body_takes_the_usual_options() {
        lab.conversations(10);

        as(admin).post("/api/training/runs").then().statusCode(201);
    }

    @Test
    void a_start_with_too_few_examples_is_answered_with_how_many_there_are() {
        lab.conversations(1);

        as(admin)
                .body("{}")
                .post("/api/training/runs")
                .then()
                .statusCode(409)
                .body("code", equalTo("too-few-examples"))
                .body("detail", containsString("2 more decisions of agents (1 of 3)"));
    }

    @Test
    void options_out_of_range_are_refused() {
        lab.conversations(10);

        as(admin)
                .body("{\"options\": {\"learningRate\": 3}}")
                .post("/api/training/runs")
                .then()
                .statusCode(400);
        as(admin)
                .body("{\"options\": {\"epochs\": 0}}")
                .post("/api/training/runs")
                .then()
                .statusCode(400);
        assertThat(training.runs().size()).isEqualTo(0);
    }

    @Test
    void an_admin_sets_the_schedule_and_a_wrong_one_is_explained() {
        as(admin)
                .body(SCHEDULE.formatted("30 2 * * 1-5"))
                .put("/api/training/schedule")
                .then()
                .statusCode(200)
                .body("nextFireAt", notNullValue());
        as(admin)
                .body(SCHEDULE.formatted("99 2 * * *"))
                .put("/api/training/schedule")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("detail", containsString("'0 3 * * *'"));
        as(admin)
                .get("/api/training/schedule")
                .then()
                .statusCode(200)
                .body("cron", equalTo("30 2 * * 1-5"))
                .body("timeZone", equalTo("Asia/Shanghai"))
                .body("minimumDecisions", equalTo(30));
    }

    @Test
    void a_run_that_does_not_exist_is_not_found() {
        as(admin).get("/api/training/runs/{id}", UUID.randomUUID()).then().statusCode(404);
        as(admin)
                .post("/api/training/runs/{id}/cancel", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void an_admin_starts_with_too_little_when_that_is_what_they_want() {
        lab.conversations(2);

        as(admin).body("{}").post("/api/training/runs").then().statusCode(409);
        as(admin)
                .body("{\"anyway\": true}")
                .post("/api/training/runs")
                .then()
                .statusCode(201)
                .body("stage", equalTo("queued"))
                .body("trainedOn.decisions", equalTo(2))
                .body("trainedOn.languages.other", equalTo(2))
                .body("attempts", equalTo(3));
    }

    @Test
    void a_schedule_is_tried_out_before_it_is_saved() {
        lab.conversations(4);

        as(admin)
                .queryParam("cron", "0 2 * * 1-5")
                .queryParam("timeZone", "Asia/Shanghai")
                .queryParam("minimumDecisions", 4)
                .queryParam("quietFrom", "01:00")
                .queryParam("quietUntil", "06:00")
                .get("/api/training/schedule/preview")
                .then()
                .statusCode(200)
                .body("", hasSize(5))
                .body("[0].prospect", equalTo("start"))
                .body("[0].newDecisions", equalTo(4))
                .body("[0].waitsUntil", notNullValue());
        as(admin)
                .queryParam("cron", "whenever")
                .queryParam("timeZone", "UTC")
                .queryParam("minimumDecisions", 50)
                .get("/api/training/schedule/preview")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("cron"));
        as(admin).get("/api/training/schedule").then().body("enabled", equalTo(false));
    }

    @Test
    void all_time_zones_are_listed_with_how_far_they_are_ahead() {
        as(admin)
                .get("/api/training/time-zones")
                .then()
                .statusCode(200)
                .body("find { it.id == 'Asia/Kathmandu' }.offsetMinutes", equalTo(345))
                .body("find { it.id == 'UTC' }.offsetMinutes", equalTo(0));
    }

    @Test
    void a_run_that_has_made_no_model_cannot_be_rejected_and_a_rejection_needs_a_reason() {
        lab.conversations(10);
        UUID run = training.start(TrainingService.MANUAL, null, null, false).id();

        as(admin)
                .body("{\"reason\": \"Too early\"}")
                .put("/api/training/runs/{id}/rejection", run)
                .then()
                .statusCode(409);
        as(admin)
                .body("{\"reason\": \" \"}")
                .put("/api/training/runs/{id}/rejection", run)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("reason"));
    }

    @Test
    void agents_may_do_none_of_it() {
        lab.conversations(10);
        UUID run = training.start(TrainingService.MANUAL, null, null, false).id();
        Team.Member agent = team.newMember(Role.AGENT);

        everyEndpoint(() -> as(agent), run, 403);

        assertThat(training.run(run).status()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void strangers_may_do_none_of_it() {
        lab.conversations(10);
        UUID run = training.start(TrainingService.MANUAL, null, null, false).id();

        everyEndpoint(Team::nobody, run, 401);

        assertThat(training.run(run).status()).isEqualTo(RunState.QUEUED);
    }

    private static void everyEndpoint(Supplier<RequestSpecification> caller, UUID run, int expected) {
        Stream.of(
                        "/api/training/runs",
                        "/api/training/runs/" + run,
                        "/api/training/runs/" + run + "/log",
                        "/api/training/outlook",
                        "/api/training/time-zones",
                        "/api/training/schedule/preview?cron=0+3+*+*+*&timeZone=UTC&minimumDecisions=5",
                        "/api/training/schedule")
                .forEach(path -> caller.get().get(path).then().statusCode(expected));
        Stream.of("/api/training/runs", "/api/training/runs/" + run + "/cancel")
                .forEach(path -> caller.get().body("{}").post(path).then().statusCode(expected));
        caller.get()
                .body("{\"reason\": \"Mine\"}")
                .put("/api/training/runs/" + run + "/rejection")
                .then()
                .statusCode(expected);
        caller.get().delete("/api/training/runs/" + run + "/rejection").then().statusCode(expected);
        caller.get()
                .body(SCHEDULE.formatted("0 3 * * *"))
                .put("/api/training/schedule")
                .then()
                .statusCode(expected);
    }

    @Test
    void a_number_that_no_integer_holds_is_refused_with_its_field_and_range() {
        as(admin)
                .body("{\"enabled\":true,\"cron\":\"0 3 * * *\",\"timeZone\":\"UTC\",\"minimumDecisions\":99999999999}")
                .put("/api/training/schedule")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("minimumDecisions"))
                .body("violations[0].rule", equalTo("too-great"))
                .body("violations[0].values.max", equalTo(Integer.MAX_VALUE));
    }

    @Test
    void half_a_decision_is_refused_and_not_cut_to_a_whole_one() {
        as(admin)
                .body("{\"enabled\":true,\"cron\":\"0 3 * * *\",\"timeZone\":\"UTC\",\"minimumDecisions\":1.5}")
                .put("/api/training/schedule")
                .then()
                .statusCode(400);
    }

    @Test
    void zones_that_others_read_the_other_way_round_are_refused() {
        for (String zone : List.of("+05:00", "GMT+5", "UTC+05:00", "SystemV/AST4", "Z")) {
            as(admin)
                    .body("{\"enabled\":true,\"cron\":\"0 3 * * *\",\"timeZone\":\"" + zone
                            + "\",\"minimumDecisions\":5}")
                    .put("/api/training/schedule")
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("timeZone"));
        }
    }

    @Test
    void a_schedule_that_never_fires_is_refused_by_that_reason() {
        as(admin)
                .body("{\"enabled\":true,\"cron\":\"0 3 31 2 *\",\"timeZone\":\"UTC\",\"minimumDecisions\":5}")
                .put("/api/training/schedule")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("cron"))
                .body("violations[0].values.why", equalTo("never"));
    }
}
