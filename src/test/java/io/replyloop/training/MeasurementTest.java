package io.replyloop.training;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.dataset.MaterialService;
import io.replyloop.identity.Role;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.signin.Team;
import io.replyloop.training.worker.TrainingAttempt;
import io.replyloop.training.worker.WorkerStore;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that train nothing, on two tiny BERTs. */
@QuarkusTest
class MeasurementTest {
    private static final String MEASUREMENTS = "/api/training/measurements";
    private static final int QUESTIONS = 30;

    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    @Inject
    MaterialService materials;

    @Inject
    PromotionService promotions;

    @Inject
    ModelsOfRuns used;

    @Inject
    ModelRegistry models;

    @Inject
    Team team;

    private Team.Member admin;
    private ModelVersionView champion;
    private ModelVersionView other;
    private WorkerStore store;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        other = lab.challenger();
        admin = team.newMember(Role.ADMIN);
        store = lab.store();
    }

    @AfterEach
    void tearDown() {
        store.close();
        lab.tearDown();
    }

    @Test
    void two_models_are_measured_on_the_same_questions_and_nothing_is_trained_or_promoted() {
        promotions.change(new PromotionPolicyView(true), admin.agent().id());
        lab.tested(QUESTIONS);
        int before = models.versions().size();

        UUID id = UUID.fromString(measured(Map.of("model", other.id()))
                .statusCode(201)
                .body("stage", equalTo("queued"))
                .body("baseModel", equalTo(champion.id().toString()))
                .body("measuredModel", equalTo(other.id().toString()))
                .extract()
                .path("id"));
        lab.worker().join();
        promotions.look();

        TrainingRunView run = training.run(id);
        assertThat(run.stage()).as(() -> run.error()).isEqualTo(RunStage.MEASURED);
        assertThat(run.status()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.resultModel()).isNull();
        assertThat(run.promotion()).isNull();
        assertThat(run.points()).isEmpty();
        assertThat(run.step()).isPositive().isEqualTo(run.steps());
        assertThat(run.metrics().at("/gate/questions").asInt()).isEqualTo(QUESTIONS);
        assertThat(run.metrics().path("championNumber").asLong()).isEqualTo(champion.number());
        assertThat(run.metrics().path("challengerNumber").asLong()).isEqualTo(other.number());
        assertThat(run.metrics().at("/verdictText/en").asText())
                .contains("odel " + other.number() + " ")
                .contains("model " + champion.number());
        assertThat(run.metrics().at("/champion/finalMrr").asDouble()).isEqualTo(1);
        assertThat(models.championId()).contains(champion.id());
        assertThat(models.versions()).hasSize(before);
        as(admin)
                .get("/api/training/runs/" + id + "/flipped-cases")
                .then()
                .statusCode(200)
                .body(
                        "size()",
                        equalTo(run.metrics().at("/gate/flipped/better").asInt()
                                + run.metrics().at("/gate/flipped/worse").asInt()));
    }

    @Test
    void what_was_measured_was_not_learned_from() {
        lab.tested(QUESTIONS);
        long fresh = materials.material().freshDecisions();

        UUID run = ended("better");

        assertThat(fresh).isEqualTo(QUESTIONS);
        assertThat(materials.material().freshDecisions()).isEqualTo(fresh);
        assertThat(training.newestLearned()).isEmpty();
        as(admin)
                .body(Map.of("reason", "Worse in Chinese"))
                .put("/api/training/runs/" + run + "/rejection")
                .then()
                .statusCode(409)
                .body("detail", containsString("has made no model"));
    }

    @Test
    void one_that_is_better_does_not_serve_by_itself() {
        promotions.change(new PromotionPolicyView(true), admin.agent().id());
        lab.tested(QUESTIONS);

        UUID run = ended("better");
        promotions.look();

        assertThat(training.run(run).promotion()).isNull();
        assertThat(training.run(run).stage()).isEqualTo(RunStage.MEASURED);
        assertThat(models.championId()).contains(champion.id());
    }

    @Test
    void the_comparison_of_the_two_shows_the_newest_measurement_whichever_is_named_first() {
        lab.tested(QUESTIONS);
        compared(champion, other).body("sameQuestions", equalTo(false)).body("together", nullValue());

        ended("worse");
        UUID newest = ended("better");

        for (ValidatableResponse body : List.of(compared(champion, other), compared(other, champion))) {
            body.body("sameQuestions", equalTo(true))
                    .body("measuredTogether", equalTo((int) training.run(newest).number()))
                    .body("together.run", equalTo(newest.toString()))
                    .body("together.model", equalTo((int) other.number()))
                    .body("together.against", equalTo((int) champion.number()))
                    .body("together.finishedAt", notNullValue())
                    .body("together.metrics.verdict", equalTo("better"));
        }
        compared(other, lab.challenger()).body("together", nullValue());
    }

    @Test
    void what_cannot_be_measured_is_refused_before_anything_is_frozen() {
        lab.tested(12);
        ModelVersionView removed = lab.challenger();
        lab.change("update model_version set files_removed_at = now() where id = ?1", removed.id());

        measured(Map.of("model", champion.id())).statusCode(400).body("violations[0].field", equalTo("against"));
        measured(Map.of("model", other.id(), "against", other.id())).statusCode(400);
        measured(Map.of()).statusCode(400);
        measured(Map.of("model", UUID.randomUUID())).statusCode(404);
        measured(Map.of("model", other.id(), "against", UUID.randomUUID())).statusCode(404);
        measured(Map.of("model", removed.id())).statusCode(409).body("detail", containsString("were removed"));
        measured(Map.of("model", other.id(), "against", removed.id())).statusCode(409);
        measured(Map.of("model", other.id()))
                .statusCode(409)
                .body("code", equalTo("too-few-conversations"))
                .body("detail", containsString("18 questions and 3 conversations are missing"));

        assertThat(lab.count("select count(*) from dataset_version")).isZero();
        assertThat(lab.count("select count(*) from training_run")).isZero();
    }

    @Test
    void there_is_one_run_at_a_time_whether_it_trains_or_measures_and_its_models_keep_their_files() {
        lab.tested(QUESTIONS);

        UUID run = started();

        assertThat(used.models()).containsExactlyInAnyOrder(champion.id(), other.id());
        measured(Map.of("model", other.id())).statusCode(409).body("code", equalTo("already-running"));
        as(admin)
                .body(Map.of("anyway", true))
                .post("/api/training/runs")
                .then()
                .statusCode(409)
                .body("code", equalTo("already-running"));
        assertThat(training.cancel(run).stage()).isEqualTo(RunStage.CANCELLED);
        assertThat(used.models()).isEmpty();
        assertThat(started()).isNotEqualTo(run);
    }

    @Test
    void one_that_is_cancelled_while_it_measures_ends_so_and_tells_nothing() {
        lab.tested(QUESTIONS);
        UUID run = started();
        RunQueue.Claim claim = store.claim("lab", run).orElseThrow();

        new TrainingAttempt(store, claim, models.folder(), 1, FineTuner::run, atFirstLine(() -> {
                    training.cancel(run);
                    heard(run);
                }))
                .run();

        TrainingRunView cancelled = training.run(run);
        assertThat(cancelled.stage()).isEqualTo(RunStage.CANCELLED);
        assertThat(cancelled.metrics().has("verdict")).isFalse();
        compared(champion, other).body("together", nullValue());
    }

    @Test
    void one_that_measures_when_quiet_hours_begin_waits_for_their_end() {
        lab.tested(QUESTIONS);
        UUID run = started();
        RunQueue.Claim claim = store.claim("lab", run).orElseThrow();

        new TrainingAttempt(store, claim, models.folder(), 1, FineTuner::run, atFirstLine(() -> {
                    lab.quiet(true);
                    heard(run);
                }))
                .run();

        assertThat(training.run(run).stage()).isEqualTo(RunStage.QUEUED);
        assertThat(training.run(run).attempt()).isZero();
        lab.quiet(false);
        lab.worker().join();
        assertThat(training.run(run).stage()).isEqualTo(RunStage.MEASURED);
    }

    @Test
    void one_whose_worker_died_while_it_measured_is_measured_again() {
        lab.tested(QUESTIONS);
        UUID run = started();
        RunQueue.Claim dead = store.claim("dead", run).orElseThrow();
        store.phase(dead, RunPhase.EVALUATING);
        assertThat(training.run(run).stage()).isEqualTo(RunStage.EVALUATING);
        lab.change("update training_run set heartbeat_at = now() - interval '1 hour' where id = ?1", run);
        training.giveUpDeadWorkers(null);

        lab.worker().join();

        assertThat(training.run(run).stage()).isEqualTo(RunStage.MEASURED);
        assertThat(training.run(run).attempt()).isEqualTo(2);
        assertThat(training.run(run).metrics().path("verdict").asText()).isNotEmpty();
    }

    @Test
    void an_answer_that_was_lost_on_the_way_is_asked_for_again_without_harm() {
        lab.tested(QUESTIONS);
        UUID run = started();
        RunQueue.Claim claim = store.claim("lab", run).orElseThrow();
        FlippedCase flipped = new FlippedCase(
                UUID.randomUUID(), lab.impression(), true, "- Where?", JsonNodeFactory.instance.objectNode());

        store.measured(claim, verdict("better"), List.of(flipped));
        store.measured(claim, verdict("better"), List.of(flipped));

        assertThat(training.run(run).stage()).isEqualTo(RunStage.MEASURED);
        assertThat(promotions.flipped(run)).hasSize(1);
    }

    @Test
    void admins_alone_start_one() {
        Map<String, Object> wish = Map.of("model", other.id());
        as(team.newMember(Role.AGENT)).body(wish).post(MEASUREMENTS).then().statusCode(403);
        nobody().body(wish).post(MEASUREMENTS).then().statusCode(401);
        assertThat(lab.count("select count(*) from training_run")).isZero();
    }

    private ValidatableResponse measured(Map<String, Object> wish) {
        return as(admin).body(wish).post(MEASUREMENTS).then();
    }

    private UUID started() {
        return UUID.fromString(
                measured(Map.of("model", other.id())).statusCode(201).extract().path("id"));
    }

    private UUID ended(String verdict) {
        UUID run = started();
        store.measured(store.claim("lab", run).orElseThrow(), verdict(verdict), List.of());
        return run;
    }

    private ObjectNode verdict(String verdict) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict)
                .put("championId", champion.id().toString());
    }

    private ValidatableResponse compared(ModelVersionView one, ModelVersionView second) {
        return as(admin)
                .get("/api/model-comparison?one=" + one.id() + "&other=" + second.id())
                .then()
                .statusCode(200);
    }

    /** The second beat after a change cannot be the one that was under way. */
    private void heard(UUID run) {
        for (int beat = 0; beat < 2; beat++) {
            long last = heartbeat(run);
            await().atMost(Duration.ofMinutes(1)).until(() -> heartbeat(run) != last);
        }
    }

    private long heartbeat(UUID run) {
        return lab.count("select cast(extract(epoch from heartbeat_at) * 1000 as bigint) from training_run where id = '"
                + run + "'");
    }

    private static PrintStream atFirstLine(Runnable act) {
        return new PrintStream(
                new OutputStream() {
                    private boolean done;

                    @Override
                    public void write(int unused) {
                        if (!done) {
                            done = true;
                            act.run();
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
