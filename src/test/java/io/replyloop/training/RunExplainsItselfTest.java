package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.dataset.PastExamples;
import io.replyloop.model.ModelDirectory;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.training.worker.WorkerStore;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run says of itself: what it learns from, its curve, its log, its time, and what became of its model. */
@QuarkusTest
class RunExplainsItselfTest {
    @Inject
    TrainingService training;

    @Inject
    TrainingLab lab;

    @Inject
    PastExamples past;

    @Inject
    ModelCards cards;

    private WorkerStore store;

    @BeforeEach
    void setUp() {
        lab.setUp();
        lab.champion();
        store = lab.store();
    }

    @AfterEach
    void tearDown() {
        store.close();
        lab.tearDown();
    }

    @Test
    void a_run_says_what_it_was_trained_on() {
        lab.conversations(10);
        lab.change("update example set query = '我的订单在哪里？' where not excluded and query like '%my order%'");

        TrainingRunView run = start();

        assertThat(run.trainedOn().decisions()).isEqualTo(10);
        assertThat(run.trainedOn().conversations()).isEqualTo(10);
        assertThat(run.trainedOn().languages()).isEqualTo(Map.of("other", 8L, "zh", 2L));
        assertThat(run.trainedOn().from()).isBeforeOrEqualTo(run.trainedOn().until());
    }

    @Test
    void a_run_says_how_much_of_it_was_imported_history_and_so_does_the_card_of_its_model() {
        lab.conversations(10);
        past.add(List.of(new PastExamples.Pair(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "- Do you ship to Norway?",
                null,
                "Yes, we ship to Norway.",
                List.of(new PastExamples.Other("We are open on Mondays.", null)),
                null)));

        TrainingRunView run = start();

        assertThat(run.trainedOn().decisions()).isEqualTo(10);
        assertThat(run.trainedOn().ofHistory()).isEqualTo(2);
        assertThat(run.trainedOn().ofFiles()).isZero();
        RunQueue.Claim claim = claim();
        succeed(claim);
        assertThat(cards.card(training.run(run.id()).resultModel()))
                .contains("| of these from imported history | 2 ("
                        + Math.round(200.0 / run.dataset().train()) + " %) |")
                .contains("nobody decided on suggestions there");
    }

    @Test
    void an_attempt_that_goes_on_keeps_the_curve_before_its_step_and_draws_the_rest_again() {
        TrainingRunView run = running();
        RunQueue.Claim first = claim();
        assertThat(store.begin(first, 0)).isFalse();
        store.point(first, new TrainingRunView.Point(10, 0.7, 1e-4, 10, null));
        store.point(
                first,
                new TrainingRunView.Point(
                        20, 0.6, 1e-4, 10, JsonNodeFactory.instance.objectNode().put("auc", 0.8)));
        store.point(first, new TrainingRunView.Point(30, 0.5, 1e-4, 10, null));
        training.giveUpDeadWorkers(first.worker());

        RunQueue.Claim second = claim();
        assertThat(training.run(run.id()).points()).hasSize(3);
        assertThat(store.begin(second, 20)).isTrue();
        store.point(second, new TrainingRunView.Point(30, 0.4, 1e-4, 10, null));

        assertThat(training.run(run.id()).points().stream().map(TrainingRunView.Point::loss))
                .containsExactly(0.7, 0.6, 0.4);
        assertThat(training.run(run.id()).stage()).isEqualTo(RunStage.TRAINING);
        store.phase(second, RunPhase.EVALUATING);
        assertThat(training.run(run.id()).stage()).isEqualTo(RunStage.EVALUATING);
        assertThat(training.log(run.id(), 0))
                .extracting(TrainingRunView.LogLine::text)
                .containsExactly("The process of attempt 1 died; the run is queued");
    }

    @Test
    void during_quiet_hours_no_worker_takes_a_run_and_one_that_has_a_run_is_told() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        lab.quiet(true);

