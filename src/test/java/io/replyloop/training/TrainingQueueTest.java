package io.replyloop.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

        assertEquals(RunState.QUEUED, run.status());
        assertEquals(champion.id(), run.baseModel());
        assertEquals(100, run.dataset().train() + run.dataset().dev());
        assertTrue(run.dataset().dev() > 0);
    }

    @Test
    void too_few_examples_are_refused_with_the_number_that_is_missing_and_nothing_is_frozen() {
        lab.conversations(2);
        long frozen = lab.count("select count(*) from dataset_version");

        Problem problem = assertThrows(Problem.class, this::start);

        assertEquals(ProblemCode.TOO_FEW_EXAMPLES, problem.code());
        assertTrue(problem.getMessage().contains("at least 20"), problem.getMessage());
        assertTrue(problem.getMessage().contains("10 (2 fit, 8 do not)"), problem.getMessage());
        assertEquals(frozen, lab.count("select count(*) from dataset_version"));
    }

    @Test
    void a_second_run_is_refused_while_one_waits() {
        lab.conversations(10);
        TrainingRunView first = start();

        Problem problem = assertThrows(Problem.class, this::start);

        assertEquals(ProblemCode.ALREADY_RUNNING, problem.code());
        assertTrue(problem.getMessage().contains("Run " + first.number()), problem.getMessage());
    }

    @Test
    void of_starts_at_the_same_moment_one_wins() {
        lab.conversations(10);

        List<Optional<UUID>> started = atTheSameMoment(4, () -> {
            try {
                return start().id();
            } catch (Problem lost) {
                assertEquals(ProblemCode.ALREADY_RUNNING, lost.code());
                return null;
            }
        });

        assertEquals(1, started.stream().filter(Optional::isPresent).count());
        assertEquals(1, lab.count("select count(*) from training_run"));
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

        assertEquals(1, claims.stream().filter(Optional::isPresent).count());
        assertEquals(RunState.RUNNING, training.run(run.id()).status());
        assertEquals(1, training.run(run.id()).attempt());
    }

    @Test
    void a_worker_asked_for_another_run_claims_nothing() {
        lab.conversations(10);
        start();

        assertTrue(store.claim("worker", UUID.randomUUID()).isEmpty());
    }

    @Test
    void a_worker_that_is_not_heard_of_loses_its_run_and_can_no_longer_write() {
        TrainingRunView run = running();
        RunQueue.Claim dead = claim();
        store.point(dead, new TrainingRunView.Point(1, 0.7, 1e-4, 10, null));
        lab.change("update training_run set heartbeat_at = now() - interval '31 seconds'");

        training.giveUpDeadWorkers(null);

        assertEquals(RunState.QUEUED, training.run(run.id()).status());
        assertEquals(RunQueue.Lease.LOST, store.lease(dead, true));
        assertThrows(RunQueue.LeaseLost.class, () -> store.progress(dead, 5, 10, 1.0));
        assertThrows(RunQueue.LeaseLost.class, () -> succeed(dead));
        assertEquals(0, lab.count("select count(*) from model_version where origin = 'training'"));

        RunQueue.Claim next = claim();
        assertEquals(2, next.attempt());
        assertEquals(List.of(), training.run(run.id()).points());
        assertThrows(RunQueue.LeaseLost.class, () -> store.fail(dead, "unexpected", "late"));
    }

    @Test
    void a_worker_that_is_heard_of_keeps_its_run() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        lab.change("update training_run set heartbeat_at = now() - interval '20 seconds'");

        training.giveUpDeadWorkers(null);
        assertEquals(RunQueue.Lease.HELD, store.lease(claim, true));
        training.giveUpDeadWorkers(null);

        assertEquals(RunState.RUNNING, training.run(run.id()).status());
    }

    @Test
    void the_third_worker_that_dies_fails_the_run_with_a_reason() {
        TrainingRunView run = running();
        for (int attempt = 1; attempt <= 3; attempt++) {
            RunQueue.Claim claim = claim();
            assertEquals(attempt, claim.attempt());
            training.giveUpDeadWorkers(claim.worker());
        }

        TrainingRunView failed = training.run(run.id());
        assertEquals(RunState.FAILED, failed.status());
        assertEquals("worker-died", failed.errorCode());
        assertTrue(failed.error().contains("ended 3 times without a result"), failed.error());
        assertTrue(store.claim("worker", null).isEmpty());
    }

    @Test
    void a_waiting_run_is_cancelled_at_once() {
        TrainingRunView run = running();

        assertEquals(RunState.CANCELLED, training.cancel(run.id()).status());
        assertTrue(store.claim("worker", null).isEmpty());
        Problem again = assertThrows(Problem.class, () -> training.cancel(run.id()));
        assertEquals(ProblemCode.RUN_ENDED, again.code());
    }

    @Test
    void the_worker_of_a_running_run_is_told_of_a_cancellation_and_one_that_died_needs_no_telling() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();

        assertEquals(RunState.RUNNING, training.cancel(run.id()).status());
        assertEquals(RunQueue.Lease.CANCEL_REQUESTED, store.lease(claim, false));
        training.giveUpDeadWorkers(claim.worker());

        assertEquals(RunState.CANCELLED, training.run(run.id()).status());
    }

    @Test
    void a_worker_that_has_to_stop_gives_its_run_back_without_spending_an_attempt() {
        TrainingRunView run = running();
        store.handBack(claim());

        assertEquals(RunState.QUEUED, training.run(run.id()).status());
        assertEquals(1, claim().attempt());
    }

    @Test
    void a_success_that_is_reported_twice_registers_one_model() {
        TrainingRunView run = running();
        RunQueue.Claim claim = claim();
        UUID model = UUID.randomUUID();
        var installed = new ModelDirectory.Installed("run-test-" + model, Path.of("x"), "00");
        var nothing = JsonNodeFactory.instance.objectNode();

        store.succeed(claim, model, installed, nothing, nothing);
        store.succeed(claim, model, installed, nothing, nothing);

        assertEquals(1, lab.count("select count(*) from model_version where origin = 'training'"));
        TrainingRunView done = training.run(run.id());
        assertEquals(RunState.SUCCEEDED, done.status());
        assertEquals(model, done.resultModel());
        assertNull(done.error());
    }

    @Test
    void a_worker_learns_from_no_personal_data() {
        lab.conversations(10);
        lab.change("update example set query = 'I am ada@example.org' where not excluded");
        start();

        assertTrue(store.train(claim()).stream()
                .allMatch(example -> example.query().equals("I am [email]")));
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

        assertTrue(heldOut.size() > 1);
        heldOut.stream()
                .filter(HeldOut::labelled)
                .forEach(one -> assertEquals(
                        one.example().reply().endsWith("refund")
                                ? null
                                : TestChat.evidence(one.example().label() == 1 ? 0.9 : 0.89),
                        one.evidence()));
        List<HeldOut> others = heldOut.stream().filter(one -> !one.labelled()).toList();
        assertEquals(1, others.size());
        assertEquals(unread, others.get(0).example().reply());
        assertEquals(impression.toString(), others.get(0).example().group());
        assertEquals(TestChat.evidence(0.88), others.get(0).evidence());
    }

    @Test
    void a_worker_goes_on_when_the_database_has_cut_its_connection() {
        running();
        RunQueue.Claim claim = claim();
        assertTrue(lab.count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'replyloop training worker'")
                > 0);

        assertEquals(RunQueue.Lease.HELD, store.lease(claim, true));
        assertFalse(store.train(claim).isEmpty());
    }

    private TrainingRunView start() {
        return training.start(TrainingService.MANUAL, null, null);
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
                nothing);
    }

    private static List<Optional<UUID>> atTheSameMoment(int count, java.util.function.Supplier<UUID> act) {
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
