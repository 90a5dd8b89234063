package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.suggestion.TestChat;
import io.replyloop.training.worker.HeldOut;
import io.replyloop.training.worker.WorkerStore;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainingQueueTest {
    @Inject
    TrainingService training;

    @Inject
    TrainingLab lab;

    @Inject
    TestChat chat;

    private ModelVersionView champion;
    private WorkerStore store;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        store = lab.store();
    }

    @AfterEach
    void tearDown() {
        store.close();
        lab.tearDown();
    }

    @Test
    void a_start_freezes_the_examples_and_queues_a_run_on_the_champion() {
        lab.conversations(20);

        TrainingRunView run = start();

        assertThat(run.status()).isEqualTo(RunState.QUEUED);
        assertThat(run.baseModel()).isEqualTo(champion.id());
        assertThat(run.dataset().train() + run.dataset().dev() + run.dataset().test())
                .isEqualTo(100);
        assertThat(run.dataset().dev()).isPositive();
        assertThat(run.dataset().test()).isPositive();
        assertThat(run.dataset().contentHash()).hasSize(64);
    }

    @Test
    void too_few_examples_are_refused_with_the_number_that_is_missing_and_nothing_is_frozen() {
        lab.conversations(2);
        long frozen = lab.count("select count(*) from dataset_version");

        Problem problem =
                assertThatExceptionOfType(Problem.class).isThrownBy(this::start).actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.TOO_FEW_EXAMPLES);
        assertThat(problem.getMessage()).contains("1 more decision of agents (2 of 3)");
        assertThat(lab.count("select count(*) from dataset_version")).isEqualTo(frozen);
    }

    @Test
    void a_second_run_is_refused_while_one_waits() {
        lab.conversations(10);
        TrainingRunView first = start();

        Problem problem =
                assertThatExceptionOfType(Problem.class).isThrownBy(this::start).actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.ALREADY_RUNNING);
        assertThat(problem.getMessage().contains("Run " + first.number()))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    @Test
    void of_starts_at_the_same_moment_one_wins() {
        lab.conversations(10);

        List<Optional<UUID>> started = atTheSameMoment(4, () -> {
            try {
                return start().id();
            } catch (Problem lost) {
                assertThat(lost.code()).isEqualTo(ProblemCode.ALREADY_RUNNING);
                return null;
            }
        });

        assertThat(started.stream().filter(Optional::isPresent).count()).isEqualTo(1);
        assertThat(lab.count("select count(*) from training_run")).isEqualTo(1);
    }

    @Test
    void of_workers_that_claim_at_the_same_moment_one_gets_the_run() {
        lab.conversations(10);
        TrainingRunView run = start();

        List<Optional<UUID>> claims = atTheSameMoment(6, () -> {
            try (WorkerStore own = lab.store()) {
                return own.claim("worker-" + UUID.randomUUID(), null)
                        .map(RunQueue.Claim::id)
                        .orElse(null);
            }
        });

        assertThat(claims.stream().filter(Optional::isPresent).count()).isEqualTo(1);
        assertThat(training.run(run.id()).status()).isEqualTo(RunState.RUNNING);
        assertThat(training.run(run.id()).attempt()).isEqualTo(1);
    }

    @Test
    void a_worker_asked_for_another_run_claims_nothing() {
        lab.conversations(10);
        start();

        assertThat(store.claim("worker", UUID.randomUUID()).isEmpty()).isTrue();
    }

    @Test
    void a_worker_that_is_not_heard_of_loses_its_run_and_can_no_longer_write() {
        TrainingRunView run = running();
        RunQueue.Claim dead = claim();
        store.point(dead, new TrainingRunView.Point(1, 0.7, 1e-4, 10, null));
        lab.change("update training_run set heartbeat_at = now() - interval '31 seconds'");

        training.giveUpDeadWorkers(null);

        assertThat(training.run(run.id()).status()).isEqualTo(RunState.QUEUED);
        assertThat(store.lease(dead, true)).isEqualTo(RunQueue.Lease.LOST);
        assertThatThrownBy(() -> store.progress(dead, 5, 10, 1.0)).isInstanceOf(RunQueue.LeaseLost.class);
        assertThatThrownBy(() -> succeed(dead)).isInstanceOf(RunQueue.LeaseLost.class);
        assertThat(lab.count("select count(*) from model_version where origin = 'training'"))
                .isEqualTo(0);

        RunQueue.Claim next = claim();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(training.run(run.id()).points()).hasSize(1);
        assertThatThrownBy(() -> store.fail(dead, "unexpected", "late")).isInstanceOf(RunQueue.LeaseLost.class);
    }

    @Test
    void a_worker_that_is_heard_of_keeps_its_run() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        lab.change("update training_run set heartbeat_at = now() - interval '20 seconds'");

        training.giveUpDeadWorkers(null);
        assertThat(store.lease(claim, true)).isEqualTo(RunQueue.Lease.HELD);
        training.giveUpDeadWorkers(null);

        assertThat(training.run(run.id()).status()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void the_third_worker_that_dies_fails_the_run_with_a_reason() {
        TrainingRunView run = running();
        for (int attempt = 1; attempt <= 3; attempt++) {
            RunQueue.Claim claim = claim();
            assertThat(claim.attempt()).isEqualTo(attempt);
            training.giveUpDeadWorkers(claim.worker());
        }

        TrainingRunView failed = training.run(run.id());
        assertThat(failed.status()).isEqualTo(RunState.FAILED);
        assertThat(failed.errorCode()).isEqualTo("worker-died");
        assertThat(failed.error().contains("ended 3 times without a result"))
                .as("%s", failed.error())
                .isTrue();
        assertThat(store.claim("worker", null).isEmpty()).isTrue();
    }

    @Test
    void a_waiting_run_is_cancelled_at_once() {
        TrainingRunView run = running();

        assertThat(training.cancel(run.id()).status()).isEqualTo(RunState.CANCELLED);
        assertThat(store.claim("worker", null).isEmpty()).isTrue();
        Problem again = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> training.cancel(run.id()))
                .actual();
        assertThat(again.code()).isEqualTo(ProblemCode.RUN_ENDED);
    }

    @Test
    void the_worker_of_a_running_run_is_told_of_a_cancellation_and_one_that_died_needs_no_telling() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();

        assertThat(training.cancel(run.id()).status()).isEqualTo(RunState.RUNNING);
        assertThat(store.lease(claim, false)).isEqualTo(RunQueue.Lease.CANCEL_REQUESTED);
        training.giveUpDeadWorkers(claim.worker());

        assertThat(training.run(run.id()).status()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void a_worker_that_has_to_stop_gives_its_run_back_without_spending_an_attempt() {
        TrainingRunView run = running();
        store.handBack(claim());

        assertThat(training.run(run.id()).status()).isEqualTo(RunState.QUEUED);
        assertThat(claim().attempt()).isEqualTo(1);
    }

    @Test
    void a_start_below_the_minimum_is_possible_when_an_admin_wants_it_but_not_without_anything_to_measure_with() {
        lab.conversations(2);
        assertThat(training.start(TrainingService.MANUAL, null, null, true).status())
                .isEqualTo(RunState.QUEUED);
        lab.change("delete from training_run");
        lab.change("update example set conversation_id = (select min(conversation_id::text)::uuid from example"
                + " where not excluded) where not excluded");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> training.start(TrainingService.MANUAL, null, null, true))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_FEW_CONVERSATIONS));
    }

    @Test
    void a_success_that_is_reported_twice_registers_one_model() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        UUID model = UUID.randomUUID();
        var installed = new ModelDirectory.Installed("run-test-" + model, Path.of("x"), "00");
        var nothing = JsonNodeFactory.instance.objectNode();

        store.succeed(claim, model, installed, nothing, nothing, List.of());
        store.succeed(claim, model, installed, nothing, nothing, List.of());

        assertThat(lab.count("select count(*) from model_version where origin = 'training'"))
                .isEqualTo(1);
        TrainingRunView done = training.run(run.id());
        assertThat(done.status()).isEqualTo(RunState.SUCCEEDED);
        assertThat(done.resultModel()).isEqualTo(model);
        assertThat(done.error()).isNull();
    }

    @Test
    void a_worker_learns_from_no_personal_data() {
        lab.conversations(10);
        lab.change("update example set query = 'I am ada@example.org' where not excluded");
        start();

        assertThat(store.train(claim()).stream()
                        .allMatch(example -> example.query().equals("I am [email]")))
                .isTrue();
    }

    @Test
    void a_worker_measures_with_all_that_spoke_for_every_candidate_and_with_nothing_for_an_own_answer() {
        // So many that those held out, drawn by chance, are never all about a refund.
        lab.conversations(60);
        UUID right = chat.published("Right " + UUID.randomUUID());
        UUID wrong = chat.published("Wrong " + UUID.randomUUID());
        String unread = "Unread " + UUID.randomUUID();
        UUID impression = chat.impression(
                chat.silentConversation("Where?"), List.of(right, wrong), List.of(chat.published(unread)));
        lab.change(
                "update example set impression_id = ?1, reply_id = case label when 1 then ?2 else ?3 end"
                        + " where not excluded and reply_text not like '%refund'",
                impression, right, wrong);
        start();

        List<HeldOut> heldOut = store.heldOut(claim());

        assertThat(heldOut.size() > 1).isTrue();
        heldOut.stream()
                .filter(HeldOut::labelled)
                .forEach(one -> assertThat(one.evidence())
                        .isEqualTo(
                                one.example().reply().endsWith("refund")
                                        ? null
                                        : TestChat.evidence(one.example().label() == 1 ? 0.9 : 0.89)));
        List<HeldOut> others = heldOut.stream().filter(one -> !one.labelled()).toList();
        assertThat(others.size()).isEqualTo(1);
        assertThat(others.get(0).example().reply()).isEqualTo(unread);
        assertThat(others.get(0).example().group()).isEqualTo(impression.toString());
        assertThat(others.get(0).evidence()).isEqualTo(TestChat.evidence(0.88));
    }

    @Test
    void a_worker_goes_on_when_the_database_has_cut_its_connection() {
        running();
        RunQueue.Claim claim = claim();
        assertThat(lab.count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                + " where application_name = 'replyloop training worker'")
                        > 0)
                .isTrue();

        assertThat(store.lease(claim, true)).isEqualTo(RunQueue.Lease.HELD);
        assertThat(store.train(claim).isEmpty()).isFalse();
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

    private static List<Optional<UUID>> atTheSameMoment(int count, Supplier<UUID> act) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CyclicBarrier barrier = new CyclicBarrier(count);
        try {
            List<CompletableFuture<Optional<UUID>>> futures = IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    barrier.await();
                                } catch (Exception interrupted) {
                                    throw new IllegalStateException(interrupted);
                                }
                                return Optional.ofNullable(act.get());
                            },
                            threads))
                    .toList();
            return futures.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