        assertThat(store.lease(claim, true)).isEqualTo(RunQueue.Lease.QUIET);
        store.handBack(claim);
        assertThat(store.claim("another", null)).isEmpty();
        assertThat(training.nextQueued()).isEmpty();
        assertThat(training.run(run.id()).waitsUntil()).isNotNull();

        lab.quiet(false);
        assertThat(training.run(run.id()).waitsUntil()).isNull();
        assertThat(claim().attempt()).isEqualTo(1);
    }

    @Test
    void the_time_that_workers_spend_is_counted_over_all_attempts_without_the_time_between_them() {
        TrainingRunView run = running();
        RunQueue.Claim first = claim();
        lab.change("update training_run set heartbeat_at = now() - interval '20 seconds'");
        store.lease(first, true);
        store.handBack(first);
        lab.change("update training_run set created_at = now() - interval '2 hours'");

        RunQueue.Claim second = claim();

        assertThat(second.spentSeconds()).isBetween(20.0, 30.0);
        assertThat(training.run(run.id()).spentSeconds()).isBetween(20.0, 30.0);
    }

    @Test
    void the_limits_of_the_schedule_hold_for_each_run_that_is_started_afterwards() {
        lab.change("update training_schedule set maximum_minutes = 90, cores = 1");
        running();

        RunQueue.Claim claim = claim();

        assertThat(claim.limits()).isEqualTo(new RunLimits(90, 1));
        assertThat(claim.limits().cores(4)).isEqualTo(1);
        assertThat(RunLimits.NONE.cores(4)).isEqualTo(4);
    }

    @Test
    void of_a_log_the_newest_lines_are_kept_and_long_ones_are_cut() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        store.log(
                claim, IntStream.rangeClosed(1, 510).mapToObj(i -> "line " + i).toList());
        store.log(claim, List.of("x".repeat(600)));

        List<TrainingRunView.LogLine> log = training.log(run.id(), 0);

        assertThat(log).hasSize(500);
        assertThat(log.get(0).text()).isEqualTo("line 12");
        assertThat(log.get(499).text()).hasSize(500).endsWith(" …");
        assertThat(training.log(run.id(), log.get(498).number())).hasSize(1);
    }

    @Test
    void a_model_is_rejected_with_a_reason_which_can_be_taken_back_and_promoting_it_is_the_last_word() {
        TrainingRunView run = running();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> training.reject(run.id(), null, "Too early"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT));
        succeed(claim());
        assertThat(training.run(run.id()).stage()).isEqualTo(RunStage.AWAITING_DECISION);

        assertThat(training.reject(run.id(), null, " Worse in Chinese ").stage())
                .isEqualTo(RunStage.REJECTED);
        assertThat(training.run(run.id()).rejection().reason()).isEqualTo("Worse in Chinese");
        assertThat(training.takeBackRejection(run.id()).stage()).isEqualTo(RunStage.AWAITING_DECISION);
        training.reject(run.id(), null, "Still worse");
        lab.change(
                "insert into model_promotion (model_id, promoted_at) values (?1, now() + interval '1 second')",
                training.run(run.id()).resultModel());

        assertThat(training.run(run.id()).stage()).isEqualTo(RunStage.PROMOTED);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> training.reject(run.id(), null, "It serves"))
                .satisfies(problem -> assertThat(problem.getMessage()).contains("serves"));
    }

    private TrainingRunView start() {
        return training.start(TrainingService.MANUAL, null, null, false);
    }

    private TrainingRunView running() {
        lab.conversations(10);
        return start();
    }

    private RunQueue.Claim claim() {
        return store.claim("worker-" + UUID.randomUUID(), null).orElseThrow();
    }

    private void succeed(RunQueue.Claim claim) {
        var nothing = JsonNodeFactory.instance.objectNode();
        store.succeed(
                claim,
                UUID.randomUUID(),
                new ModelDirectory.Installed("run-test-" + UUID.randomUUID(), Path.of("x"), "00"),
                nothing,
                nothing,
                List.of());
    }
}
